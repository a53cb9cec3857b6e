package org.chancery.dist;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/// The lines that a stream has given so far. One virtual thread reads and adds; any thread may wait for a line.
final class Lines {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private Lines() {}

    /// Starts to read to the end of the stream.
    static Lines of(InputStream stream) {
        Lines lines = new Lines();
        Thread.startVirtualThread(() -> lines.readAll(stream));
        return lines;
    }

    /// The first line that is wanted, now or within the bound; empty when the time or the stream ends before.
    Optional<String> await(Predicate<String> wanted, Duration patience) throws InterruptedException {
        long remaining = patience.toNanos();
        int next = 0;
        lock.lock();
        try {
            while (true) {
                for (; next < lines.size(); next++) {
                    if (wanted.test(lines.get(next))) {
                        return Optional.of(lines.get(next));
                    }
                }
                if (ended || remaining <= 0) {
                    return Optional.empty();
                }
                remaining = changed.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
    }

    /// Waits until the stream has ended, or the bound.
    void awaitEnd(Duration patience) throws InterruptedException {
        long remaining = patience.toNanos();
        lock.lock();
        try {
            while (!ended && remaining > 0) {
                remaining = changed.awaitNanos(remaining);
            }
        } finally {
            lock.unlock();
        }
    }

    List<String> copy() {
        lock.lock();
        try {
            return List.copyOf(lines);
        } finally {
            lock.unlock();
        }
    }

    private void readAll(InputStream stream) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException e) {
            add("[reading failed: " + e + "]");
        } finally {
            end();
        }
    }

    private void add(String line) {
        lock.lock();
        try {
            lines.add(line);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void end() {
        lock.lock();
        try {
            ended = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
