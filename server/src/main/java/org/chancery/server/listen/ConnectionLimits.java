package org.chancery.server.listen;

import java.net.InetAddress;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import org.chancery.server.config.ConnectionBounds;

/// How many connections there are, in all and of each source. The listener takes a permit before it accepts:
/// beyond the bound newcomers wait in the kernel's queue and cost nothing here.
final class ConnectionLimits {

    private final Semaphore permits;
    private final int perSource;
    private final ConcurrentHashMap<InetAddress, Integer> bySource = new ConcurrentHashMap<>();

    ConnectionLimits(ConnectionBounds bounds) {
        this.permits = new Semaphore(bounds.total());
        this.perSource = bounds.perSource();
    }

    /// Waits until another connection may be.
    void awaitPermit() throws InterruptedException {
        permits.acquire();
    }

    /// Counts a connection; false if its source has too many.
    boolean enter(InetAddress source) {
        boolean[] entered = {false};
        bySource.compute(source, (address, count) -> {
            int now = count == null ? 0 : count;
            entered[0] = now < perSource;
            return entered[0] ? now + 1 : count;
        });
        return entered[0];
    }

    /// A connection that had entered is over.
    void leave(InetAddress source) {
        bySource.computeIfPresent(source, (address, count) -> count == 1 ? null : count - 1);
    }

    /// The permit may be another connection's.
    void release() {
        permits.release();
    }
}
