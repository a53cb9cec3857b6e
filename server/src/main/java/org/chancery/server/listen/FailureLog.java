package org.chancery.server.listen;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.server.allowance.Source;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Failed connections in the log: one a minute for each source, with how many were left out, and so many a minute in
/// all, so that somebody who knocks all day, from however many places, fills no disk.
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    /// Sources remembered; beyond, the one longest unheard of is forgotten.
    private static final int MAX_SOURCES = 4096;

    private record Heard(long loggedNanos, int leftOut) {}

    private final int mostLines;

    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Source, Heard> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, Heard> eldest) {
            return size() > MAX_SOURCES;
        }
    };

    /// Of this minute, which began then.
    private int lines;

    private long minuteNanos = System.nanoTime();

    /// Whether the listener has been failing by itself, and when it last said so.
    private boolean failing;

    private long failingNanos;

    /// @param mostLines a minute, of all sources together
    FailureLog(int mostLines) {
        this.mostLines = mostLines;
    }

    /// A connection from there has failed.
    void failed(Source source, String what) {
        int leftOut = leftOut(source);
        if (leftOut < 0) {
            LOG.debug("{}: {}", source, what);
            return;
        }
        if (leftOut == 0) {
            LOG.info("{}: {}", source, what);
        } else {
            LOG.info("{}: {} ({} more in the last minutes)", source, what, leftOut);
        }
    }

    /// No connection can be taken: said at once, and then once a minute.
    void cannotAccept(Throwable e) {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (failing && now - failingNanos < INTERVAL_NANOS) {
                return;
            }
            failing = true;
            failingNanos = now;
        } finally {
            lock.unlock();
        }
        if (e instanceof IOException) {
            LOG.warn("cannot accept: {}", e.toString());
        } else {
            LOG.error("cannot accept", e);
        }
    }

    /// How many were left out since the last line; negative if this one is to be left out too.
    private int leftOut(Source source) {
        long now = System.nanoTime();
        lock.lock();
        try {
            Heard heard = entries.get(source);
            boolean justHeard = heard != null && now - heard.loggedNanos() < INTERVAL_NANOS;
            if (justHeard || !anotherLine(now)) {
                entries.put(
                        source,
                        heard == null ? new Heard(now, 1) : new Heard(heard.loggedNanos(), heard.leftOut() + 1));
                return -1;
            }
            entries.put(source, new Heard(now, 0));
            return heard == null ? 0 : heard.leftOut();
        } finally {
            lock.unlock();
        }
    }

    private boolean anotherLine(long now) {
        if (now - minuteNanos >= INTERVAL_NANOS) {
            minuteNanos = now;
            lines = 0;
        }
        lines++;
        if (lines == mostLines + 1) {
            LOG.warn("connections fail from more than {} places a minute: the others are only counted", mostLines);
        }
        return lines <= mostLines;
    }
}
