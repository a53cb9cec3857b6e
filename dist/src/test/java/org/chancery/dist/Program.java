package org.chancery.dist;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// A program running as a process of its own. What it prints is kept, line by line; every wait is for a line or for the
/// end, and bounded.
public final class Program implements AutoCloseable {
    /// Ample for a JVM's start on a busy machine, and the bound of every wait that a test does not narrow.
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private final String name;
    private final Process process;
    private final OutputStream standardInput;
    private final Lines output;
    private final Lines errors;

    private Program(String name, Process process) {
        this.name = name;
        this.process = process;
        this.standardInput = process.getOutputStream();
        this.output = Lines.of(process.getInputStream());
        this.errors = Lines.of(process.getErrorStream());
    }

    /// Starts a command; `name` is for failure messages.
    public static Program start(String name, Path directory, Map<String, String> environment, List<String> command)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().putAll(environment);
        return new Program(name, builder.start());
    }

    /// Types a line into the program's standard input.
    public void type(String line) throws IOException {
        standardInput.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        standardInput.flush();
    }

    /// Ends the program's standard input.
    public void endInput() throws IOException {
        standardInput.close();
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /// The first line of standard output that contains the text, now or soon.
    public String awaitLine(String text) throws InterruptedException {
        return awaitLine(line -> line.contains(text), "a line with \"" + text + "\"", PATIENCE);
    }

    public String awaitLine(Predicate<String> wanted, String what, Duration patience) throws InterruptedException {
        return await(output, wanted, what, patience);
    }

    /// The first line of standard output that contains the text; empty if the output ends without.
    public Optional<String> lineBeforeEnd(String text) throws InterruptedException {
        return output.await(line -> line.contains(text), PATIENCE);
    }

    /// The first line of standard error that contains the text, now or soon.
    public String awaitError(String text) throws InterruptedException {
        return await(errors, line -> line.contains(text), "an error with \"" + text + "\"", PATIENCE);
    }

    private String await(Lines lines, Predicate<String> wanted, String what, Duration patience)
            throws InterruptedException {
        return lines.await(wanted, patience)
                .orElseThrow(() ->
                        new AssertionError(name + " did not print " + what + " within " + patience + transcript()));
    }

    /// Waits for the end and answers the exit code.
    public int awaitExit() throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(name + " did not end within " + PATIENCE + transcript());
        }
        output.awaitEnd(PATIENCE);
        errors.awaitEnd(PATIENCE);
        return process.exitValue();
    }

    /// SIGTERM. (Through the handle: the process's own method would also close what we read.)
    public void terminate() {
        process.toHandle().destroy();
    }

    /// SIGKILL, and waits until the process is gone.
    public void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        awaitExit();
    }

    /// SIGKILL to what this process has started, where that still runs; the process itself is left to end by itself.
    public void killChildren() {
        process.children().forEach(ProcessHandle::destroyForcibly);
    }

    public List<String> outputLines() {
        return output.copy();
    }

    public List<String> errorLines() {
        return errors.copy();
    }

    private String transcript() {
        return "\n--- its output:\n" + String.join("\n", outputLines()) + "\n--- its errors:\n"
                + String.join("\n", errorLines());
    }

    /// Ends the process if it still runs: gently, then not.
    @Override
    public void close() {
        // What was started through it, or traced by it, would go on without it.
        List<ProcessHandle> below = process.descendants().toList();
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        below.forEach(ProcessHandle::destroyForcibly);
    }
}
