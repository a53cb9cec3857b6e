package org.chancery.client.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;

/// The one way to a store's connection: one thread at a time, writes in transactions.
///
/// The engine's thread writes; a window's thread reads what it shows. Neither holds the lock longer than one commit.
final class StoreAccess {
    /// Something to do with the tables.
    interface Work<T> {
        T run() throws StoreException;
    }

    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock();
    private boolean inTransaction; // guarded by lock
    private boolean closed; // guarded by lock

    StoreAccess(Connection connection) {
        this.connection = connection;
    }

    /// Runs `work` while nobody else touches the tables; within a transaction, where one is open on this thread.
    <T> T read(Work<T> work) throws StoreException {
        lock.lock();
        try {
            requireOpen();
            return work.run();
        } finally {
            lock.unlock();
        }
    }

    /// As [#read], for work without a result.
    void run(MessageStore.Changes changes) throws StoreException {
        read(() -> {
            changes.make();
            return true;
        });
    }

    /// Makes all of `changes`, or none of them; they are on the disk when this returns.
    void commit(MessageStore.Changes changes) throws StoreException {
        lock.lock();
        try {
            requireOpen();
            if (inTransaction) {
                changes.make();
                return;
            }
            connection.setAutoCommit(false);
            inTransaction = true;
            boolean made = false;
            try {
                changes.make();
                connection.commit();
                made = true;
            } finally {
                inTransaction = false;
                if (!made) {
                    connection.rollback();
                }
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw StoreException.disk("cannot commit", e);
        } finally {
            lock.unlock();
        }
    }

    /// Lets the write-ahead log go, which still holds what was deleted.
    void scrub() throws StoreException {
        lock.lock();
        try (Statement statement = connection.createStatement()) {
            requireOpen();
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
        } catch (SQLException e) {
            throw StoreException.disk("cannot take over the write-ahead log", e);
        } finally {
            lock.unlock();
        }
    }

    void close() throws StoreException {
        lock.lock();
        try {
            closed = true;
            connection.close();
        } catch (SQLException e) {
            throw StoreException.disk("cannot close the database", e);
        } finally {
            lock.unlock();
        }
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the store is closed");
        }
    }
}
