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
import org.chancery.pki.revocation.RevocationReason;

/// Reads and writes the certificate table, always joined with what ended its rows.
record CertificateTable(Connection connection) {
    private static final String ENTRY = """
            SELECT c.serial, c.issuer, c.profile, c.address, c.device, c.name, c.not_before, c.not_after,
                   c.origin, c.parent, c.der IS NOT NULL AS issued, r.revoked_at, r.reason, r.invalid_since
            FROM certificate c LEFT JOIN revocation r ON r.serial = c.serial
            """;

    /// False, and nothing is written, if the serial number was used before. A revocation without a certificate is one
    /// that an older copy of this ledger learnt from a CRL.
    boolean intend(Particulars p) throws SQLException {
        String sql = """
                INSERT INTO certificate (serial, issuer, profile, address, device, name, not_before, not_after,
                                         origin, parent)
                SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10
                WHERE NOT EXISTS (SELECT 1 FROM certificate WHERE serial = ?1)
                  AND NOT EXISTS (SELECT 1 FROM revocation WHERE serial = ?1)""";
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
            return insert.executeUpdate() == 1;
        }
    }

    /// Whether there was an intent of that serial still waiting for its certificate.
    boolean issue(SerialNumber serial, byte[] der) throws SQLException {
        String sql = "UPDATE certificate SET der = ?, sha256 = ? WHERE serial = ? AND der IS NULL";
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            update.setBytes(1, der);
            update.setString(2, Sha256.hex(der));
            update.setString(3, serial.hex());
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

    /// The act that tells of a certificate's intent, as the table has it.
    Optional<Act> intended(SerialNumber serial) throws SQLException {
        return find(serial).map(LedgerEntry::particulars).map(Act::intended);
    }

    /// The act that tells of a certificate, as the table has it; empty while it is only intended.
    Optional<Act> issued(SerialNumber serial) throws SQLException {
        return der(serial).map(der -> Act.issued(serial, der));
    }

    Optional<LedgerEntry> find(SerialNumber serial) throws SQLException {
        return entries("WHERE c.serial = ?", serial.hex()).stream().findFirst();
    }

    List<LedgerEntry> of(DeviceId device) throws SQLException {
        return entries("WHERE c.device = ? ORDER BY c.sequence", device.hex());
    }

    /// For whom the key has been certified, if ever.
    Optional<KeyHolder> holder(DeviceId device) throws SQLException {
        String sql = """
                SELECT profile, address,
                       EXISTS (SELECT 1 FROM certificate c JOIN revocation r ON r.serial = c.serial
                               WHERE c.device = ?1 AND r.reason = ?2)
                FROM certificate WHERE sequence = (SELECT min(sequence) FROM certificate WHERE device = ?1)""";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, device.hex());
            query.setInt(2, RevocationReason.KEY_COMPROMISE.code());
            try (ResultSet row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new KeyHolder(row.getString(1), Rows.address(row.getString(2)), row.getBoolean(3)))
                        : Optional.empty();
            }
        }
    }

    List<LedgerEntry> descendantsOf(SerialNumber parent) throws SQLException {
        return entries("""
                WHERE c.serial IN (
                  WITH RECURSIVE descendant (serial) AS (
                    SELECT serial FROM certificate WHERE parent = ?
                    UNION
                    SELECT c.serial FROM certificate c JOIN descendant d ON c.parent = d.serial)
                  SELECT serial FROM descendant)
                ORDER BY c.sequence""", parent.hex());
    }

    /// Those that match, in the order they were intended.
    List<LedgerEntry> matching(Search search) throws SQLException {
        return entries(search.condition() + " ORDER BY c.sequence", search.arguments());
    }

    /// A certificate, all others of its key, and whatever came from any of them, by any number of steps; the
    /// certificate itself first.
    List<LedgerEntry> familyOf(SerialNumber serial) throws SQLException {
        return entries("""
                WHERE c.serial IN (
                  WITH RECURSIVE family (serial, device) AS (
                    SELECT serial, device FROM certificate WHERE serial = ?1
                    UNION
                    SELECT c.serial, c.device FROM certificate c JOIN family f ON c.device = f.device
                    UNION
                    SELECT c.serial, c.device FROM certificate c JOIN family f ON c.parent = f.serial)
                  SELECT serial FROM family)
                ORDER BY c.serial <> ?1, c.sequence""", serial.hex());
    }

    private List<LedgerEntry> entries(String condition, Object... arguments) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(ENTRY + condition)) {
            for (int i = 0; i < arguments.length; i++) {
                query.setObject(i + 1, arguments[i]);
            }
            List<LedgerEntry> entries = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    entries.add(Rows.entry(row));
                }
            }
            return List.copyOf(entries);
        }
    }
}
