package org.chancery.ca.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is named may be a pipe, as in `ca show <(...)`: it gives its octets once.
class PipeTest {
    @TempDir
    private Path directory;

    @Test
    @Timeout(value = 1, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void showsAKeyStoreFromAPipe() throws Exception {
        CommandScript script = new CommandScript(directory);
        Path pipe = directory.resolve("pipe");
        assertThat(new ProcessBuilder("mkfifo", pipe.toString())
                        .inheritIO()
                        .start()
                        .waitFor())
                .isZero();
        byte[] keyStore = Files.readAllBytes(directory.resolve("ca/issuing.p12"));
        try (var writer = Executors.newVirtualThreadPerTaskExecutor()) {
            var written = writer.submit(() -> Files.write(pipe, keyStore));

            assertThat(script.play("$ ca show $DIR/pipe"))
                    .contains("kind  keystore")
                    .endsWith("= 0\n");
            written.get();
        }
    }
}
