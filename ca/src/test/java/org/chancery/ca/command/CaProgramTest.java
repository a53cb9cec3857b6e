package org.chancery.ca.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Map;
import org.chancery.ca.issuance.TestAuthorityHome;
import org.chancery.ca.profile.TestProfiles;
import org.chancery.console.CommandRun;
import org.chancery.console.ExitCode;
import org.chancery.console.Surroundings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaProgramTest {
    private static final String LOG_CONFIGURATION = "logback.configurationFile";

    @TempDir
    Path directory;

    @BeforeEach
    void logNowhere() {
        System.setProperty(LOG_CONFIGURATION, "logback-test.xml");
    }

    @AfterEach
    void logAsBefore() {
        System.clearProperty(LOG_CONFIGURATION);
    }

    @Test
    void noStackTraceReachesAPerson() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings withABug = new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                TestProfiles.CONF,
                label -> {
                    throw new IllegalStateException("the terminal has a bug");
                },
                TestAuthorityHome.CLOCK,
                new SecureRandom(),
                Path.of(""));

        ExitCode code = CommandRun.run(
                new CaProgram(withABug),
                withABug,
                "init",
                "--home",
                directory.resolve("ca").toString(),
                "--domain",
                "lab.example");

        assertThat(code).isEqualTo(ExitCode.INTERNAL);
        assertThat(out.toString(StandardCharsets.UTF_8)).isEmpty();
        assertThat(err.toString(StandardCharsets.UTF_8)).isEqualTo("""
                error: internal error: IllegalStateException
                hint: this is a bug; ~/.chancery/log/ca.log has the details
                """);
    }
}
