package org.chancery.server;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.name.DeviceId;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.session.RelayContext;
import org.chancery.server.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets go of letters that have been kept for long enough, again and again, on a thread of its own, and tells the
/// senders of those that nobody fetched.
final class Housekeeping implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

    private final RelayContext relay;
    private final long pauseMillis;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread;

    private Housekeeping(RelayContext relay, StorageBounds bounds) {
        this.relay = relay;
        // A letter stays at most a tenth longer than it may.
        this.pauseMillis = Math.min(
                LONGEST_PAUSE.toMillis(), bounds.keepAtMost().dividedBy(10).toMillis());
        this.thread = Thread.ofPlatform().name("housekeeping").daemon(true).unstarted(this::run);
    }

    static Housekeeping begin(RelayContext relay, StorageBounds bounds) {
        Housekeeping housekeeping = new Housekeeping(relay, bounds);
        housekeeping.thread.start();
        return housekeeping;
    }

    private void run() {
        try {
            do {
                retire();
            } while (!closed.await(pauseMillis, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void retire() throws InterruptedException {
        try {
            for (DeviceId sender : relay.log().retire()) {
                relay.registry().session(sender).ifPresent(Housekeeping::tell);
            }
        } catch (IOException e) {
            if (closed.getCount() > 0) {
                LOG.error("letters are kept longer than they should be", e);
            }
        }
    }

    private static void tell(Session session) {
        try {
            session.tellLapses();
        } catch (IOException e) {
            LOG.error("a sender is not told what was not fetched, until it comes again", e);
        }
    }

    /// Waits for the change under way, unless interrupted.
    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
