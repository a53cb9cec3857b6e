package org.chancery.ca.ledger;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Function;
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
    boolean publish(DeviceId issuer, BigInteger number, String sha256, Instant now)
            throws SQLException, LedgerException {
        if (highest(issuer, "CASE WHEN published_at IS NOT NULL THEN number END") >= number.longValueExact()) {
            return false;
        }
        String sql = "UPDATE crl SET published_at = ?, sha256 = ? WHERE issuer = ? AND number = ?";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setLong(1, now.getEpochSecond());
            update.setString(2, sha256);
            update.setString(3, issuer.hex());
            update.setLong(4, number.longValueExact());
            if (update.executeUpdate() != 1) {
                throw new LedgerException(
                        LedgerFailure.CONTRADICTION, "CRL number " + number + " was never drawn", null);
            }
            return true;
        }
    }

    /// Takes over a number that is out in the world; false if it is known.
    boolean merge(DeviceId issuer, BigInteger number, String sha256, Instant published) throws SQLException {
        String sql = """
                INSERT INTO crl (issuer, number, published_at, sha256) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING""";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, issuer.hex());
            insert.setLong(2, number.longValueExact());
            insert.setLong(3, published.getEpochSecond());
            insert.setString(4, sha256);
            return insert.executeUpdate() == 1;
        }
    }

    /// The act that tells of a number drawn, as the table has it.
    Optional<Act> drawn(String crl) throws SQLException {
        return act(crl, "drawn_at IS NOT NULL", _ -> Act.crlDrawn(crl));
    }

    Optional<Act> published(String crl) throws SQLException {
        return act(crl, "drawn_at IS NOT NULL AND sha256 IS NOT NULL", sha256 -> Act.crlPublished(crl, sha256));
    }

    Optional<Act> merged(String crl) throws SQLException {
        return act(crl, "drawn_at IS NULL", sha256 -> Act.crlMerged(crl, sha256));
    }

    private Optional<Act> act(String crl, String condition, Function<String, Act> act) throws SQLException {
        String sql = "SELECT coalesce(sha256, '') FROM crl WHERE issuer = ? AND number = ? AND " + condition;
        int slash = crl.indexOf('/');
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, crl.substring(0, Math.max(slash, 0)));
            query.setString(2, crl.substring(slash + 1));
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(act.apply(row.getString(1))) : Optional.empty();
            }
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
