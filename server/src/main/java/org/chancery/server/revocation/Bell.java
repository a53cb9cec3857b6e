package org.chancery.server.revocation;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Calls one thread, and tells it since when it has been called: who rings while it is at work is served after it,
/// with everybody else who did. Thread safe.
final class Bell {

    /// Guards what follows, between who rings and who answers.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition rung = lock.newCondition();
    private boolean ringing;
    private long sinceNanos;

    /// Rings, for something that happened now.
    void ring() {
        ring(System.nanoTime());
    }

    /// Rings, for something that happened at a time of [System#nanoTime].
    void ring(long happenedNanos) {
        lock.lock();
        try {
            if (!ringing || happenedNanos - sinceNanos < 0) {
                sinceNanos = happenedNanos;
            }
            ringing = true;
            rung.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for it to ring; it is silent then.
    ///
    /// @return when the first of what it rings for happened; nothing if it did not ring in time
    OptionalLong await(Duration patience) throws InterruptedException {
        long untilNanos = System.nanoTime() + patience.toNanos();
        lock.lock();
        try {
            long leftNanos = patience.toNanos();
            while (!ringing && leftNanos > 0) {
                rung.await(leftNanos, TimeUnit.NANOSECONDS);
                leftNanos = untilNanos - System.nanoTime();
            }
            return ringing ? OptionalLong.of(sinceNanos) : OptionalLong.empty();
        } finally {
            ringing = false;
            lock.unlock();
        }
    }
}
