package org.chancery.server.listen;

import java.net.Socket;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.server.allowance.Source;

/// The handshakes under way, at most so many. For one more, the oldest of the source that has most of them is given up:
/// an honest handshake is over before its turn comes, and somebody who opens connections and says nothing only pushes
/// out their own. Where several sources have as many, it is the oldest of them all: who comes from thousands of
/// sources pushes out nobody but those who came before. Thread safe.
final class Handshakes {

    /// Most handshakes first, and then who came first.
    private static final Comparator<SequencedMap<Socket, Long>> BUSIEST =
            Comparator.<SequencedMap<Socket, Long>>comparingInt(Map::size)
                    .reversed()
                    .thenComparing(ofSource -> ofSource.firstEntry().getValue());

    private final int most;

    /// Guards what follows.
    private final ReentrantLock lock = new ReentrantLock();

    /// With the number of each, oldest first; no source without one.
    private final Map<Source, SequencedMap<Socket, Long>> bySource = new HashMap<>();

    private long begun;
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
            bySource.computeIfAbsent(Source.of(socket.getInetAddress()), _ -> new LinkedHashMap<>())
                    .put(socket, begun++);
            all++;
            if (all <= most) {
                return Optional.empty();
            }
            Socket oldest = oldestOfTheBusiest();
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
    private Socket oldestOfTheBusiest() {
        return bySource.values().stream()
                .min(BUSIEST)
                .map(ofSource -> ofSource.firstEntry().getKey())
                .orElseThrow();
    }

    private boolean remove(Socket socket) {
        Source source = Source.of(socket.getInetAddress());
        SequencedMap<Socket, Long> ofSource = bySource.get(source);
        if (ofSource == null || ofSource.remove(socket) == null) {
            return false;
        }
        all--;
        if (ofSource.isEmpty()) {
            bySource.remove(source);
        }
        return true;
    }
}
