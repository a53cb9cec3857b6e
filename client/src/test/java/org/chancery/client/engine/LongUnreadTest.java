package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever one has not read yet must not keep the messenger from starting.
class LongUnreadTest {
    private static final int SECONDS = 60;

    @TempDir
    private Path directory;

    @Test
    void aMessengerStartsInAFractionOfWhatItHasNotRead() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx96m", // the texts alone are some 78 MB of characters, and as much again in octets
                        "-cp",
                        System.getProperty("java.class.path"),
                        LongUnread.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS)).isTrue();
            assertThat(said).contains(LongUnread.LINES + " of " + LongUnread.LINES + " unread");
        } finally {
            process.destroyForcibly();
        }
    }
}
