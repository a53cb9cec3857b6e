package org.chancery.console;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Bounds how long something may take on a socket or a channel, which have a time-out for one read at most and none for
/// a write: what is not over by then is closed, and whoever reads or writes gets an exception. Costs a virtual thread
/// that waits.
public final class Deadline implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Deadline.class);

    private final CountDownLatch met = new CountDownLatch(1);

    private Deadline() {}

    /// Begins to run.
    ///
    /// @param patience until `what` is closed, unless this has been closed before
    public static Deadline in(Duration patience, Closeable what) {
        Deadline deadline = new Deadline();
        Thread.ofVirtual().name("deadline").start(() -> deadline.await(patience, what));
        return deadline;
    }

    private void await(Duration patience, Closeable what) {
        try {
            if (!met.await(patience.toNanos(), TimeUnit.NANOSECONDS)) {
                what.close();
            }
        } catch (IOException e) {
            LOG.debug("not closed cleanly at its deadline", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// It is met: nothing is closed.
    @Override
    public void close() {
        met.countDown();
    }
}
