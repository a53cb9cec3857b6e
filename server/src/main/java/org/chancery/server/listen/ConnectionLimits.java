package org.chancery.server.listen;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.server.allowance.Source;
import org.chancery.server.config.ConnectionBounds;

/// How many connections there are, in all and of each source. Thread safe.
final class ConnectionLimits {

    /// What becomes of a connection that has just been accepted.
    enum Entry {
        GRANTED,
        /// There are as many as there may be.
        TOO_MANY,
        /// Its source has as many as one may have.
        TOO_MANY_OF_SOURCE
    }

    private final ConnectionBounds bounds;

    /// Guards what follows.
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Source, Integer> bySource = new HashMap<>();
    private int all;

    ConnectionLimits(ConnectionBounds bounds) {
        this.bounds = bounds;
    }

    /// Counts a connection if it is granted.
    Entry enter(Source source) {
        lock.lock();
        try {
            if (all >= bounds.total()) {
                return Entry.TOO_MANY;
            }
            int ofSource = bySource.getOrDefault(source, 0);
            if (ofSource >= bounds.perSource()) {
                return Entry.TOO_MANY_OF_SOURCE;
            }
            bySource.put(source, ofSource + 1);
            all++;
            return Entry.GRANTED;
        } finally {
            lock.unlock();
        }
    }

    /// A connection that had been granted is over.
    void leave(Source source) {
        lock.lock();
        try {
            bySource.computeIfPresent(source, (_, count) -> count == 1 ? null : count - 1);
            all--;
        } finally {
            lock.unlock();
        }
    }

    /// How many connections there are.
    int all() {
        lock.lock();
        try {
            return all;
        } finally {
            lock.unlock();
        }
    }
}
