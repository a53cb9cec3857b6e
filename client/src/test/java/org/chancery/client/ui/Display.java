package org.chancery.client.ui;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A display of our own, without a screen: a robot must not type on the desktop of whoever runs the tests.
final class Display implements AutoCloseable {
    private static final Path SERVER = Path.of("/usr/bin/Xvfb");

    private final Process server;
    private final String name;

    private Display(Process server, String name) {
        this.server = server;
        this.name = name;
    }

    static boolean possible() {
        return Files.isExecutable(SERVER);
    }

    /// Starts a server, which chooses its own free number.
    static Display open() throws IOException {
        Process server = new ProcessBuilder(
                        SERVER.toString(), "-displayfd", "1", "-screen", "0", "1280x800x24", "-nolisten", "tcp")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        BufferedReader out =
                new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.US_ASCII));
        String number = out.readLine(); // written once it accepts clients
        if (number == null) {
            throw new IOException("Xvfb ended with " + server.exitValue());
        }
        return new Display(server, ":" + number.strip());
    }

    /// Runs a program of the test class path on this display, a minute at most.
    ///
    /// @return what it wrote
    String run(Path log, Class<?> program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().put("DISPLAY", name);
        Process process = builder.start();
        if (!process.waitFor(1, TimeUnit.MINUTES)) {
            process.destroyForcibly().waitFor();
            throw new IOException(program.getSimpleName() + " took more than a minute: " + Files.readString(log));
        }
        return Files.readString(log);
    }

    @Override
    public void close() {
        server.destroy();
    }
}
