package org.chancery.server.metrics;

import java.util.concurrent.atomic.LongAdder;

/// How often something happened. Thread safe, and cheap where many threads count at once.
public final class Counter {

    private final LongAdder count = new LongAdder();

    Counter() {}

    /// It happened.
    public void increment() {
        count.increment();
    }

    /// It happened so many times.
    public void add(long times) {
        count.add(times);
    }

    long count() {
        return count.sum();
    }
}
