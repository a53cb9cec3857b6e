package org.chancery.server.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.Frame;

/// Who came and went, as one client is to hear it: at once after a quiet time, else together with what happens in the
/// second after the last news. When a thousand people come online, each of them hears of it in some frames instead of
/// a thousand. Holds one entry a person, however often they come and go. Thread safe.
final class PresenceNews {

    private static final long QUIET_NANOS = Duration.ofSeconds(1).toNanos();

    /// Guards what follows.
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<Address, Boolean> news = new LinkedHashMap<>();
    private long toldNanos;

    PresenceNews(long nowNanos) {
        this.toldNanos = nowNanos - QUIET_NANOS;
    }

    /// Somebody came or went.
    ///
    /// @return what to say now; empty if it waits for [#due]
    Optional<Frame.Presence> add(Address address, boolean online, long nowNanos) {
        lock.lock();
        try {
            news.put(address, online);
            return take(nowNanos);
        } finally {
            lock.unlock();
        }
    }

    /// What has waited long enough.
    Optional<Frame.Presence> due(long nowNanos) {
        lock.lock();
        try {
            return take(nowNanos);
        } finally {
            lock.unlock();
        }
    }

    private Optional<Frame.Presence> take(long nowNanos) {
        if (news.isEmpty() || nowNanos - toldNanos < QUIET_NANOS) {
            return Optional.empty();
        }
        toldNanos = nowNanos;
        List<Address> online = new ArrayList<>();
        List<Address> offline = new ArrayList<>();
        Iterator<Map.Entry<Address, Boolean>> entries = news.entrySet().iterator();
        while (entries.hasNext() && online.size() + offline.size() < Frame.Presence.MOST) {
            Map.Entry<Address, Boolean> entry = entries.next();
            (entry.getValue() ? online : offline).add(entry.getKey());
            entries.remove();
        }
        return Optional.of(new Frame.Presence(online, offline));
    }
}
