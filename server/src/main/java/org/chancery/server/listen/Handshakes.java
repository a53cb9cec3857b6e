package org.chancery.server.listen;

import java.net.InetAddress;
import java.net.Socket;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// The handshakes under way, at most so many. For one more, the oldest of the source that has most of them is given up:
/// an honest handshake is over before its turn comes, and somebody who opens connections and says nothing only pushes
/// out their own. Thread safe.
final class Handshakes {

    private final int most;

    /// Guards what follows.
    private final ReentrantLock lock = new ReentrantLock();

    /// Oldest first.
    private final Map<InetAddress, Set<Socket>> bySource = new HashMap<>();

    private int all;

    Handshakes(int most) {
        this.most = most;
    }

    /// A handshake begins.
    ///
    /// @return the one to be given up for it; its socket is the caller's to close
    Optional<Socket> begin(Socket socket) {
        lock.lock();
        try {
            bySource.computeIfAbsent(socket.getInetAddress(), _ -> new LinkedHashSet<>())
                    .add(socket);
            all++;
            if (all <= most) {
                return Optional.empty();
            }
            Socket oldest = busiest().iterator().next();
            remove(oldest);
            return Optional.of(oldest);
        } finally {
            lock.unlock();
        }
    }

    /// A handshake is over.
    ///
    /// @return false if it had been given up
    boolean end(Socket socket) {
        lock.lock();
        try {
            return remove(socket);
        } finally {
            lock.unlock();
        }
    }

    /// Looks at every source: no more than there are handshakes.
    private Set<Socket> busiest() {
        Set<Socket> busiest = Set.of();
        for (Set<Socket> ofSource : bySource.values()) {
            if (ofSource.size() > busiest.size()) {
                busiest = ofSource;
            }
        }
        return busiest;
    }

    private boolean remove(Socket socket) {
        Set<Socket> ofSource = bySource.get(socket.getInetAddress());
        if (ofSource == null || !ofSource.remove(socket)) {
            return false;
        }
        all--;
        if (ofSource.isEmpty()) {
            bySource.remove(socket.getInetAddress());
        }
        return true;
    }
}
