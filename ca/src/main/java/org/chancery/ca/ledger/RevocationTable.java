package org.chancery.ca.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.revocation.RevokedCertificate;

/// Reads and writes the revocation table.
record RevocationTable(Connection connection) {
    void add(DeviceId issuer, RevokedCertificate revoked) throws SQLException {
        String sql =
                "INSERT INTO revocation (serial, issuer, revoked_at, reason, invalid_since) VALUES (?, ?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, revoked.serialNumber().hex());
            insert.setString(2, issuer.hex());
            insert.setLong(3, revoked.revokedAt().getEpochSecond());
            insert.setInt(4, revoked.reason().code());
            if (revoked.invalidityDate().isPresent()) {
                insert.setLong(5, revoked.invalidityDate().get().getEpochSecond());
            } else {
                insert.setNull(5, Types.INTEGER);
            }
            insert.executeUpdate();
        }
    }

    /// Everything this issuer ever revoked, oldest first.
    List<RevokedCertificate> of(DeviceId issuer) throws SQLException {
        String sql = """
                SELECT serial, revoked_at, reason, invalid_since FROM revocation
                WHERE issuer = ? ORDER BY sequence""";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, issuer.hex());
            List<RevokedCertificate> revoked = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    revoked.add(Rows.revocation(row));
                }
            }
            return revoked;
        }
    }

    Optional<RevokedCertificate> find(SerialNumber serial) throws SQLException {
        String sql = "SELECT serial, revoked_at, reason, invalid_since FROM revocation WHERE serial = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, serial.hex());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(Rows.revocation(row)) : Optional.empty();
            }
        }
    }

    /// The act that tells of a revocation, as the table has it.
    Optional<Act> revoked(SerialNumber serial) throws SQLException {
        String sql = "SELECT serial, issuer, revoked_at, reason, invalid_since FROM revocation WHERE serial = ?";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, serial.hex());
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(Act.revoked(row.getString("issuer"), Rows.revocation(row)))
                        : Optional.empty();
            }
        }
    }
}
