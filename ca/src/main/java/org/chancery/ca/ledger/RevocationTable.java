package org.chancery.ca.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.revocation.RevokedCertificate;

/// Reads and writes the revocation table.
record RevocationTable(Connection connection) {
    void add(RevokedCertificate revoked) throws SQLException {
        String sql = "INSERT INTO revocation (serial, revoked_at, reason, invalid_since) VALUES (?, ?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, revoked.serialNumber().hex());
            insert.setLong(2, revoked.revokedAt().getEpochSecond());
            insert.setInt(3, revoked.reason().code());
            if (revoked.invalidityDate().isPresent()) {
                insert.setLong(4, revoked.invalidityDate().get().getEpochSecond());
            } else {
                insert.setNull(4, Types.INTEGER);
            }
            insert.executeUpdate();
        }
    }

    /// Everything this issuer ever revoked, oldest first.
    List<RevokedCertificate> of(DeviceId issuer) throws SQLException {
        String sql = """
                SELECT r.serial, r.revoked_at, r.reason, r.invalid_since
                FROM revocation r JOIN certificate c ON c.serial = r.serial
                WHERE c.issuer = ? ORDER BY r.sequence""";
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
}
