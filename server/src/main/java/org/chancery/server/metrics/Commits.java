package org.chancery.server.metrics;

import java.time.Duration;

/// What can be seen of the log's group commit from outside: how many changes share one, how long the disk takes, and
/// whether one hangs. Counted by the one thread that writes; read by any.
public final class Commits {

    private final Histogram changes;
    private final Histogram seconds;
    private volatile long begunNanos;
    private volatile boolean running;

    Commits(Metrics metrics) {
        changes = metrics.histogram(
                "chancery_commit_changes", "Changes in one commit.", 1, 2, 4, 8, 16, 32, 64, 128, 256);
        seconds = metrics.histogram(
                "chancery_commit_seconds",
                "Time of a commit, which is that of its fsync.",
                0.0005,
                0.001,
                0.0025,
                0.005,
                0.01,
                0.025,
                0.05,
                0.1,
                0.25,
                0.5,
                1,
                2.5,
                10);
        metrics.gauge(
                "chancery_commit_running_seconds",
                "Age of the commit at work, 0 if there is none.",
                () -> running().toNanos() / Histogram.NANOS);
    }

    /// A commit begins.
    public void begin(int size) {
        changes.observe(size);
        begunNanos = System.nanoTime();
        running = true;
    }

    /// It is on disk.
    public void end() {
        running = false;
        seconds.observeNanos(System.nanoTime() - begunNanos);
    }

    /// How long the commit at work has been at it; zero if there is none.
    public Duration running() {
        return running ? Duration.ofNanos(System.nanoTime() - begunNanos) : Duration.ZERO;
    }
}
