package org.chancery.server.conversation.sqlite;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.chancery.server.metrics.Commits;
import org.chancery.server.metrics.Metrics;

/// The one thread that writes. What waits is applied in order, up to 512 at a time, in one transaction; when that
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

        /// Whether it changes what is [Remembered] along with the store. Before any other everything is written out
        /// and forgotten.
        default boolean tellsRemembered() {
            return false;
        }

        /// What it holds in memory while it waits, as far as its sender has a say in it.
        default long octets() {
            return 0;
        }

        /// Whether somebody waits for it.
        default boolean urgent() {
            return true;
        }
    }

    /// Neighbouring rows lie on one page, which is written once a commit: the more letters, the fewer pages each.
    private static final int MAX_BATCH = 512;
    /// Some milliseconds of work; whoever comes later waits, and so does its sender.
    private static final int MAX_WAITING = 1024;
    /// Of those. What is being written comes on top.
    static final long MAX_OCTETS = 16 << 20;
    /// For what nobody waits for. It needs no fsync of its own while there are others.
    private static final long LEISURE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private final Sql sql;
    private final Storage storage;
    private final Remembered known;
    private final Commits commits;
    private final Consumer<Throwable> failed;
    private final Thread thread;

    /// Guards what follows, between those who submit and the one who writes.
    private final ReentrantLock lock = new ReentrantLock();

    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Queue<Change> waiting = new ArrayDeque<>();
    private int urgent;
    private long octets;
    private boolean open = true;

    /// The writer waits.
    private boolean idle;

    /// @param failed called on the writing thread, which ends then; expected to end the process
    GroupCommit(Sql sql, Storage storage, Remembered known, Metrics metrics, Consumer<Throwable> failed) {
        this.sql = sql;
        this.storage = storage;
        this.known = known;
        this.commits = metrics.commits();
        metrics.gauge("chancery_log_queue", "Changes that wait for a commit.", this::waiting);
        this.failed = failed;
        this.thread = Thread.ofPlatform().name("log-writer").start(this::run);
    }

    /// Puts a change behind all others; false if the log is closed. Blocks while too many wait.
    boolean submit(Change change) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (open && isFullFor(change)) {
                room.await();
            }
            if (open) {
                waiting.add(change);
                urgent += change.urgent() ? 1 : 0;
                octets += change.octets();
                if (idle && (change.urgent() || waiting.size() == 1 || waiting.size() == MAX_BATCH)) {
                    work.signal();
                }
            }
            return open;
        } finally {
            lock.unlock();
        }
    }

    /// One finds room alone, whatever it holds.
    private boolean isFullFor(Change change) {
        return waiting.size() >= MAX_WAITING || (octets > 0 && octets + change.octets() > MAX_OCTETS);
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
        } catch (SQLException e) {
            shut();
            failed.accept(new IOException(e.getMessage(), e));
        } catch (InterruptedException | RuntimeException | Error e) {
            shut();
            failed.accept(e);
        }
    }

    /// What waits, up to a batch; nothing when the log is closed and all is done.
    private List<Change> next() throws InterruptedException {
        lock.lock();
        try {
            awaitWork();
            List<Change> batch = new ArrayList<>(Math.min(waiting.size(), MAX_BATCH));
            while (batch.size() < MAX_BATCH && !waiting.isEmpty()) {
                Change change = waiting.remove();
                urgent -= change.urgent() ? 1 : 0;
                octets -= change.octets();
                batch.add(change);
            }
            room.signalAll();
            return batch;
        } finally {
            lock.unlock();
        }
    }

    /// Until something waits; a little longer, if nobody waits for it.
    private void awaitWork() throws InterruptedException {
        idle = true;
        while (open && waiting.isEmpty()) {
            work.await();
        }
        long left = LEISURE_NANOS;
        while (open && urgent == 0 && waiting.size() < MAX_BATCH && left > 0) {
            left = work.awaitNanos(left);
        }
        idle = false;
    }

    private void commit(List<Change> batch) throws SQLException {
        List<Runnable> answers = new ArrayList<>(batch.size());
        for (Change change : batch) {
            if (!change.tellsRemembered()) {
                known.settle(sql);
            }
            answers.add(change.apply(sql));
        }
        storage.write(sql);
        known.write(sql);
        commits.begin(batch.size());
        sql.commit();
        commits.end();
        answers.forEach(Runnable::run);
    }

    private void shut() {
        lock.lock();
        try {
            open = false;
            work.signalAll();
            room.signalAll();
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
