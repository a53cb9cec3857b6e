package org.chancery.pki.fuzz;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.chancery.pki.testing.Mutations;

/// What every build feeds every target: the seeds, some damage to each of them, noise, and bombs. A process of its own,
/// so that it can have the little memory that the law allows.
public final class Rehearsal {
    /// Damaged copies of seeds, for each target.
    private static final int DAMAGED = 500;

    private static final int NOISES = 50;

    private Rehearsal() {}

    /// Prints the first input of each target that breaks a law, and why: `TARGETS`, the enumeration.
    public static void main(String[] arguments) throws Exception {
        boolean good = true;
        for (FuzzTarget target : FuzzTarget.of(arguments[0])) {
            good &= holds(target);
        }
        System.exit(good ? 0 : 1);
    }

    /// Runs it in a JVM of 256 MiB.
    ///
    /// @param targets the full name of the enumeration
    /// @param output a file for what it prints
    /// @return whether every law holds
    public static boolean passes(String targets, Path output) throws IOException, InterruptedException {
        Process rehearsal = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Rehearsal.class.getName(),
                        targets)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            return rehearsal.waitFor(5, TimeUnit.MINUTES) && rehearsal.exitValue() == 0;
        } finally {
            rehearsal.destroyForcibly();
        }
    }

    private static boolean holds(FuzzTarget target) throws Exception {
        for (byte[] input : inputs(target).toList()) {
            try {
                Fuzzer.hold(target, input);
            } catch (Exception | Error escaped) {
                System.out.println(target.name() + " fed " + HexFormat.of().formatHex(input));
                escaped.printStackTrace(System.out);
                return false;
            }
        }
        return true;
    }

    private static Stream<byte[]> inputs(FuzzTarget target) throws Exception {
        Random random = new Random(target.name().hashCode());
        List<byte[]> seeds = target.seeds();
        Stream<byte[]> damaged = seeds.stream()
                .flatMap(seed ->
                        random.ints(DAMAGED / seeds.size(), 0, seed.length).mapToObj(at -> damage(seed, at, random)));
        Stream<byte[]> noise = random.ints(NOISES, 0, 512).mapToObj(length -> {
            byte[] octets = new byte[length];
            random.nextBytes(octets);
            return octets;
        });
        return Stream.of(seeds.stream(), damaged, noise, bombs()).flatMap(inputs -> inputs);
    }

    private static byte[] damage(byte[] seed, int at, Random random) {
        return random.nextInt(8) == 0 ? Arrays.copyOf(seed, at) : Mutations.flip(seed, at, 1 + random.nextInt(255));
    }

    /// A few octets that promise gigabytes, and nesting without end.
    private static Stream<byte[]> bombs() {
        byte[] nested = new byte[60_000];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        return Stream.of(
                new byte[] {0x30, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff},
                new byte[] {0x04, (byte) 0x84, 0x7f, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0, 0},
                nested);
    }
}
