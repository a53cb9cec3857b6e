package org.chancery.dist.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chancery.client.engine.EngineByHand.Cryptography;
import org.chancery.protocol.frame.Frame;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// In every build 50,000 steps; as many as one likes by `bin/simulate`.
final class SimulationTest {
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final int STEPS = Integer.getInteger("simulation.steps", 50_000);
    private static final long SEED = Long.getLong("simulation.seed", 1);

    private static final int STORY = 300;

    @TempDir
    private Path directory;

    @Test
    void everybodyAgreesInTheEnd() throws Exception {
        assertThat(faults(Simulation.Plan.whole(Cryptography.HASHED, 4, 1), STEPS))
                .isEmpty();
    }

    @Test
    void everybodyAgreesInTheEndWithRealCryptography() throws Exception {
        assertThat(faults(Simulation.Plan.whole(Cryptography.REAL, 4, 1), 500)).isEmpty();
    }

    /// A run that agrees whatever happens would prove nothing: here every second letter is kept from its readers, and
    /// nobody asks for it, for the questions and answers would be kept from them as well.
    @Test
    void whatIsKeptFromSomebodyIsAFault() throws Exception {
        try (Scratch scratch = Scratch.in(place());
                Simulation simulation = new Simulation(
                        new Simulation.Plan(Cryptography.HASHED, 2, 0, false, false, false, false),
                        scratch.directory(),
                        SEED)) {
            for (Person person : simulation.world().people()) {
                person.link()
                        .inward(frame -> frame instanceof Frame.Deliver deliver && deliver.sequence() % 2 == 0
                                ? List.of()
                                : List.of(frame));
            }
            simulation.run(300);

            assertThat(Agreement.faults(simulation.world())).isNotEmpty();
        }
    }

    /// The same seed, the same story, in another process as well: what was found once can be looked at again.
    @Test
    void oneSeedIsOneStory() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Story.class.getName(),
                        Long.toString(SEED),
                        Integer.toString(STORY),
                        place().toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String here = Story.of(SEED, STORY, place());
            assertThat(other.waitFor(2, TimeUnit.MINUTES)).isTrue();
            assertThat(other.inputReader().lines().reduce((_, last) -> last)).hasValue(here);
        } finally {
            other.destroyForcibly();
        }
    }

    private List<String> faults(Simulation.Plan plan, int steps) throws Exception {
        try (Scratch scratch = Scratch.in(place());
                Simulation simulation = new Simulation(plan, scratch.directory(), SEED)) {
            if (Boolean.getBoolean("simulation.trace")) {
                simulation.world().trace(System.out::println);
            }
            simulation.run(steps);
            simulation.remedy();
            return Agreement.faults(simulation.world());
        }
    }

    private Path place() {
        return Files.isWritable(MEMORY) ? MEMORY : directory;
    }
}
