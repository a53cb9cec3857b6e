package org.chancery.bench.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// A running server: a process of its own on 127.0.0.1.
public final class Server implements AutoCloseable {

    private static final int START_SECONDS = 30;
    private static final int STOP_SECONDS = 15;
    private static final int ASK_MILLIS = 20;

    private final Process process;
    private final int port;
    private final double startCpuSeconds;

    private Server(Process process, int port) {
        this.process = process;
        this.port = port;
        this.startCpuSeconds = ProcessFigures.of(process.pid()).cpuSeconds();
    }

    /// A port that is free now.
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.ofLiteral("127.0.0.1"))) {
            return socket.getLocalPort();
        }
    }

    /// Starts a process, and waits until it accepts.
    public static Server start(List<String> command, Map<String, String> environment, Path directory, int port)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("output").toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
            while (!accepts(port)) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    throw new IOException("does not start: " + Files.readString(directory.resolve("output")));
                }
                process.waitFor(ASK_MILLIS, TimeUnit.MILLISECONDS);
            }
        } catch (IOException | InterruptedException e) {
            process.destroyForcibly();
            throw e;
        }
        return new Server(process, port);
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port), 1000);
            return true;
        } catch (IOException e) {
            return false; // not yet
        }
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /// What it took to start.
    double startCpuSeconds() {
        return startCpuSeconds;
    }

    /// Ends it as a power cut would.
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    /// Asks it to end, and ends it if it does not.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
