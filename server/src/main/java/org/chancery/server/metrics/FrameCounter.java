package org.chancery.server.metrics;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.chancery.protocol.frame.Frame;

/// How many frames went one way, by kind: the kinds are those that the protocol has. Thread safe.
final class FrameCounter {

    private final Map<Class<?>, Counter> counts = new HashMap<>(); // never changed once it is made

    FrameCounter() {
        for (Class<?> kind : Frame.class.getPermittedSubclasses()) {
            counts.put(kind, new Counter());
        }
    }

    void increment(Frame frame) {
        increment(frame.getClass());
    }

    void increment(Class<? extends Frame> kind) {
        Objects.requireNonNull(counts.get(kind)).increment();
    }

    long count(Class<? extends Frame> kind) {
        return Objects.requireNonNull(counts.get(kind)).count();
    }

    void write(Exposition out) {
        Map<String, Long> byName = new TreeMap<>();
        counts.forEach((kind, count) -> byName.put(name(kind), count.count()));
        byName.forEach((kind, count) -> out.sample("", "kind", kind, count));
    }

    /// `DirectoryQuery` is `directory_query`.
    private static String name(Class<?> kind) {
        return kind.getSimpleName().replaceAll("(?<=.)(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
    }
}
