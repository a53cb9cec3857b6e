package org.chancery.ca.command;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// Runs `openssl`, where it is.
///
/// @param program the executable
record OpensslProcess(Path program) {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int MAX_OCTETS = 1024 * 1024;

    /// The first on the path.
    static Optional<OpensslProcess> find(Map<String, String> environment) {
        for (String directory : environment.getOrDefault("PATH", "").split(":", -1)) {
            Path program = Path.of(directory, "openssl");
            if (!directory.isEmpty() && Files.isExecutable(program)) {
                return Optional.of(new OpensslProcess(program));
            }
        }
        return Optional.empty();
    }

    /// Whether it prints what is expected; its exit code says less.
    boolean agrees(OpensslLine line) throws IOException, InterruptedException {
        return output(line.arguments()).contains(line.expected());
    }

    /// What it prints on both streams.
    String output(List<String> arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        try (InputStream out = process.getInputStream()) {
            process.getOutputStream().close();
            byte[] said = out.readNBytes(MAX_OCTETS);
            out.transferTo(OutputStream.nullOutputStream());
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException("openssl does not end: " + String.join(" ", arguments));
            }
            return new String(said, StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }
}
