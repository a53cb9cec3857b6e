package org.chancery.client.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.file.TemporaryFile;
import org.chancery.pki.keystore.Passphrase;

/// A store in one file, and back.
///
/// The file is an SQLite database with the tables of a store, sealed as they are there, and one more: `backup`,
/// whose only row holds the octets of `store.key` and a [BackupSeal]. Envelope keys are not in it, nor the secrets that
/// wrap them:
/// those lie in the keys' own files. It is made beside a process that owns the store, from one moment between
/// two of its commits.
public final class StoreBackup {
    /// `PRAGMA application_id`: "CHBK".
    private static final int APPLICATION = 0x4348424b;

    private static final int BUSY_MILLIS = 10_000;

    private StoreBackup() {}

    /// What came out of a backup.
    ///
    /// @param unsent messages and files that were on their way when it was made, and are not sent
    public record PutBack(BackupOrigin origin, int unsent) {}

    /// Copies a store that anybody may have open.
    ///
    /// @param overwrite whether a file that is there may be replaced
    /// @return the octets of the file
    /// @throws NoSuchFileException where there is no store
    /// @throws FileAlreadyExistsException where there is a file, and it may not be replaced
    /// @throws StoreException [StoreFailure#WRONG_PASSPHRASE], [StoreFailure#UNSUPPORTED],
    ///     [StoreFailure#DAMAGED],
    ///     [StoreFailure#DISK]
    public static long make(
            StoreLocation location,
            Passphrase passphrase,
            SecureRandom random,
            BackupOrigin origin,
            Path file,
            boolean overwrite)
            throws IOException {
        if (!Files.exists(location.database()) || !Files.exists(location.key())) {
            throw new NoSuchFileException(location.database().toString());
        }
        byte[] key = Files.readAllBytes(location.key());
        RecordCipher cipher = StoreKey.of(key, String.valueOf(location.key().getFileName()), passphrase, random);
        TemporaryFile temporary = TemporaryFile.beside(file);
        AtomicFile.take(temporary, overwrite, () -> {
            createPrivate(temporary.path());
            try {
                vacuum(location.database(), temporary.path());
                stamp(temporary.path(), key);
            } catch (SQLException e) {
                throw StoreException.disk("cannot copy the store", e);
            }
            try (MessageStore copy = new MessageStore(() -> {}, connect(temporary.path()), cipher)) {
                copy.settings().putOrigin(origin);
            }
            seal(temporary.path(), cipher);
            force(temporary.path());
        });
        return Files.size(file);
    }

    private static void vacuum(Path database, Path copy) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
                PreparedStatement vacuum = connection.prepareStatement("VACUUM INTO ?")) {
            try (Statement busy = connection.createStatement()) {
                busy.execute("PRAGMA busy_timeout = " + BUSY_MILLIS);
            }
            vacuum.setString(1, copy.toString());
            vacuum.execute();
        }
    }

    private static void stamp(Path copy, byte[] key) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = DELETE"); // one file
            statement.execute("CREATE TABLE backup (store_key BLOB NOT NULL, seal BLOB NOT NULL DEFAULT x'')");
            statement.execute("PRAGMA application_id = " + APPLICATION);
            try (PreparedStatement insert = connection.prepareStatement("INSERT INTO backup (store_key) VALUES (?)")) {
                insert.setBytes(1, key);
                insert.executeUpdate();
            }
        }
    }

    private static void seal(Path copy, RecordCipher cipher) throws StoreException {
        try (Connection connection = connect(copy);
                PreparedStatement update = connection.prepareStatement("UPDATE backup SET seal = ?")) {
            update.setBytes(1, BackupSeal.over(connection, cipher));
            update.executeUpdate();
        } catch (SQLException e) {
            throw StoreException.disk("cannot seal the copy", e);
        }
    }

    private static Connection connect(Path database) throws StoreException {
        try {
            return DriverManager.getConnection("jdbc:sqlite:" + database);
        } catch (SQLException e) {
            throw StoreException.disk("cannot open " + database.getFileName(), e);
        }
    }

    /// Puts a backup where a store would lie; the next process that opens it goes on from there.
    ///
    /// @param owner whose store it is to be
    /// @param overwrite whether a store that is there may be replaced
    /// @throws FileAlreadyExistsException where there is a store, and it may not be replaced
    /// @throws StoreException [StoreFailure#IN_USE], [StoreFailure#WRONG_PASSPHRASE], [StoreFailure#DAMAGED],
    ///     [StoreFailure#UNSUPPORTED] also for what is no backup, [StoreFailure#FOREIGN], [StoreFailure#DISK]
    public static PutBack putBack(
            Path file,
            StoreLocation location,
            Passphrase passphrase,
            SecureRandom random,
            BackupOwner owner,
            boolean overwrite)
            throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new NoSuchFileException(file.toString());
        }
        StoreDatabase.createDirectory(location);
        try (StoreLock _ = StoreLock.acquire(location)) {
            if (Files.exists(location.database()) && !overwrite) {
                throw new FileAlreadyExistsException(location.database().toString());
            }
            TemporaryFile temporary = TemporaryFile.beside(location.database());
            PutBack[] done = new PutBack[1];
            AtomicFile.take(temporary, true, () -> {
                createPrivate(temporary.path());
                Taken taken = take(file, temporary.path());
                byte[] key = taken.key();
                String name = String.valueOf(file.getFileName());
                RecordCipher cipher = StoreKey.of(key, "the key in " + name, passphrase, random);
                try (Connection copy = connect(temporary.path())) {
                    BackupSeal.check(copy, cipher, taken.seal());
                } catch (SQLException e) {
                    throw StoreException.disk("cannot close " + name, e);
                }
                done[0] = goOn(temporary.path(), cipher, random, owner);
                force(temporary.path());
                AtomicFile.write(location.key(), key, Access.PRIVATE, true);
                for (String beside : new String[] {"-wal", "-shm"}) { // of the store that goes
                    Files.deleteIfExists(location.database()
                            .resolveSibling(location.database().getFileName() + beside));
                }
            });
            return done[0];
        }
    }

    /// What a backup has beside the tables of a store.
    @SuppressWarnings("ArrayRecordComponent") // made here, used once, never compared
    private record Taken(byte[] key, byte[] seal) {}

    /// Copies a backup, looks at the copy, and makes a store of it.
    private static Taken take(Path file, Path copy) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ);
                FileChannel out = FileChannel.open(copy, StandardOpenOption.WRITE)) {
            for (long at = 0; at < in.size(); ) {
                at += in.transferTo(at, in.size() - at, out);
            }
        }
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + copy);
                Statement statement = connection.createStatement()) {
            if (number(statement, "PRAGMA application_id") != APPLICATION
                    || number(statement, "SELECT count(*) FROM sqlite_schema WHERE type NOT IN ('table', 'index')")
                            != 0) {
                throw new StoreException(StoreFailure.UNSUPPORTED, file + " is no backup of a messenger's store", null);
            }
            long schema = number(statement, "PRAGMA user_version");
            if (schema != StoreDatabase.SCHEMA) {
                throw new StoreException(
                        StoreFailure.UNSUPPORTED,
                        file + " has schema " + schema + ", this version knows " + StoreDatabase.SCHEMA,
                        null);
            }
            try (ResultSet row = statement.executeQuery("PRAGMA integrity_check(1)")) {
                if (!row.next() || !row.getString(1).equals("ok")) {
                    throw StoreException.damaged(file + " is damaged", null);
                }
            }
            Taken taken;
            try (ResultSet row = statement.executeQuery("SELECT store_key, seal FROM backup")) {
                taken = row.next() ? new Taken(row.getBytes(1), row.getBytes(2)) : new Taken(new byte[0], new byte[0]);
            }
            statement.execute("DROP TABLE backup");
            statement.execute("PRAGMA application_id = 0");
            return taken;
        } catch (SQLException e) {
            throw new StoreException(StoreFailure.UNSUPPORTED, file + " is no backup of a messenger's store", e);
        }
    }

    private static long number(Statement statement, String query) throws SQLException {
        try (ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static PutBack goOn(Path copy, RecordCipher cipher, SecureRandom random, BackupOwner owner)
            throws IOException {
        try (MessageStore store = new MessageStore(() -> {}, StoreDatabase.connect(copy), cipher)) {
            BackupOrigin origin = store.settings()
                    .origin()
                    .orElseThrow(() -> StoreException.damaged("the backup does not say whose it is", null));
            if (!origin.address().equals(owner.address())) {
                throw new StoreException(
                        StoreFailure.FOREIGN,
                        "the backup is of " + origin.address() + ", the keystore of " + owner.address(),
                        null);
            }
            if (!origin.device().equals(owner.device())) {
                store.envelopeKeys().forget(); // they were the other device's
            }
            return new PutBack(origin, new GoingOn(store, origin.device(), random).prepare());
        }
    }

    private static void createPrivate(Path file) throws IOException {
        Files.createFile( // SQLite takes an empty file as it is, with its mode
                file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }
}
