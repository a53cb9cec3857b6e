package org.chancery.ca.ledger;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;

/// Rows back into values. They were written from the same values, by us: what does not parse is a damaged
/// file.
final class Rows {
    private Rows() {}

    static LedgerEntry entry(ResultSet row) throws SQLException {
        Particulars particulars = new Particulars(
                serial(row),
                new DeviceId(row.getString("issuer")),
                row.getString("profile"),
                Optional.ofNullable(row.getString("address")).map(Address::new),
                new DeviceId(row.getString("device")),
                row.getString("name"),
                new Validity(instant(row, "not_before"), instant(row, "not_after")),
                new Origin(
                        Origin.Kind.ofCode(row.getString("origin")),
                        Optional.ofNullable(row.getString("parent")).map(Rows::serial)));
        row.getLong("revoked_at");
        if (!row.wasNull()) {
            return new LedgerEntry.Revoked(particulars, revocation(row));
        }
        return row.getBoolean("issued") ? new LedgerEntry.Issued(particulars) : new LedgerEntry.Intended(particulars);
    }

    static RevokedCertificate revocation(ResultSet row) throws SQLException {
        long invalidSince = row.getLong("invalid_since");
        Optional<Instant> invalidityDate =
                row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(invalidSince));
        return new RevokedCertificate(
                serial(row),
                instant(row, "revoked_at"),
                RevocationReason.ofCode(row.getInt("reason")).orElseThrow(),
                invalidityDate);
    }

    private static SerialNumber serial(ResultSet row) throws SQLException {
        return serial(row.getString("serial"));
    }

    private static SerialNumber serial(String hex) {
        return new SerialNumber(new BigInteger(hex, 16));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochSecond(row.getLong(column));
    }
}
