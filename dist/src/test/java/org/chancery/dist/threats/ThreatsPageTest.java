package org.chancery.dist.threats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;

/// Every threat has its tests, every defence can be taken away, and the page says so.
final class ThreatsPageTest {
    private static final Path TOP = Path.of("..");
    private static final Path PAGE = TOP.resolve("docs/threats.md");
    private static final Path DEFENCES = Path.of("src/test/defences");

    @Test
    void everyThreatHasATestMarkedWithIt() throws IOException {
        assertThat(threatsOf(MarkedTest.below(TOP))).containsExactlyInAnyOrder(Threat.values());
    }

    /// Write it anew with `-Dthreats.write=true`.
    @Test
    void pageSaysWhatTheMarksSay() throws IOException {
        String page = ThreatsPage.of(MarkedTest.below(TOP));
        if (Boolean.getBoolean("threats.write")) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).hasContent(page);
    }

    @Test
    void everyThreatHasADefenceThatCanBeTakenAway() throws IOException {
        Set<Threat> defended =
                Defence.below(DEFENCES).stream().map(Defence::threat).collect(Collectors.toSet());
        assertThat(defended).containsExactlyInAnyOrderElementsOf(EnumSet.allOf(Threat.class));
    }

    @Test
    void everyDefenceStandsWhereItsFileSaysAndItsTestIsMarked() throws IOException {
        List<MarkedTest> marked = MarkedTest.below(TOP);
        for (Defence defence : Defence.below(DEFENCES)) {
            String source = Files.readString(TOP.resolve(defence.file()));
            assertThat(defence.takenFrom(source)).isNotEqualTo(source);
            assertThat(defence.testIn(marked).threat()).isEqualTo(defence.threat());
        }
    }

    @Test
    void readsMarksOfAllForms() {
        String source = """
                @Test
                @Defends(Threat.OLD_RUNTIME)
                void one() throws IOException {}

                @Defends({Threat.SECRET_SHOWN, Threat.TEXT_THAT_ACTS})
                @TestFactory
                Stream<DynamicTest> many(@TempDir Path here) {
                """;
        assertThat(MarkedTest.in(Path.of("ca/src/test/java/SomeTest.java"), source))
                .extracting(test -> test.threat() + " " + test.name())
                .containsExactly(
                        "OLD_RUNTIME SomeTest#one", "SECRET_SHOWN SomeTest#many", "TEXT_THAT_ACTS SomeTest#many");
    }

    private static Set<Threat> threatsOf(List<MarkedTest> tests) {
        return tests.stream().map(MarkedTest::threat).collect(Collectors.toSet());
    }
}
