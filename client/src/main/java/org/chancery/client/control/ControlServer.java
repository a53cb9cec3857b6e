package org.chancery.client.control;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.chancery.console.ControlListener;
import org.chancery.console.Deadline;
import org.chancery.console.ExitCode;

/// The owning process's ear: runs the command lines of other processes of the same person. One whose process has gone
/// is interrupted, and so is each at the end.
public final class ControlServer implements AutoCloseable {
    /// For a command line to arrive: both sides are on one machine.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Runs a command line here, to its end.
    public interface Runner {
        ExitCode run(Invocation invocation, InputStream in, PrintStream out, PrintStream err);
    }

    private final Runner runner;
    private final Set<Thread> running = ConcurrentHashMap.newKeySet();
    private final ControlListener listener;

    private ControlServer(Path socket, Runner runner) throws IOException {
        this.runner = runner;
        this.listener = ControlListener.open(socket, this::serve);
    }

    /// Listens at `socket`. A socket that a killed process left is replaced: the caller holds the store's lock.
    public static ControlServer open(Path socket, Runner runner) throws IOException {
        return new ControlServer(socket, runner);
    }

    private void serve(SocketChannel guest) throws IOException {
        DataInputStream in = new DataInputStream(new BufferedInputStream(Channels.newInputStream(guest)));
        Invocation invocation = invocation(guest, in);
        Thread thread = Thread.currentThread();
        running.add(thread);
        try (GuestStreams streams = GuestStreams.of(guest, in, thread::interrupt)) {
            streams.ended(runner.run(invocation, streams.in(), streams.out(), streams.err()));
        } finally {
            running.remove(thread);
        }
    }

    private static Invocation invocation(SocketChannel guest, DataInputStream in) throws IOException {
        try (Deadline _ = Deadline.in(PATIENCE, guest)) {
            return ControlFrames.readInvocation(in);
        }
    }

    @Override
    public void close() throws IOException {
        listener.close();
        running.forEach(Thread::interrupt);
    }
}
