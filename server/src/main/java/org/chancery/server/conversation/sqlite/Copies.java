package org.chancery.server.conversation.sqlite;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.file.TemporaryFile;
import org.sqlite.SQLiteConfig;

/// Copies of the log: whole, private, and without an incarnation, so that a relay that runs on one draws another.
public final class Copies {

    private Copies() {}

    /// Copies a log that nobody has open, or that others write meanwhile.
    ///
    /// @throws java.nio.file.NoSuchFileException if there is no log
    /// @throws java.nio.file.FileAlreadyExistsException if there is a file, and it may not be replaced
    /// @throws IOException if either file fails
    public static void make(Path log, Path copy, boolean overwrite) throws IOException {
        make(Database.existing(log), copy, overwrite);
    }

    /// Puts a copy in the place of a log that does not exist.
    ///
    /// @throws NotALogException if the file is none that this program knows, or damaged
    /// @throws java.nio.file.FileAlreadyExistsException if there is a log, or what SQLite has left beside one
    /// @throws IOException if either file fails
    public static void putBack(Path copy, Path log) throws IOException, NotALogException {
        Companions.requireNone(log);
        Database source = Database.existing(copy);
        try (Sql sql = source.connectReading()) {
            if (!Database.isKnown(sql)) {
                throw new NotALogException(copy + " is no copy of a log that this program knows");
            }
            String verdict = sql.one("PRAGMA integrity_check(1)", row -> row.getString(1))
                    .orElse("nothing");
            if (!verdict.equals("ok")) {
                throw new NotALogException(copy + " is damaged: " + verdict);
            }
        } catch (SQLException e) {
            throw new NotALogException(copy + " cannot be read as a log: " + e.getMessage(), e);
        }
        make(source, log, false);
    }

    static void make(Database source, Path copy, boolean overwrite) throws IOException {
        TemporaryFile temporary = TemporaryFile.beside(copy);
        AtomicFile.take(temporary, overwrite, () -> {
            Files.createFile( // SQLite takes an empty file as it is, with its mode
                    temporary.path(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            try {
                try (Sql sql = source.connectReading()) {
                    sql.update("VACUUM INTO ?", temporary.path().toString());
                }
                withoutIncarnation(temporary.path());
                force(temporary.path());
            } catch (SQLException e) {
                throw new IOException(e.getMessage(), e);
            }
        });
    }

    private static void force(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    /// In one file: the journal that SQLite keeps beside it for the moment is gone with the commit.
    private static void withoutIncarnation(Path copy) throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
        try (Connection connection = config.createConnection("jdbc:sqlite:" + copy);
                Sql sql = new Sql(connection)) {
            connection.setAutoCommit(false);
            sql.update("UPDATE log SET incarnation = ''");
            sql.commit();
        }
    }
}
