package org.chancery.client.engine;

import java.time.Duration;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.function.LongSupplier;
import org.chancery.client.store.StoreException;

/// What the engine's thread has put off.
final class Schedule {
    /// Something to do later.
    interface Task {
        void run() throws StoreException;
    }

    private record Entry(long dueNanos, Task task) {}

    private final PriorityQueue<Entry> entries = new PriorityQueue<>(Comparator.comparingLong(Entry::dueNanos));
    private final LongSupplier nanos;
    private final long origin; // nanoTime may wrap around; what has passed since a start does not

    /// @param nanos as [System#nanoTime] counts them
    Schedule(LongSupplier nanos) {
        this.nanos = nanos;
        this.origin = nanos.getAsLong();
    }

    void after(Duration delay, Task task) {
        entries.add(new Entry(passedNanos() + delay.toNanos(), task));
    }

    /// How long until something is due, at most `most`.
    Duration untilNext(Duration most) {
        Entry next = entries.peek();
        if (next == null) {
            return most;
        }
        Duration left = Duration.ofNanos(Math.max(0, next.dueNanos() - passedNanos()));
        return left.compareTo(most) < 0 ? left : most;
    }

    void runDue() throws StoreException {
        for (Entry next = entries.peek(); next != null && next.dueNanos() <= passedNanos(); next = entries.peek()) {
            entries.remove().task().run();
        }
    }

    /// Since this began.
    long passedNanos() {
        return nanos.getAsLong() - origin;
    }
}
