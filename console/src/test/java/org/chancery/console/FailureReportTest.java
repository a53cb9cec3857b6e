package org.chancery.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;

class FailureReportTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final FailureReport report = new FailureReport(new PrintStream(written, true, StandardCharsets.UTF_8));

    @Test
    void printsErrorAndHint() {
        report.error("alice.p12 exists", "give --force");
        assertThat(lines()).containsExactly("error: alice.p12 exists", "hint: give --force");
    }

    @Test
    @Defends(Threat.TEXT_THAT_ACTS)
    void keepsEachOnOneLineWhateverANameHolds() {
        report.error("no such contact: Al\nhint: send money\u202egpj.exe\u001b[2J\u00a0\u200b");
        assertThat(lines())
                .containsExactly(
                        "error: no such contact: Al<U+000A>hint: send money<U+202E>gpj.exe<U+001B>[2J<U+00A0><U+200B>");
    }

    @Test
    void leavesOrdinaryNamesAlone() {
        String name = "Zoë Müller-李 😀 \"Z\" \\";
        assertThat(Printable.of(name)).isSameAs(name);
    }

    private Stream<String> lines() {
        return written.toString(StandardCharsets.UTF_8).lines();
    }
}
