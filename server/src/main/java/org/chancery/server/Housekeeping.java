package org.chancery.server;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.name.DeviceId;
import org.chancery.server.config.FileBounds;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.session.RelayContext;
import org.chancery.server.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets go of letters and files that have been kept for long enough, again and again, on a thread of its own, and tells
/// the senders of letters that nobody fetched.
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    /// For the change under way, which is of some milliseconds unless the disk hangs.
    private static final Duration ENDING = Duration.ofSeconds(1);

    private final RelayContext relay;
    private final long pauseMillis;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    /// The thread's alone.
    private @Nullable CautiousTime time;

    private Housekeeping(RelayContext relay, Duration shortest) {
        this.relay = relay;
        // Nothing stays more than a tenth longer than it may.
        this.pauseMillis =
                Math.min(LONGEST_PAUSE.toMillis(), shortest.dividedBy(10).toMillis());
        this.thread = Thread.ofPlatform().name("housekeeping").daemon(true).unstarted(this::run);
    }

    static Housekeeping begin(RelayContext relay, StorageBounds letters, FileBounds files) {
        Duration shortest = letters.keepAtMost().compareTo(files.keep()) < 0 ? letters.keepAtMost() : files.keep();
        Housekeeping housekeeping = new Housekeeping(relay, shortest);
        housekeeping.thread.start();
        return housekeeping;
    }

    private void run() {
        try {
            do {
                round();
            } while (!closed.await(pauseMillis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// A thread that ended here would keep everything from then on, until the disk is full.
    private void round() throws InterruptedException {
        try {
            Instant now = time();
            retireFiles(now);
            for (DeviceId sender : relay.log().retire(now)) {
                relay.registry().session(sender).ifPresent(this::tell);
            }
        } catch (IOException | RuntimeException e) {
            failed("letters are kept longer than they should be", e);
        }
    }

    private void retireFiles(Instant now) {
        try {
            relay.files().retire(now);
        } catch (IOException | RuntimeException e) {
            failed("files are kept longer than they should be", e);
        }
    }

    /// Begun when the log can be asked.
    private Instant time() throws IOException {
        Instant now = relay.clock().instant();
        long nowNanos = System.nanoTime();
        if (time == null) {
            time = new CautiousTime(now, nowNanos, relay.log().newest());
        }
        return time.by(now, nowNanos);
    }

    private void tell(Session session) {
        try {
            session.tellLapses();
        } catch (IOException | RuntimeException e) {
            failed("a sender is not told what was not fetched, until it comes again", e);
        }
    }

    private void failed(String what, Exception e) {
        if (closed.getCount() > 0) { // else it was interrupted
            LOG.error(what, e);
        }
    }

    /// Ends a round between two of its changes: the next relay goes on with it.
    @Override
    public void close() {
        closed.countDown();
        thread.interrupt();
        try {
            if (!thread.join(ENDING)) {
                LOG.warn("a change of the log takes longer than {} s", ENDING.toSeconds());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
