package org.chancery.pki.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// The `openssl` command, the other opinion on everything this project writes and reads.
public final class Openssl {
    private static final long TIMEOUT_SECONDS = 60;

    private Openssl() {}

    /// What a command left behind.
    public record Result(int exitCode, String out, String err) {
        /// Both streams: openssl is not strict about which it uses.
        public String output() {
            return out + err;
        }
    }

    /// Whether the command is installed.
    public static boolean present() {
        for (String directory : System.getenv().getOrDefault("PATH", "").split(":", -1)) {
            if (!directory.isEmpty() && Files.isExecutable(Path.of(directory, "openssl"))) {
                return true;
            }
        }
        return false;
    }

    /// Skips the running test, visibly, where the command is missing.
    public static void require() {
        Assumptions.assumeTrue(present(), "openssl is not installed");
    }

    /// Runs the command in a directory and waits for it to end.
    public static Result run(Path directory, String... arguments) {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        try {
            // Files, not pipes: a pipe that nobody reads while waiting would fill up and block the command.
            Path out = Files.createTempFile(directory, "openssl", ".out");
            Path err = Files.createTempFile(directory, "openssl", ".err");
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectInput(
                            ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                    .redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("openssl still runs after " + TIMEOUT_SECONDS + " s: " + command);
            }
            Result result = new Result(
                    process.exitValue(),
                    Files.readString(out, StandardCharsets.ISO_8859_1),
                    Files.readString(err, StandardCharsets.ISO_8859_1));
            Files.delete(out);
            Files.delete(err);
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while openssl ran", e);
        }
    }

    /// Runs the command and fails the test unless it succeeds.
    public static Result succeed(Path directory, String... arguments) {
        Result result = run(directory, arguments);
        if (result.exitCode() != 0) {
            throw new AssertionError(
                    "openssl %s: exit %d%n%s".formatted(List.of(arguments), result.exitCode(), result.output()));
        }
        return result;
    }
}
