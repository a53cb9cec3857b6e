package org.chancery.ca.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;

/// The ledger's format on disk, version 2. Times are seconds since 1970 UTC, as certificates have them,
/// serials and devices lower-case hexadecimal, so that `sqlite3 ledger.db` shows what `openssl` shows.
///
/// | table | a row is | changes |
/// | --- | --- | --- |
/// | `certificate` | a certificate, first intended, then issued | `der` once, from nothing to something |
/// | `modulus` | the modulus of an RSA key, at its first intent | never |
/// | `revocation` | the end of one of them | never |
/// | `crl` | a number drawn, later published | `published_at` once |
/// | `act` | one thing the authority did or refused to do | never |
///
/// What never changes is kept from changing by triggers: a slip of ours aborts instead of rewriting the past.
final class Schema {
    /// "CHLG": tells the ledger from any other SQLite file.
    private static final int APPLICATION_ID = 0x43484c47;

    private static final int VERSION = 2;

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
              der        BLOB
            ) STRICT""",
            "CREATE INDEX certificate_by_device ON certificate (device)",
            "CREATE INDEX certificate_by_address ON certificate (address)",
            "CREATE INDEX certificate_by_parent ON certificate (parent)",
            """
            CREATE TABLE modulus (
              sequence INTEGER PRIMARY KEY AUTOINCREMENT,
              device   TEXT NOT NULL UNIQUE,
              value    BLOB NOT NULL
            ) STRICT""",
            """
            CREATE TABLE revocation (
              sequence      INTEGER PRIMARY KEY AUTOINCREMENT,
              serial        TEXT NOT NULL UNIQUE REFERENCES certificate (serial),
              revoked_at    INTEGER NOT NULL,
              reason        INTEGER NOT NULL,
              invalid_since INTEGER
            ) STRICT""",
            """
            CREATE TABLE crl (
              issuer       TEXT NOT NULL,
              number       INTEGER NOT NULL,
              drawn_at     INTEGER NOT NULL,
              published_at INTEGER,
              PRIMARY KEY (issuer, number)
            ) STRICT, WITHOUT ROWID""",
            """
            CREATE TABLE act (
              sequence INTEGER PRIMARY KEY AUTOINCREMENT,
              at       INTEGER NOT NULL,
              kind     TEXT NOT NULL,
              serial   TEXT,
              detail   TEXT NOT NULL
            ) STRICT""",
            never("DELETE", "certificate", "1"),
            never(
                    "UPDATE",
                    "certificate",
                    "OLD.der IS NOT NULL OR NEW.serial <> OLD.serial OR NEW.device <> OLD.device"),
            never("DELETE", "modulus", "1"),
            never("UPDATE", "modulus", "1"),
            never("DELETE", "revocation", "1"),
            never("UPDATE", "revocation", "1"),
            never("DELETE", "crl", "1"),
            never("UPDATE", "crl", "OLD.published_at IS NOT NULL OR NEW.number <> OLD.number"),
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

    /// Whether the file is a ledger of the version this class describes.
    static boolean isKnown(Connection connection) throws SQLException {
        return pragma(connection, "application_id") == APPLICATION_ID && pragma(connection, "user_version") == VERSION;
    }

    private static int pragma(Connection connection, String name) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("PRAGMA " + name)) {
            return row.next() ? row.getInt(1) : 0;
        }
    }

    private static String never(String verb, String table, String when) {
        return "CREATE TRIGGER " + table + "_never_" + verb.toLowerCase(Locale.ROOT) + " BEFORE " + verb + " ON "
                + table + " WHEN " + when + " BEGIN SELECT RAISE(ABORT, 'the ledger forgets nothing'); END";
    }
}
