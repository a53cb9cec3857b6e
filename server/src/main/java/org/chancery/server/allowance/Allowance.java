package org.chancery.server.allowance;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.server.config.FileBounds;
import org.chancery.server.config.Rate;
import org.chancery.server.config.RateBounds;

/// What is left to one device. Thread safe: an older session of the device may be on its way out while the newer one
/// reads.
public final class Allowance {

    /// One a week is what a device needs; each makes everybody who writes to it seal anew.
    private static final Rate ENVELOPE_KEYS = new Rate(1 / 3600.0, 10);

    private final ReentrantLock lock = new ReentrantLock();
    private final TokenBucket frames;
    private final TokenBucket octets;
    private final TokenBucket letters;
    private final TokenBucket queries;
    private final TokenBucket files;
    private final TokenBucket envelopeKeys;

    Allowance(RateBounds bounds, FileBounds files, long nowNanos) {
        this.files = new TokenBucket(files.requests(), nowNanos);
        this.frames = new TokenBucket(bounds.frames(), nowNanos);
        this.octets = new TokenBucket(bounds.octets(), nowNanos);
        this.letters = new TokenBucket(bounds.letters(), nowNanos);
        this.queries = new TokenBucket(bounds.queries(), nowNanos);
        this.envelopeKeys = new TokenBucket(ENVELOPE_KEYS, nowNanos);
    }

    /// A frame of so many octets has been read.
    ///
    /// @return how long to leave the next one in the socket: nothing is refused, the sender is slowed down
    public Duration frame(int octetCount) {
        long now = System.nanoTime();
        lock.lock();
        try {
            Duration byCount = frames.charge(1, now);
            Duration bySize = octets.charge(octetCount, now);
            return byCount.compareTo(bySize) > 0 ? byCount : bySize;
        } finally {
            lock.unlock();
        }
    }

    /// Whether a letter may be published.
    ///
    /// @return empty if it may; else when to come again
    public Optional<Duration> letter() {
        return take(letters, 1);
    }

    /// Whether the relay may be asked something.
    ///
    /// @param cost of it, in queries
    /// @return empty if it may; else when to come again
    public Optional<Duration> query(int cost) {
        return take(queries, cost);
    }

    /// Whether something may be asked about files.
    ///
    /// @return empty if it may; else when to come again
    public Optional<Duration> file() {
        return take(files, 1);
    }

    /// Whether a new envelope key may be published.
    ///
    /// @return empty if it may; else when to come again
    public Optional<Duration> envelopeKey() {
        return take(envelopeKeys, 1);
    }

    /// Nothing has been taken for so long that a new allowance would be the same.
    boolean isUntouched() {
        long now = System.nanoTime();
        lock.lock();
        try {
            return frames.isFull(now)
                    && octets.isFull(now)
                    && letters.isFull(now)
                    && queries.isFull(now)
                    && files.isFull(now)
                    && envelopeKeys.isFull(now);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Duration> take(TokenBucket bucket, int count) {
        long now = System.nanoTime();
        lock.lock();
        try {
            return bucket.take(count, now);
        } finally {
            lock.unlock();
        }
    }
}
