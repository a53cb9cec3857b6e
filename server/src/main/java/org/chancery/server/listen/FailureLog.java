package org.chancery.server.listen;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Failed connections in the log: one a minute for each address, with how many were left out, so that somebody
/// who knocks all day fills no disk.
final class FailureLog {

    private static final Logger LOG = LoggerFactory.getLogger(FailureLog.class);
    private static final long INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    /// Addresses remembered; beyond, the one longest unheard of is forgotten.
    private static final int MAX_ADDRESSES = 4096;

    private record Heard(long loggedNanos, int leftOut) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<InetAddress, Heard> entries = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<InetAddress, Heard> eldest) {
            return size() > MAX_ADDRESSES;
        }
    };

    void failed(InetAddress source, String what) {
        int leftOut = leftOut(source);
        if (leftOut < 0) {
            LOG.debug("{}: {}", source.getHostAddress(), what);
            return;
        }
        if (leftOut == 0) {
            LOG.info("{}: {}", source.getHostAddress(), what);
        } else {
            LOG.info("{}: {} ({} more in the last minutes)", source.getHostAddress(), what, leftOut);
        }
    }

    /// How many were left out since the last line; negative if this one is to be left out too.
    private int leftOut(InetAddress source) {
        long now = System.nanoTime();
        lock.lock();
        try {
            Heard heard = entries.get(source);
            if (heard != null && now - heard.loggedNanos() < INTERVAL_NANOS) {
                entries.put(source, new Heard(heard.loggedNanos(), heard.leftOut() + 1));
                return -1;
            }
            entries.put(source, new Heard(now, 0));
            return heard == null ? 0 : heard.leftOut();
        } finally {
            lock.unlock();
        }
    }
}
