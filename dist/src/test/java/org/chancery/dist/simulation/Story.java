package org.chancery.dist.simulation;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import org.chancery.client.engine.EngineByHand.Cryptography;

/// All that is told of a run, octet by octet, as one hash.
final class Story {
    private static final int PEOPLE = 3;

    private Story() {}

    static String of(long seed, int steps, Path directory) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        try (Scratch scratch = Scratch.in(directory);
                Simulation simulation = new Simulation(
                        new Simulation.Plan(Cryptography.HASHED, PEOPLE, 1, true, true, true, true),
                        scratch.directory(),
                        seed)) {
            simulation.world().trace(line -> digest.update(line.getBytes(StandardCharsets.UTF_8)));
            simulation.run(steps);
            simulation.remedy();
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// The same in a process of its own: `SEED STEPS DIRECTORY`.
    public static void main(String[] arguments) throws Exception {
        System.out.println(of(Long.parseLong(arguments[0]), Integer.parseInt(arguments[1]), Path.of(arguments[2])));
    }
}
