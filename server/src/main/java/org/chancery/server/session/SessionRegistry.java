package org.chancery.server.session;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.server.metrics.Metrics;
import org.chancery.server.metrics.ReasonCounter;
import org.jspecify.annotations.Nullable;

/// Who is here. A device has one session: the newer one wins, for its owner may be waiting behind a connection
/// that only we believe to be alive. Thread safe.
public final class SessionRegistry {

    /// Guards what follows; held for moments, by every session's threads.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition emptied = lock.newCondition();

    /// Every open session, greeted or not.
    private final Set<Session> open = new HashSet<>();

    private final Map<DeviceId, Integer> openOfDevice = new HashMap<>();
    private final Map<DeviceId, Session> byDevice = new HashMap<>();
    private final Map<Address, Set<Session>> byAddress = new HashMap<>();

    private final ReasonCounter<SessionEnd> ends;

    public SessionRegistry(Metrics metrics) {
        ends = metrics.reasons("chancery_sessions_ended_total", "Sessions that ended.", "end", SessionEnd.class);
        metrics.gauge("chancery_sessions", "Devices that are here.", this::devices);
        metrics.gauge("chancery_sessions_open", "Authenticated connections, greeted or not.", () -> all().size());
        metrics.gauge(
                "chancery_outbox_frames",
                "Answers and signals that wait for clients to read.",
                () -> all().stream().mapToInt(Session::waiting).sum());
    }

    private int devices() {
        lock.lock();
        try {
            return byDevice.size();
        } finally {
            lock.unlock();
        }
    }

    /// A connection has been authenticated.
    ///
    /// @return how many of the device's are open now, this one included
    int open(Session session) {
        lock.lock();
        try {
            open.add(session);
            return openOfDevice.merge(session.peer().device(), 1, Integer::sum);
        } finally {
            lock.unlock();
        }
    }

    /// The session stands for its device from now on.
    ///
    /// @return the session it replaces
    Optional<Session> admit(Session session) {
        lock.lock();
        try {
            Session older = byDevice.put(session.peer().device(), session);
            if (older != null) {
                forget(older);
            }
            byAddress
                    .computeIfAbsent(session.peer().address(), a -> new HashSet<>())
                    .add(session);
            return Optional.ofNullable(older);
        } finally {
            lock.unlock();
        }
    }

    /// The session stands for nobody any longer.
    void leave(Session session) {
        lock.lock();
        try {
            byDevice.remove(session.peer().device(), session);
            forget(session);
        } finally {
            lock.unlock();
        }
    }

    /// The session is over, and has told everybody.
    void close(Session session, SessionEnd end) {
        ends.increment(end);
        lock.lock();
        try {
            open.remove(session);
            openOfDevice.computeIfPresent(session.peer().device(), (_, count) -> count == 1 ? null : count - 1);
            if (open.isEmpty()) {
                emptied.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    private void forget(Session session) {
        Set<Session> sessions = byAddress.get(session.peer().address());
        if (sessions != null && sessions.remove(session) && sessions.isEmpty()) {
            byAddress.remove(session.peer().address());
        }
    }

    /// The session of a device.
    public Optional<Session> session(DeviceId device) {
        lock.lock();
        try {
            @Nullable Session session = byDevice.get(device);
            return Optional.ofNullable(session);
        } finally {
            lock.unlock();
        }
    }

    /// The sessions of an address.
    Collection<Session> sessions(Address address) {
        lock.lock();
        try {
            return List.copyOf(byAddress.getOrDefault(address, Set.of()));
        } finally {
            lock.unlock();
        }
    }

    /// Every open session.
    public List<Session> all() {
        lock.lock();
        try {
            return new ArrayList<>(open);
        } finally {
            lock.unlock();
        }
    }

    /// Tells the devices that are here of a letter for them. Does not block.
    void wake(Collection<DeviceId> readers, ConversationId conversation, long sequence) {
        List<Session> here = new ArrayList<>(readers.size());
        lock.lock();
        try {
            for (DeviceId reader : readers) {
                Session session = byDevice.get(reader);
                if (session != null) {
                    here.add(session);
                }
            }
        } finally {
            lock.unlock();
        }
        for (Session session : here) {
            session.letterFor(conversation, sequence);
        }
    }

    /// Waits until no session is open; false if some are after that time.
    public boolean awaitEmpty(long timeoutMillis) throws InterruptedException {
        long leftNanos = TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        lock.lockInterruptibly();
        try {
            while (!open.isEmpty()) {
                if (leftNanos <= 0) {
                    return false;
                }
                leftNanos = emptied.awaitNanos(leftNanos);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }
}
