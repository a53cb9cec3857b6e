package org.chancery.client.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/// What binds the rows of a backup together. Each is sealed by itself; without this, whoever can write to the file
/// could leave some out, whom one has blocked for example, or put in those of an older backup. How the tables are made
/// is bound with them: one may be made so that what is written to it later is passed over.
final class BackupSeal {
    private static final byte[] PURPOSE = "every row of a backup".getBytes(StandardCharsets.US_ASCII);

    private BackupSeal() {}

    /// An HMAC over every octet of every table of a store, and over what makes them, which nobody can make who cannot
    /// open it.
    static byte[] over(Connection connection, RecordCipher cipher) throws SQLException {
        MessageDigest digest = sha256();
        try (Statement statement = connection.createStatement()) {
            try (ResultSet made = statement.executeQuery("SELECT coalesce(sql, name) FROM sqlite_schema"
                    + " WHERE tbl_name <> 'backup' ORDER BY type, name")) {
                while (made.next()) {
                    add(digest, made.getString(1).getBytes(StandardCharsets.UTF_8));
                }
            }
            for (Table table : Table.values()) {
                add(digest, table.sqlName().getBytes(StandardCharsets.US_ASCII));
                try (ResultSet rows = statement.executeQuery(
                        "SELECT id, name, parent, body FROM " + table.sqlName() + " ORDER BY id")) {
                    while (rows.next()) {
                        digest.update(ByteBuffer.allocate(Long.BYTES)
                                .putLong(rows.getLong(1))
                                .flip());
                        add(digest, rows.getBytes(2));
                        add(digest, rows.getBytes(3));
                        add(digest, rows.getBytes(4));
                    }
                }
            }
        }
        return cipher.name(Table.SETTING, PURPOSE, digest.digest());
    }

    /// @throws StoreException [StoreFailure#DAMAGED] where they are not those that were there
    static void check(Connection connection, RecordCipher cipher, byte[] seal) throws StoreException {
        try {
            if (!MessageDigest.isEqual(seal, over(connection, cipher))) {
                throw StoreException.damaged(
                        "the backup was altered: its records are not those it was made with", null);
            }
        } catch (SQLException e) {
            throw StoreException.damaged("the backup cannot be read", e);
        }
    }

    private static void add(MessageDigest digest, byte[] octets) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(octets.length).flip());
        digest.update(octets);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
