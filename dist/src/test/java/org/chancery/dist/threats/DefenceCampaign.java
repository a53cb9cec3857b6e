package org.chancery.dist.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Takes each defence away, in a compiled copy of the one class that holds it, and runs the test marked with it: green
/// while the defence stands, red without. `bin/defences [NAME...]` runs it; its name keeps it out of the build's own
/// tests.
final class DefenceCampaign {
    private static final Path TOP = Path.of("..").toAbsolutePath().normalize();

    @TempDir
    private Path scratch;

    @TestFactory
    Stream<DynamicTest> everyMarkedTestNotices() throws IOException {
        Set<String> chosen = Set.of(System.getProperty("defences", "").split(","));
        List<MarkedTest> marked = MarkedTest.below(TOP);
        List<Defence> defences = Defence.below(Path.of("src/test/defences")).stream()
                .filter(defence -> chosen.contains("") || chosen.contains(defence.name()))
                .toList();
        assertThat(defences).as("no defence has such a name").isNotEmpty();
        return defences.stream()
                .map(defence ->
                        DynamicTest.dynamicTest(defence.name(), () -> takeAway(defence, defence.testIn(marked))));
    }

    private void takeAway(Defence defence, MarkedTest test) throws Exception {
        Rehearsal rehearsal = new Rehearsal(TOP, defence.module());
        Path nothing = Files.createDirectories(scratch.resolve(defence.name()).resolve("intact"));
        Rehearsal.Outcome intact = rehearsal.run(test, nothing);
        assertThat(intact.failures())
                .as("%s with the defence in place", test.name())
                .isEmpty();
        assertThat(intact.succeeded()).as("%s has run", test.name()).isPositive();

        Path without = Files.createDirectories(scratch.resolve(defence.name()).resolve("without"));
        rehearsal.compile(defence.file(), defence.takenFrom(Files.readString(TOP.resolve(defence.file()))), without);
        Rehearsal.Outcome removed = rehearsal.run(test, without);
        System.out.printf(
                "%-4s %-36s %s%n",
                defence.threat().id(),
                defence.name(),
                removed.failures().isEmpty()
                        ? "NOT NOTICED"
                        : "red: " + test.name() + ": " + removed.failures().getFirst());
        assertThat(removed.failures())
                .as("%s notices that the defence is gone", test.name())
                .isNotEmpty();
    }
}
