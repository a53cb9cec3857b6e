package org.chancery.ca.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

/// The ledger's file, with one connection to write and one to read.
///
/// Write-ahead log with synchronous=FULL: a commit that returned has been fsynced. Writers of this process
/// share transactions ([GroupCommit]), those of several processes queue for SQLite's lock (BEGIN IMMEDIATE);
/// readers wait for neither.
final class Database implements AutoCloseable {
    /// Work inside a transaction.
    @FunctionalInterface
    interface Work<T, E extends Exception> {
        T in(Connection connection) throws SQLException, IOException, E;
    }

    private final Path file;
    private final AuditHead auditHead;
    private final GroupCommit writers;
    private final Connection reader;
    /// Held by the one thread that uses the reader: two transactions on one connection would mingle.
    private final ReentrantLock reading = new ReentrantLock();

    private Database(Path file, Connection writer, Connection reader) {
        this.file = file;
        this.auditHead = new AuditHead(file);
        this.writers = new GroupCommit(writer, auditHead);
        this.reader = reader;
    }

    static Database create(Path file, Duration patience) throws LedgerException {
        try {
            createPrivate(file);
            Connection writer = connect(file, patience);
            execute(writer, "BEGIN IMMEDIATE");
            Schema.create(writer);
            execute(writer, "COMMIT");
            Database database = new Database(file, writer, connect(file, patience));
            database.auditHead.create(Head.NONE);
            return database;
        } catch (FileAlreadyExistsException e) {
            throw new LedgerException(LedgerFailure.FAILED, file + " exists already", e);
        } catch (SQLException | IOException e) {
            throw FailureWords.of(file, e);
        }
    }

    static Database open(Path file, Duration patience) throws LedgerException {
        if (!Files.isRegularFile(file)) {
            throw new LedgerException(LedgerFailure.MISSING, "no ledger at " + file, null);
        }
        Connection reader = null;
        try {
            reader = connect(file, patience);
            Schema.requireKnown(reader, file);
            return new Database(file, connect(file, patience), reader);
        } catch (SQLException | LedgerException e) {
            LedgerException failure = FailureWords.of(file, e);
            if (reader != null) {
                closeAfter(failure, reader);
            }
            throw failure;
        }
    }

    /// One question to what is committed: a single statement, which is a consistent look by itself.
    <T, E extends Exception> T ask(Work<T, E> statement) throws LedgerException, E {
        reading.lock();
        try {
            return statement.in(reader);
        } catch (SQLException | IOException e) {
            throw FailureWords.of(file, e);
        } finally {
            reading.unlock();
        }
    }

    /// One consistent look at what is committed.
    <T, E extends Exception> T read(Work<T, E> work) throws LedgerException, E {
        reading.lock();
        try {
            execute(reader, "BEGIN DEFERRED");
            try {
                return work.in(reader);
            } finally {
                execute(reader, "COMMIT");
            }
        } catch (SQLException | IOException e) {
            throw FailureWords.of(file, e);
        } finally {
            reading.unlock();
        }
    }

    /// All or nothing: committed and fsynced when this returns, rolled back when it throws, whatever it
    /// throws.
    <T, E extends Exception> T write(Work<T, E> work) throws LedgerException, E {
        return write(work, false);
    }

    /// As [#write], even where the record contradicts `audit.head`.
    <T, E extends Exception> T writeDespiteHead(Work<T, E> work) throws LedgerException, E {
        return write(work, true);
    }

    private <T, E extends Exception> T write(Work<T, E> work, boolean despiteHead) throws LedgerException, E {
        try {
            return writers.run(work, despiteHead);
        } catch (SQLException | IOException e) {
            throw FailureWords.of(file, e);
        }
    }

    /// What `audit.head` says now.
    AuditHead.Reading auditHead() throws LedgerException {
        try {
            return auditHead.read();
        } catch (IOException e) {
            throw FailureWords.of(file, e);
        }
    }

    /// Writes one consistent copy of what is committed to a file that must not exist, mode 0600, while others
    /// go on reading and writing. The copy is on disk when this returns.
    Head copyTo(Path copy) throws LedgerException {
        try {
            createPrivate(copy);
        } catch (IOException e) {
            throw FailureWords.of(copy, e);
        }
        reading.lock();
        try {
            try (PreparedStatement vacuum = reader.prepareStatement("VACUUM INTO ?")) {
                vacuum.setString(1, copy.toAbsolutePath().toString());
                vacuum.execute();
            }
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            try (Connection made = new SQLiteConfig().createConnection("jdbc:sqlite:" + copy.toAbsolutePath())) {
                return new ActTable(made).head();
            }
        } catch (SQLException | IOException e) {
            throw FailureWords.of(copy, e);
        } finally {
            reading.unlock();
        }
    }

    @Override
    public void close() throws LedgerException {
        reading.lock();
        try {
            reader.close();
            writers.close();
        } catch (SQLException e) {
            throw FailureWords.of(file, e);
        } finally {
            reading.unlock();
        }
    }

    static void execute(Connection connection, String sql) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.execute();
        }
    }

    /// Made here with its mode, not by SQLite and narrowed afterwards; its -wal and -shm files inherit it.
    private static void createPrivate(Path file) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static Connection connect(Path file, Duration patience) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(Math.toIntExact(patience.toMillis()));
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.enforceForeignKeys(true);
        config.setGetGeneratedKeys(false); // nobody asks, and each insert would be followed by a query
        return KeptStatements.of(config.createConnection("jdbc:sqlite:" + file.toAbsolutePath()));
    }

    private static void closeAfter(LedgerException failure, Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            failure.addSuppressed(e);
        }
    }
}
