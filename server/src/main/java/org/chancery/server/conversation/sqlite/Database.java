package org.chancery.server.conversation.sqlite;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.sqlite.SQLiteConfig;

/// The file `relay.db` and its tables. Identifiers and hashes are blobs, times are milliseconds.
final class Database {

    private static final int SCHEMA_VERSION = 6;

    /// A commit touches pages of the indexes all over the place; they are not to be read again for each.
    private static final int WRITER_CACHE_KIB = 16 << 10;

    /// A page that many commits change goes from the write-ahead log, 16 MiB, into the file once.
    private static final int CHECKPOINT_PAGES = 4096;

    /// In the header of the file (SQLite's file format, section 1.3.3).
    private static final int WRITE_VERSION_AT = 18;

    private static final int WRITE_AHEAD = 2;

    /// As it was in version 2; new files are made so and then brought up to date.
    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE log (incarnation TEXT NOT NULL)",
            // Whoever has connected.
            """
            CREATE TABLE device (
              id           BLOB PRIMARY KEY,
              address      TEXT NOT NULL,
              display_name TEXT,
              chain        BLOB NOT NULL,     -- see ChainBlob
              not_after    INTEGER NOT NULL,  -- of the leaf
              first_seen   INTEGER NOT NULL,
              revoked      INTEGER NOT NULL,
              receives     INTEGER NOT NULL   -- letters; otherwise its key only signs
            ) WITHOUT ROWID""",
            "CREATE INDEX device_address ON device (address)",
            """
            CREATE TABLE conversation (
              id         BLOB PRIMARY KEY,
              head       INTEGER NOT NULL,    -- the last place taken
              transcript BLOB NOT NULL        -- h(head)
            ) WITHOUT ROWID""",
            """
            CREATE TABLE member (
              conversation BLOB NOT NULL,
              address      TEXT NOT NULL,
              PRIMARY KEY (conversation, address)
            ) WITHOUT ROWID""",
            "CREATE INDEX member_address ON member (address)",
            // A sender's key for one epoch, wrapped once for each reader.
            """
            CREATE TABLE seal (
              id           BLOB PRIMARY KEY,
              conversation BLOB NOT NULL,
              sender       BLOB NOT NULL,
              commitment   BLOB NOT NULL
            ) WITHOUT ROWID""",
            """
            CREATE TABLE wrap (
              seal           BLOB NOT NULL,
              device         BLOB NOT NULL,
              recipient_info BLOB NOT NULL,
              PRIMARY KEY (seal, device)
            ) WITHOUT ROWID""",
            // The last counter of each chain; outlives its letters.
            """
            CREATE TABLE chain (
              sender       BLOB NOT NULL,
              id           BLOB NOT NULL,
              conversation BLOB NOT NULL,
              counter      INTEGER NOT NULL,
              PRIMARY KEY (sender, id)
            ) WITHOUT ROWID""",
            """
            CREATE TABLE letter (
              conversation BLOB NOT NULL,
              sequence     INTEGER NOT NULL,
              accepted_at  INTEGER NOT NULL,
              sender       BLOB NOT NULL,
              chain        BLOB NOT NULL,
              counter      INTEGER NOT NULL,
              seal         BLOB NOT NULL,
              hash         BLOB NOT NULL,
              transcript   BLOB NOT NULL,
              der          BLOB NOT NULL
            )""",
            "CREATE UNIQUE INDEX letter_place ON letter (conversation, sequence)",
            "CREATE UNIQUE INDEX letter_key ON letter (sender, chain, counter)",
            // How far a device has come; made with the first seal that wraps for it.
            """
            CREATE TABLE cursor (
              device       BLOB NOT NULL,
              conversation BLOB NOT NULL,
              acknowledged INTEGER NOT NULL,
              PRIMARY KEY (device, conversation)
            ) WITHOUT ROWID""");

    /// Since version 3.
    private static final List<String> RETENTION = List.of(
            // Letters that are still kept; of the others the octets are gone.
            "CREATE INDEX letter_kept ON letter (accepted_at) WHERE length(der) > 0",
            "CREATE INDEX letter_seal ON letter (seal) WHERE length(der) > 0",
            // What the devices of an address have in the log, letters and wraps.
            "CREATE TABLE usage (address TEXT PRIMARY KEY, octets INTEGER NOT NULL) WITHOUT ROWID",
            // Letters that a device has not fetched in time.
            """
            CREATE TABLE gap (
              device       BLOB NOT NULL,
              conversation BLOB NOT NULL,
              through      INTEGER NOT NULL,  -- the place of the last of them
              count        INTEGER NOT NULL,
              PRIMARY KEY (device, conversation)
            ) WITHOUT ROWID""",
            // The same for their sender, until it has seen it.
            """
            CREATE TABLE lapse (
              sender       BLOB NOT NULL,
              conversation BLOB NOT NULL,
              address      TEXT NOT NULL,     -- whose device did not come
              through      INTEGER NOT NULL,
              count        INTEGER NOT NULL,
              PRIMARY KEY (sender, conversation, address)
            ) WITHOUT ROWID""",
            """
            INSERT INTO usage SELECT address, sum(octets) FROM (
              SELECT d.address, length(l.der) AS octets FROM letter l JOIN device d ON d.id = l.sender
              UNION ALL
              SELECT d.address, length(w.recipient_info)
              FROM wrap w JOIN seal s ON s.id = w.seal JOIN device d ON d.id = s.sender) GROUP BY address""");

    /// Since version 4: rooms and device chains.
    private static final List<String> ROOMS = List.of(
            // A room's last membership entry. Conversations between two people have no row.
            """
            CREATE TABLE room (
              conversation BLOB PRIMARY KEY,
              head         BLOB NOT NULL
            ) WITHOUT ROWID""",
            "ALTER TABLE member ADD COLUMN role INTEGER NOT NULL DEFAULT 1",
            """
            CREATE TABLE invitation (
              conversation BLOB NOT NULL,
              address      TEXT NOT NULL,
              role         INTEGER NOT NULL,
              sequence     INTEGER NOT NULL,
              PRIMARY KEY (conversation, address)
            ) WITHOUT ROWID""",
            "CREATE INDEX invitation_address ON invitation (address)",
            // Membership entries, in one order with the letters; kept for as long as the room.
            """
            CREATE TABLE entry (
              conversation BLOB NOT NULL,
              sequence     INTEGER NOT NULL,
              accepted_at  INTEGER NOT NULL,
              device       BLOB NOT NULL,     -- that signed it
              hash         BLOB NOT NULL,
              transcript   BLOB NOT NULL,
              record       BLOB NOT NULL
            )""",
            "CREATE UNIQUE INDEX entry_place ON entry (conversation, sequence)",
            "CREATE UNIQUE INDEX entry_hash ON entry (hash)",
            "ALTER TABLE seal ADD COLUMN membership_head BLOB NOT NULL DEFAULT x''",
            // The last place that is for the device, once its owner has left or was removed.
            "ALTER TABLE cursor ADD COLUMN until INTEGER",
            "ALTER TABLE device ADD COLUMN ended INTEGER NOT NULL DEFAULT 0",
            """
            CREATE TABLE device_chain (
              address TEXT PRIMARY KEY,
              first   BLOB NOT NULL,
              head    BLOB NOT NULL,
              entries INTEGER NOT NULL
            ) WITHOUT ROWID""",
            // On a chain, or ended by one for good.
            """
            CREATE TABLE chain_device (
              address   TEXT NOT NULL,
              device    BLOB NOT NULL,
              ended     INTEGER NOT NULL,
              not_after INTEGER NOT NULL,     -- of the certificate it joined with
              PRIMARY KEY (address, device)
            ) WITHOUT ROWID""",
            // Of chains that were begun anew as well, told apart by the hash of their first entry.
            """
            CREATE TABLE device_entry (
              hash     BLOB PRIMARY KEY,
              address  TEXT NOT NULL,
              first    BLOB NOT NULL,
              position INTEGER NOT NULL,
              record   BLOB NOT NULL
            )""",
            "CREATE UNIQUE INDEX device_entry_place ON device_entry (address, first, position)");

    /// Since version 5: devices that ask to join a chain.
    private static final List<String> OFFERS =
            List.of("""
            CREATE TABLE device_offer (
              device     BLOB PRIMARY KEY,
              address    TEXT NOT NULL,
              offered_at INTEGER NOT NULL,
              record     BLOB NOT NULL
            )""", "CREATE INDEX device_offer_address ON device_offer (address)");

    /// Since version 6: seals that name device chains and envelope keys. No seal of before is current.
    private static final List<String> ENVELOPE_KEYS = List.of(
            "ALTER TABLE wrap ADD COLUMN key_number INTEGER NOT NULL DEFAULT 0",
            // Of the members in ascending order, 32 octets each; zeros where no chain had begun.
            "ALTER TABLE seal ADD COLUMN chain_heads BLOB NOT NULL DEFAULT x''",
            // The newest of each device.
            """
            CREATE TABLE envelope_key (
              device BLOB PRIMARY KEY,
              number INTEGER NOT NULL,
              start  INTEGER NOT NULL,
              record BLOB NOT NULL
            )""");

    private final Path file;

    private Database(Path file) {
        this.file = file;
    }

    /// Opens the file, or makes it, readable for its owner only.
    static Database open(Path file, SecureRandom random) throws IOException {
        try {
            if (Files.notExists(file)) {
                requireNoneLeft(file);
                Files.createFile(
                        file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            requireOwnChanges(file);
            Database database = new Database(file);
            try (Sql sql = database.connect()) {
                database.migrate(sql, random);
            }
            return database;
        } catch (SQLException e) {
            throw new IOException("cannot open " + file + ": " + e.getMessage(), e);
        }
    }

    /// What an older log has left holds what was acknowledged: SQLite would throw it away.
    private static void requireNoneLeft(Path file) throws IOException {
        Optional<Path> left = Companions.of(file);
        if (left.isPresent()) {
            throw new IOException(left.get() + " is there without " + file.getFileName()
                    + ", to which it belongs: put that back beside it, or move it away, too");
        }
    }

    /// A log that was served has its write-ahead log; a copy has not, and would take the changes of another for its
    /// own.
    private static void requireOwnChanges(Path file) throws IOException {
        if (Companions.holdChanges(file) && !isWriteAhead(file)) {
            throw new IOException(file + " has not been served yet, so " + file.getFileName()
                    + "-wal beside it is of another log: move it away");
        }
    }

    /// Read without SQLite, which would mix the two.
    private static boolean isWriteAhead(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] header = in.readNBytes(WRITE_VERSION_AT + 1);
            return header.length > WRITE_VERSION_AT && header[WRITE_VERSION_AT] == WRITE_AHEAD;
        }
    }

    /// A file that is there, as it is.
    static Database existing(Path file) throws NoSuchFileException {
        if (Files.notExists(file)) {
            throw new NoSuchFileException(file.toString());
        }
        return new Database(file);
    }

    /// Whether the file holds a log that this program knows.
    static boolean isKnown(Sql sql) throws SQLException {
        int version = sql.one("PRAGMA user_version", row -> row.getInt(1)).orElse(0);
        boolean log = sql.one("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'letter'", row -> true)
                .isPresent();
        return log && version >= 1 && version <= SCHEMA_VERSION;
    }

    /// A connection whose commits are on disk when they return.
    Sql connect() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setCacheSize(-WRITER_CACHE_KIB);
        config.setWalAutocheckpoint(CHECKPOINT_PAGES);
        config.setGetGeneratedKeys(false); // else every INSERT is followed by a SELECT
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(10_000);
        config.enforceForeignKeys(false);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        connection.setAutoCommit(false);
        return new Sql(connection);
    }

    /// A connection for reading; each query sees what is committed when it begins.
    Sql connectReading() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setReadOnly(true);
        config.setBusyTimeout(10_000);
        return new Sql(config.createConnection("jdbc:sqlite:" + file));
    }

    private void migrate(Sql sql, SecureRandom random) throws SQLException, IOException {
        int version = sql.one("PRAGMA user_version", row -> row.getInt(1)).orElse(0);
        if (version > SCHEMA_VERSION) {
            throw new IOException(
                    file + " has schema " + version + ", this program knows " + SCHEMA_VERSION + " and older ones");
        }
        if (version == 0) {
            for (String statement : SCHEMA) {
                sql.update(statement);
            }
            sql.update("INSERT INTO log VALUES (?)", newIncarnation(random));
        }
        if (version == 1) {
            // Right for nearly every device, and corrected when it next connects.
            sql.update("ALTER TABLE device ADD COLUMN receives INTEGER NOT NULL DEFAULT 1");
        }
        if (version < 3) {
            for (String statement : RETENTION) {
                sql.update(statement);
            }
        }
        if (version < 4) {
            for (String statement : ROOMS) {
                sql.update(statement);
            }
        }
        if (version < 5) {
            for (String statement : OFFERS) {
                sql.update(statement);
            }
        }
        if (version < 6) {
            for (String statement : ENVELOPE_KEYS) {
                sql.update(statement);
            }
        }
        // A copy has none: whatever happened since it was made, clients have to look anew.
        sql.update("UPDATE log SET incarnation = ? WHERE incarnation = ''", newIncarnation(random));
        sql.update("PRAGMA user_version = " + SCHEMA_VERSION);
        sql.commit();
    }

    private static String newIncarnation(SecureRandom random) {
        byte[] incarnation = new byte[16];
        random.nextBytes(incarnation);
        return HexFormat.of().formatHex(incarnation);
    }
}
