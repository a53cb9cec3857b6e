package org.chancery.ca.ledger;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.chancery.pki.name.DeviceId;

/// Reads and writes the table of CRL numbers.
record CrlTable(Connection connection) {
    /// The larger of last + 1 and the time: numbers rise strictly, and still do after a restore of an older
    /// ledger.
    long draw(DeviceId issuer, Instant now) throws SQLException {
        long number = Math.max(highest(issuer, "number") + 1, now.getEpochSecond());
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO crl (issuer, number, drawn_at) VALUES (?, ?, ?)")) {
            insert.setString(1, issuer.hex());
            insert.setLong(2, number);
            insert.setLong(3, now.getEpochSecond());
            insert.executeUpdate();
            return number;
        }
    }

    /// Whether the number is still news: false once a higher one is out.
    boolean publish(DeviceId issuer, BigInteger number, Instant now) throws SQLException {
        if (highest(issuer, "CASE WHEN published_at IS NOT NULL THEN number END") >= number.longValueExact()) {
            return false;
        }
        try (PreparedStatement update =
                connection.prepareStatement("UPDATE crl SET published_at = ? WHERE issuer = ? AND number = ?")) {
            update.setLong(1, now.getEpochSecond());
            update.setString(2, issuer.hex());
            update.setLong(3, number.longValueExact());
            if (update.executeUpdate() != 1) {
                throw new SQLException("CRL number " + number + " was never drawn");
            }
            return true;
        }
    }

    private long highest(DeviceId issuer, String expression) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT coalesce(max(" + expression + "), 0) FROM crl WHERE issuer = ?")) {
            query.setString(1, issuer.hex());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
