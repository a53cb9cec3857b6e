package org.chancery.server.conversation.sqlite;

import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.chancery.server.metrics.Commits;
import org.chancery.server.metrics.Metrics;

/// The one thread that writes. What waits is applied in order, up to 64 at a time, in one transaction; when that
/// is on disk, everybody is answered. So a disk that does a thousand fsyncs a second takes many times as many
/// letters.
///
/// Whatever fails here ends the thread and with it the process: after a failed fsync nobody knows what is on
/// disk, and a process that goes on may acknowledge what is lost.
final class GroupCommit implements AutoCloseable {

    /// A change of the store.
    interface Change {
        /// Runs inside the transaction.
        ///
        /// @return what to do when it is durable
        Runnable apply(Sql sql) throws SQLException;
    }

    /// At 64 a commit the disk is no longer what takes the time.
    private static final int MAX_BATCH = 64;
    /// Some milliseconds of work; whoever comes later waits, and so does its sender.
    private static final int MAX_WAITING = 1024;

    private final Sql sql;
    private final Storage storage;
    private final Commits commits;
    private final Consumer<Throwable> failed;
    private final Thread thread;

    /// Guards what follows, between those who submit and the one who writes.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition changed = lock.newCondition();
    private final Queue<Change> waiting = new ArrayDeque<>();
    private boolean open = true;

    /// @param failed called on the writing thread, which ends then; expected to end the process
    GroupCommit(Sql sql, Storage storage, Metrics metrics, Consumer<Throwable> failed) {
        this.sql = sql;
        this.storage = storage;
        this.commits = metrics.commits();
        metrics.gauge("chancery_log_queue", "Changes that wait for a commit.", this::waiting);
        this.failed = failed;
        this.thread = Thread.ofPlatform().name("log-writer").start(this::run);
    }

    /// Puts a change behind all others; false if the log is closed. Blocks while too many wait.
    boolean submit(Change change) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (open && waiting.size() >= MAX_WAITING) {
                changed.await();
            }
            if (open) {
                waiting.add(change);
                changed.signalAll();
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    private int waiting() {
        lock.lock();
        try {
            return waiting.size();
        } finally {
            lock.unlock();
        }
    }

    private void run() {
        try (sql) {
            for (List<Change> batch = next(); !batch.isEmpty(); batch = next()) {
                commit(batch);
            }
        } catch (SQLException | InterruptedException | RuntimeException | Error e) {
            shut();
            failed.accept(e);
        }
    }

    /// What waits, up to a batch; nothing when the log is closed and all is done.
    private List<Change> next() throws InterruptedException {
        lock.lock();
        try {
            while (open && waiting.isEmpty()) {
                changed.await();
            }
            List<Change> batch = new ArrayList<>(MAX_BATCH);
            while (batch.size() < MAX_BATCH && !waiting.isEmpty()) {
                batch.add(waiting.remove());
            }
            changed.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private void commit(List<Change> batch) throws SQLException {
        List<Runnable> answers = new ArrayList<>(batch.size());
        for (Change change : batch) {
            answers.add(change.apply(sql));
        }
        storage.write(sql);
        commits.begin(batch.size());
        sql.commit();
        commits.end();
        answers.forEach(Runnable::run);
    }

    private void shut() {
        lock.lock();
        try {
            open = false;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Commits what waits and ends.
    @Override
    public void close() {
        shut();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // what was acknowledged must be on disk before anybody goes on
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
