package org.chancery.ca.ledger;

import java.math.BigInteger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;
import org.jspecify.annotations.Nullable;

/// Rows back into values. They were written from the same values, by us: what does not parse was not.
final class Rows {
    private Rows() {}

    static LedgerEntry entry(ResultSet row) throws SQLException {
        Particulars particulars = particulars(row);
        row.getLong("revoked_at");
        if (!row.wasNull()) {
            return new LedgerEntry.Revoked(particulars, revocation(row));
        }
        return row.getBoolean("issued") ? new LedgerEntry.Issued(particulars) : new LedgerEntry.Intended(particulars);
    }

    static RevokedCertificate revocation(ResultSet row) throws SQLException {
        try {
            long invalidSince = row.getLong("invalid_since");
            Optional<Instant> invalidityDate =
                    row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochSecond(invalidSince));
            int reason = row.getInt("reason");
            return new RevokedCertificate(
                    serial(row.getString("serial")),
                    instant(row, "revoked_at"),
                    RevocationReason.ofCode(reason)
                            .orElseThrow(() -> new IllegalArgumentException("no reason has the code " + reason)),
                    invalidityDate);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableRowException("revocation", e);
        }
    }

    private static Particulars particulars(ResultSet row) throws SQLException {
        try {
            return new Particulars(
                    serial(row.getString("serial")),
                    new DeviceId(row.getString("issuer")),
                    row.getString("profile"),
                    address(row.getString("address")),
                    new DeviceId(row.getString("device")),
                    row.getString("name"),
                    new Validity(instant(row, "not_before"), instant(row, "not_after")),
                    new Origin(
                            Origin.Kind.ofCode(row.getString("origin")),
                            Optional.ofNullable(row.getString("parent")).map(Rows::serial)));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new UnreadableRowException("certificate", e);
        }
    }

    static Optional<Address> address(@Nullable String value) throws UnreadableRowException {
        try {
            return Optional.ofNullable(value).map(Address::new);
        } catch (IllegalArgumentException e) {
            throw new UnreadableRowException("certificate", e);
        }
    }

    private static SerialNumber serial(String hex) {
        return new SerialNumber(new BigInteger(hex, 16));
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return Instant.ofEpochSecond(row.getLong(column));
    }
}
