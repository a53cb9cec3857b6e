package org.chancery.ca.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The ledger's format on disk, version 3. Times are seconds since 1970 UTC, as certificates have them,
/// serials, devices and hashes lower-case hexadecimal, so that `sqlite3 ledger.db` shows what `openssl` shows.
///
/// | table | a row is | changes |
/// | --- | --- | --- |
/// | `certificate` | a certificate, first intended, then issued | `der` and its `sha256`, once |
/// | `public_key` | a key, at its first intent; `device` is the SHA-256 of `spki` | never |
/// | `revocation` | the end of a certificate, be it of this ledger or known from a CRL alone | never |
/// | `crl` | a number drawn, later published; or one taken over from a CRL | `published_at` and `sha256` once |
/// | `act` | one thing the authority did or refused to do, chained to those before ([Head]) | never |
///
/// What never changes is kept from changing by triggers: a slip of ours aborts instead of rewriting the past.
/// Who takes the triggers away is found out by [Audit].
final class Schema {
    /// "CHLG": tells the ledger from any other SQLite file.
    private static final int APPLICATION_ID = 0x43484c47;

    private static final int VERSION = 3;

    private static final List<String> TABLES = List.of(
            """
            CREATE TABLE certificate (
              sequence   INTEGER PRIMARY KEY AUTOINCREMENT,
              serial     TEXT NOT NULL UNIQUE,
              issuer     TEXT NOT NULL,
              profile    TEXT NOT NULL,
              address    TEXT,
              device     TEXT NOT NULL,
              name       TEXT NOT NULL,
              not_before INTEGER NOT NULL,
              not_after  INTEGER NOT NULL CHECK (not_after >= not_before),
              origin     TEXT NOT NULL,
              parent     TEXT REFERENCES certificate (serial),
              der        BLOB,
              sha256     TEXT UNIQUE,
              CHECK ((der IS NULL) = (sha256 IS NULL))
            ) STRICT""",
            "CREATE INDEX certificate_by_device ON certificate (device, serial)",
            "CREATE INDEX certificate_by_address ON certificate (address)",
            "CREATE INDEX certificate_by_parent ON certificate (parent)",
            "CREATE INDEX certificate_by_end ON certificate (not_after)",
            """
            CREATE TABLE public_key (
              sequence  INTEGER PRIMARY KEY AUTOINCREMENT,
              device    TEXT NOT NULL UNIQUE,
              algorithm TEXT NOT NULL,
              spki      BLOB NOT NULL
            ) STRICT""",
            """
            CREATE TABLE revocation (
              sequence      INTEGER PRIMARY KEY AUTOINCREMENT,
              serial        TEXT NOT NULL UNIQUE,
              issuer        TEXT NOT NULL,
              revoked_at    INTEGER NOT NULL,
              reason        INTEGER NOT NULL,
              invalid_since INTEGER
            ) STRICT""",
            """
            CREATE TABLE crl (
              issuer       TEXT NOT NULL,
              number       INTEGER NOT NULL,
              drawn_at     INTEGER,
              published_at INTEGER,
              sha256       TEXT,
              CHECK ((published_at IS NULL) = (sha256 IS NULL)),
              PRIMARY KEY (issuer, number)
            ) STRICT, WITHOUT ROWID""",
            """
            CREATE TABLE act (
              sequence INTEGER PRIMARY KEY,
              at       INTEGER NOT NULL,
              kind     TEXT NOT NULL,
              subject  TEXT,
              facts    TEXT NOT NULL,
              hash     TEXT NOT NULL
            ) STRICT""",
            never("DELETE", "certificate", "1"),
            never(
                    "UPDATE",
                    "certificate",
                    "OLD.der IS NOT NULL OR "
                            + changed(
                                    "sequence",
                                    "serial",
                                    "issuer",
                                    "profile",
                                    "address",
                                    "device",
                                    "name",
                                    "not_before",
                                    "not_after",
                                    "origin",
                                    "parent")),
            never("DELETE", "public_key", "1"),
            never("UPDATE", "public_key", "1"),
            never("DELETE", "revocation", "1"),
            never("UPDATE", "revocation", "1"),
            never("DELETE", "crl", "1"),
            never("UPDATE", "crl", "OLD.published_at IS NOT NULL OR " + changed("issuer", "number", "drawn_at")),
            never("DELETE", "act", "1"),
            never("UPDATE", "act", "1"));

    private Schema() {}

    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA application_id = " + APPLICATION_ID);
            for (String table : TABLES) {
                statement.execute(table);
            }
            statement.execute("PRAGMA user_version = " + VERSION);
        }
    }

    /// Passes if the file is a ledger of the version this class describes.
    static void requireKnown(Connection connection, Path file) throws SQLException, LedgerException {
        if (number(connection, "PRAGMA application_id") != APPLICATION_ID) {
            throw new LedgerException(LedgerFailure.NOT_A_LEDGER, file + " is not a ledger", null);
        }
        int version = number(connection, "PRAGMA user_version");
        if (version != VERSION) {
            throw new LedgerException(
                    LedgerFailure.OTHER_VERSION,
                    file + " is a ledger of version " + version + ", this program knows version " + VERSION,
                    null);
        }
    }

    /// What [#create] makes, as SQLite remembers it: the text of every table, index and trigger, by name.
    static Map<String, String> of(Connection connection) throws SQLException {
        Map<String, String> parts = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'")) {
            while (row.next()) {
                parts.put(row.getString(1), row.getString(2));
            }
        }
        return parts;
    }

    private static int number(Connection connection, String pragma) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(pragma)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    /// Whether an update touches a column that is written once and for all with its row.
    private static String changed(String... columns) {
        return Stream.of(columns)
                .map(column -> "NEW." + column + " IS NOT OLD." + column)
                .collect(Collectors.joining(" OR "));
    }

    private static String never(String verb, String table, String when) {
        return "CREATE TRIGGER " + table + "_never_" + verb.toLowerCase(Locale.ROOT) + " BEFORE " + verb + " ON "
                + table + " WHEN " + when + " BEGIN SELECT RAISE(ABORT, 'the ledger forgets nothing'); END";
    }
}
