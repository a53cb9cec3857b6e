package org.chancery.client.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The one way to a store's connection: one thread at a time, writes in transactions.
///
/// The engine's thread writes; a window's thread reads what it shows. Neither holds the lock longer than one commit.
final class StoreAccess {
    /// Something to do with the tables.
    interface Work<T> {
        T run() throws StoreException;
    }

    private static final Logger LOG = LoggerFactory.getLogger(StoreAccess.class);

    private final Connection connection;
    private final ReentrantLock lock = new ReentrantLock(true); // fair: a reader has its turn between two commits
    private boolean inTransaction; // guarded by lock
    private boolean scrubAfter; // the commit; guarded by lock
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
                    undo();
                }
            }
            connection.setAutoCommit(true);
            if (scrubAfter) {
                scrubAfter = false;
                truncateLog();
            }
        } catch (SQLException e) {
            throw StoreException.disk("cannot commit", e);
        } finally {
            lock.unlock();
        }
    }

    /// Where the disk is full SQLite has undone everything already, and says that there is nothing to undo:
    /// what is to be told is what failed before.
    private void undo() {
        try {
            connection.rollback();
            connection.setAutoCommit(true);
        } catch (SQLException e) {
            LOG.debug("nothing to undo", e);
        }
    }

    /// Lets the write-ahead log go, which still holds what was deleted; within a commit as soon as that is made.
    void scrub() throws StoreException {
        lock.lock();
        try {
            requireOpen();
            if (inTransaction) {
                scrubAfter = true;
            } else {
                truncateLog();
            }
        } catch (SQLException e) {
            throw StoreException.disk("cannot take over the write-ahead log", e);
        } finally {
            lock.unlock();
        }
    }

    private void truncateLog() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
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
