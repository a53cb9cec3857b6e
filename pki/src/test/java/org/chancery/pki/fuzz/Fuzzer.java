package org.chancery.pki.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;

/// What Jazzer calls with octets, and the laws that hold for whatever it calls with. The target is named by the system
/// properties `fuzz.targets`, the enumeration, and `fuzz.target`.
public final class Fuzzer {
    private static final Duration MOST_TIME = Duration.ofSeconds(2);

    private Fuzzer() {}

    /// Before the first input: what a target needs once is not what an input takes.
    public static void fuzzerInitialize() throws Exception {
        Named.TARGET.seeds();
    }

    /// One input.
    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        hold(Named.TARGET, input);
    }

    /// Feeds the target, and fails if it throws what it does not declare, or takes too long: twice in a row, because
    /// a busy machine can keep one waiting. How much memory it may take is the JVM's to say: 256 MiB.
    static void hold(FuzzTarget target, byte[] input) throws Exception {
        Duration spent = time(target, input);
        if (spent.compareTo(MOST_TIME) > 0) {
            Duration again = time(target, input);
            if (again.compareTo(MOST_TIME) > 0) {
                throw new AssertionError(target + " took " + spent + " and " + again);
            }
        }
    }

    private static Duration time(FuzzTarget target, byte[] input) throws Exception {
        long start = System.nanoTime();
        target.eat(input);
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /// Writes the seeds of a target into a directory, a file each: `TARGETS TARGET DIRECTORY`.
    public static void main(String[] arguments) throws Exception {
        int index = 0;
        for (byte[] seed : FuzzTarget.named(arguments[0], arguments[1]).seeds()) {
            write(Path.of(arguments[2]).resolve("seed-" + index++), seed);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.write(file, content);
    }

    private static final class Named {
        static final FuzzTarget TARGET = find();

        private static FuzzTarget find() {
            try {
                return FuzzTarget.named(System.getProperty("fuzz.targets", ""), System.getProperty("fuzz.target", ""));
            } catch (ClassNotFoundException e) {
                throw new IllegalArgumentException(e);
            }
        }
    }
}
