package org.chancery.ca.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/// One connection to the ledger's file, and the two ways to use it.
///
/// Write-ahead log with synchronous=FULL: a commit that returned has been fsynced. Writers take the lock at
/// once (BEGIN IMMEDIATE) and queue for it, in this process behind [#turn], between processes behind SQLite's
/// own lock.
final class Database implements AutoCloseable {
    /// Work inside a transaction.
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T in(Connection connection) throws SQLException, IOException, E;
    }

    private final Path file;
    private final Connection connection;
    /// One thread at a time: transactions on one connection would otherwise mingle.
    private final ReentrantLock turn = new ReentrantLock();

    private Database(Path file, Connection connection) {
        this.file = file;
        this.connection = connection;
    }

    static Database create(Path file, Duration patience) throws LedgerException {
        try {
            // Made here with its mode, not by SQLite and narrowed afterwards; the -wal and -shm files inherit
            // it.
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            Database database = new Database(file, connect(file, patience));
            database.write(connection -> {
                Schema.create(connection);
                return file;
            });
            return database;
        } catch (FileAlreadyExistsException e) {
            throw new LedgerException(LedgerFailure.FAILED, file + " exists already", e);
        } catch (SQLException e) {
            throw failed(file, e);
        } catch (LedgerException e) {
            throw e;
        } catch (IOException e) {
            throw new LedgerException(LedgerFailure.FAILED, "cannot make " + file + ": " + e.getMessage(), e);
        }
    }

    static Database open(Path file, Duration patience) throws LedgerException {
        if (!Files.isRegularFile(file)) {
            throw new LedgerException(LedgerFailure.MISSING, "no ledger at " + file, null);
        }
        Connection connection = null;
        try {
            connection = connect(file, patience);
            if (Schema.isKnown(connection)) {
                return new Database(file, connection);
            }
            connection.close();
            throw new LedgerException(LedgerFailure.NOT_A_LEDGER, file + " is not a ledger of this version", null);
        } catch (SQLException e) {
            LedgerException failure = failed(file, e);
            if (connection != null) {
                closeAfter(failure, connection);
            }
            throw failure;
        }
    }

    /// One consistent look at what is committed.
    <T, E extends Exception> T read(Work<T, E> work) throws LedgerException, E {
        return transaction("BEGIN DEFERRED", work);
    }

    /// All or nothing: committed and fsynced when this returns, rolled back when it throws, whatever it
    /// throws.
    <T, E extends Exception> T write(Work<T, E> work) throws LedgerException, E {
        return transaction("BEGIN IMMEDIATE", work);
    }

    @Override
    public void close() throws LedgerException {
        turn.lock();
        try {
            connection.close();
        } catch (SQLException e) {
            throw failed(file, e);
        } finally {
            turn.unlock();
        }
    }

    private <T, E extends Exception> T transaction(String begin, Work<T, E> work) throws LedgerException, E {
        turn.lock();
        try {
            execute(begin);
            boolean committed = false;
            try {
                T result = work.in(connection);
                execute("COMMIT");
                committed = true;
                return result;
            } finally {
                if (!committed && !connection.isClosed()) {
                    rollBack();
                }
            }
        } catch (SQLException e) {
            throw failed(file, e);
        } catch (LedgerException e) {
            throw e;
        } catch (IOException e) {
            throw new LedgerException(LedgerFailure.FAILED, String.valueOf(e.getMessage()), e);
        } finally {
            turn.unlock();
        }
    }

    /// SQLite rolls back by itself after some failures (a full disk, an I/O error) and then refuses to do it
    /// again: the failure under way says what happened, this one would only hide it.
    private void rollBack() {
        try {
            execute("ROLLBACK");
        } catch (SQLException alreadyRolledBack) {
            return;
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static Connection connect(Path file, Duration patience) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        return config.createConnection("jdbc:sqlite:" + file.toAbsolutePath());
    }

    private static void closeAfter(LedgerException failure, Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }

    private static LedgerException failed(Path file, SQLException e) {
        SQLiteErrorCode code =
                e instanceof SQLiteException sqlite ? sqlite.getResultCode() : SQLiteErrorCode.UNKNOWN_ERROR;
        // The low octet is the primary result code, the rest tells its variants apart.
        return switch (code.code & 0xff) {
            case 13 ->
                new LedgerException(LedgerFailure.FAILED, "the disk is full: " + file + " takes nothing more", e);
            // A full disk is met here too, when a file that all processes share has to grow.
            case 10 ->
                new LedgerException(
                        LedgerFailure.FAILED,
                        "the disk is full or failing: " + file + " cannot be read or written ("
                                + code.name().replaceFirst("SQLITE_", "") + ")",
                        e);
            case 5, 6 -> new LedgerException(LedgerFailure.BUSY, file + " is in use by another process", e);
            case 26 -> new LedgerException(LedgerFailure.NOT_A_LEDGER, file + " is not a ledger", e);
            default -> new LedgerException(LedgerFailure.FAILED, file + ": " + code.message, e);
        };
    }
}
