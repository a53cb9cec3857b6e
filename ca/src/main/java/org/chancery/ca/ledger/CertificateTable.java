package org.chancery.ca.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.name.DeviceId;

/// Reads and writes the certificate table, always joined with what ended its rows.
record CertificateTable(Connection connection) {
    private static final String ENTRY = """
            SELECT c.serial, c.issuer, c.profile, c.address, c.device, c.name, c.not_before, c.not_after,
                   c.origin, c.parent, c.der IS NOT NULL AS issued, r.revoked_at, r.reason, r.invalid_since
            FROM certificate c LEFT JOIN revocation r ON r.serial = c.serial
            """;

    void intend(Particulars p) throws SQLException {
        String sql = """
                INSERT INTO certificate (serial, issuer, profile, address, device, name, not_before, not_after,
                                         origin, parent)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, p.serial().hex());
            insert.setString(2, p.issuer().hex());
            insert.setString(3, p.profile());
            insert.setString(4, p.address().map(a -> a.value()).orElse(null));
            insert.setString(5, p.device().hex());
            insert.setString(6, p.name());
            insert.setLong(7, p.validity().notBefore().getEpochSecond());
            insert.setLong(8, p.validity().notAfter().getEpochSecond());
            insert.setString(9, p.origin().kind().code());
            insert.setString(10, p.origin().parent().map(SerialNumber::hex).orElse(null));
            insert.executeUpdate();
        }
    }

    /// Whether there was an intent of that serial still waiting for its certificate.
    boolean issue(SerialNumber serial, byte[] der) throws SQLException {
        String sql = "UPDATE certificate SET der = ? WHERE serial = ? AND der IS NULL";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setBytes(1, der);
            update.setString(2, serial.hex());
            return update.executeUpdate() == 1;
        }
    }

    Optional<byte[]> der(SerialNumber serial) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("SELECT der FROM certificate WHERE serial = ? AND der IS NOT NULL")) {
            query.setString(1, serial.hex());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
            }
        }
    }

    /// In the order they were intended.
    List<LedgerEntry> all() throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ENTRY + "ORDER BY c.sequence")) {
            return entries(query);
        }
    }

    Optional<LedgerEntry> find(SerialNumber serial) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ENTRY + "WHERE c.serial = ?")) {
            query.setString(1, serial.hex());
            return entries(query).stream().findFirst();
        }
    }

    List<LedgerEntry> of(DeviceId device) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ENTRY + "WHERE c.device = ? ORDER BY c.sequence")) {
            query.setString(1, device.hex());
            return entries(query);
        }
    }

    private static List<LedgerEntry> entries(PreparedStatement query) throws SQLException {
        List<LedgerEntry> entries = new ArrayList<>();
        try (ResultSet row = query.executeQuery()) {
            while (row.next()) {
                entries.add(Rows.entry(row));
            }
        }
        return List.copyOf(entries);
    }
}
