package org.chancery.server.command;

import java.io.IOException;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import org.chancery.console.ExitCode;
import org.chancery.console.Explanation;
import org.chancery.console.Printable;
import org.chancery.console.Surroundings;
import org.chancery.protocol.channel.Peer;
import org.chancery.server.Relay;
import org.chancery.server.config.AddressText;
import org.chancery.server.session.Guestbook;
import org.chancery.server.session.SessionEnd;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A relay as a process: its lines on standard output, its end by signal, its end when the log fails.
final class RunningRelay implements Guestbook {

    private static final Logger LOG = LoggerFactory.getLogger(RunningRelay.class);

    private final Surroundings surroundings;
    private final PrintStream out;

    RunningRelay(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.out = surroundings.out();
    }

    Relay.Surroundings surroundings() {
        return new Relay.Surroundings(surroundings.clock(), surroundings.random(), this, this::logFailed);
    }

    /// Blocks until the process is told to stop.
    void untilStopped(Relay relay) throws InterruptedException {
        CountDownLatch stopped = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(relay, stopped), "drain"));
        relay.metricsAddress().ifPresent(address -> LOG.info("metrics on http://{}/metrics", AddressText.of(address)));
        out.println("[*] Listening on " + AddressText.of(relay.address()));
        stopped.await();
    }

    /// Runs when the process is told to stop. The JVM would report the signal as its exit code; a relay that was
    /// asked to stop and did has done what it should.
    private void stop(Relay relay, CountDownLatch stopped) {
        ExitCode exit = ExitCode.DONE;
        out.println("[*] Stopping server...");
        try {
            relay.drain();
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOG.error("not stopped cleanly; what was acknowledged is on disk", e);
            exit = ExitCode.INTERNAL;
        }
        out.println("[*] Stopped");
        out.flush();
        stopped.countDown();
        Runtime.getRuntime().halt(exit.code());
    }

    /// What was answered is on disk; what was not is tried again by its sender. A process that went on could not
    /// keep that.
    private void logFailed(Throwable e) {
        Explanation why = why(e);
        LOG.error("{}, the relay stops at once", why.message(), e);
        surroundings.report().error(why.message(), why.hint());
        surroundings.err().flush();
        Runtime.getRuntime().halt(why.exitCode().code());
    }

    /// A bug may come to light on the thread that writes the log: the disk is not at fault for that.
    static Explanation why(Throwable e) {
        return e instanceof IOException
                ? new Explanation(
                        ExitCode.INTERNAL,
                        "the log cannot be written: " + e.getMessage(),
                        "look at the disk, then start again")
                : new Explanation(
                        ExitCode.INTERNAL,
                        "internal error while writing the log: " + e.getClass().getSimpleName(),
                        "the stack trace is in the log of the program; what was acknowledged is on disk, start again");
    }

    @Override
    public void connected(Peer peer) {
        out.println("[+] " + text(peer) + " connected (device " + device(peer) + ")");
    }

    @Override
    public void disconnected(Peer peer, SessionEnd end) {
        out.println("[-] " + text(peer) + " left (" + end.reason() + ")");
    }

    private static String text(Peer peer) {
        return Printable.of(peer.address().value());
    }

    private static String device(Peer peer) {
        return peer.device().hex().substring(0, 12);
    }
}
