package org.chancery.server.metrics;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Every family of one relay, by name. Thread safe.
final class Registry {

    private record Family(String name, String help, MetricType type, Consumer<Exposition> samples) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Family> families = new TreeMap<>();

    /// Adds a family.
    ///
    /// @param samples writes what holds when it is asked, on the asking thread
    /// @throws IllegalArgumentException if there is one of that name
    void add(String name, String help, MetricType type, Consumer<Exposition> samples) {
        Exposition.requireName(name);
        lock.lock();
        try {
            if (families.putIfAbsent(name, new Family(name, help, type, samples)) != null) {
                throw new IllegalArgumentException("metric " + name + " twice");
            }
        } finally {
            lock.unlock();
        }
    }

    String text() {
        Exposition out = new Exposition();
        for (Family family : all()) {
            out.family(family.name(), family.help(), family.type());
            family.samples().accept(out);
        }
        return out.text();
    }

    private List<Family> all() {
        lock.lock();
        try {
            return new ArrayList<>(families.values());
        } finally {
            lock.unlock();
        }
    }
}
