package org.chancery.server.allowance;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.server.config.Rate;

/// How often handshakes may fail from one source. Each of them costs the relay a signature and a key agreement, and
/// whoever it was for a moment's work: so where they fail all the time, nobody is let in for a moment. Who succeeds
/// pays nothing, however often. Thread safe.
public final class FailedHandshakes {

    /// Sources remembered; beyond, the one longest unheard of begins anew.
    private static final int MAX_SOURCES = 65_536;

    private final Rate rate;

    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Source, TokenBucket> bySource = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, TokenBucket> eldest) {
            return size() > MAX_SOURCES;
        }
    };

    /// @param rate the same for every source
    public FailedHandshakes(Rate rate) {
        this.rate = rate;
    }

    /// One has failed.
    public void failed(Source source) {
        long now = System.nanoTime();
        lock.lock();
        try {
            TokenBucket bucket = bySource.computeIfAbsent(source, _ -> new TokenBucket(rate, now));
            if (bucket.allows(now)) { // nobody gets deeper into debt by what was under way already
                bucket.charge(1, now);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether another may be begun.
    public boolean allows(Source source) {
        long now = System.nanoTime();
        lock.lock();
        try {
            TokenBucket bucket = bySource.get(source);
            return bucket == null || bucket.allows(now);
        } finally {
            lock.unlock();
        }
    }

    /// Forgets those from whom nothing has failed for long enough.
    public void forgetUntouched() {
        long now = System.nanoTime();
        lock.lock();
        try {
            bySource.values().removeIf(bucket -> bucket.isFull(now));
        } finally {
            lock.unlock();
        }
    }
}
