package org.chancery.dist.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chancery.client.engine.EngineByHand.Cryptography;
import org.chancery.protocol.frame.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In every build 50,000 steps; as many as one likes by `bin/simulate`.
final class SimulationTest {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int STEPS = Integer.getInteger("simulation.steps", 50_000);
    private static final long SEED = Long.getLong("simulation.seed", 1);
    private static final boolean ROOMS = Boolean.getBoolean("simulation.rooms");

    @TempDir
    private Path directory;

    @Test
    void everybodyAgreesInTheEnd() throws Exception {
        assertThat(faults(new Simulation.Plan(Cryptography.HASHED, 4, ROOMS), STEPS))
                .isEmpty();
    }

    @Test
    void everybodyAgreesInTheEndWithRealCryptography() throws Exception {
        assertThat(faults(new Simulation.Plan(Cryptography.REAL, 4, ROOMS), 500))
                .isEmpty();
    }

    /// A run that agrees whatever happens would prove nothing: here every second letter is kept from its readers.
    @Test
    void whatIsKeptFromSomebodyIsAFault() throws Exception {
        try (Scratch scratch = Scratch.in(place());
                Simulation simulation =
                        new Simulation(new Simulation.Plan(Cryptography.HASHED, 2, false), scratch.directory(), SEED)) {
            for (Person person : simulation.world().people()) {
                person.meddle(frame -> frame instanceof Frame.Deliver deliver && deliver.sequence() % 2 == 0
                        ? List.of()
                        : List.of(frame));
            }
            simulation.run(300);

            assertThat(Agreement.faults(simulation.world())).isNotEmpty();
        }
    }

    /// The same seed, the same story: what was found once can be looked at again.
    @Test
    void oneSeedIsOneStory() throws Exception {
        assertThat(story()).isEqualTo(story());
    }

    private String story() throws Exception {
        StringBuilder told = new StringBuilder();
        try (Scratch scratch = Scratch.in(place());
                Simulation simulation =
                        new Simulation(new Simulation.Plan(Cryptography.HASHED, 3, ROOMS), scratch.directory(), SEED)) {
            simulation.world().trace(line -> told.append(named(line)).append('\n'));
            simulation.run(300);
        }
        return told.toString();
    }

    /// Keys are made anew, and what follows from them differs.
    private static String named(String line) {
        return line.lines().findFirst().orElseThrow().replaceAll("[0-9a-f]{8,}", "?");
    }

    private List<String> faults(Simulation.Plan plan, int steps) throws Exception {
        try (Scratch scratch = Scratch.in(place());
                Simulation simulation = new Simulation(plan, scratch.directory(), SEED)) {
            if (Boolean.getBoolean("simulation.trace")) {
                simulation.world().trace(System.out::println);
            }
            simulation.run(steps);
            return Agreement.faults(simulation.world());
        }
    }

    private Path place() {
        return Files.isWritable(MEMORY) ? MEMORY : directory;
    }
}
