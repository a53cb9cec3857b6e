package org.chancery.ca.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chancery.ca.ledger.NotRevocableException.Reason;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.revocation.RevokedCertificate;

/// Decides how far a revocation reaches and records it, within one transaction.
///
/// It follows the key and its descendants: whoever has the key of a certificate could have had the others of
/// that key, and whatever was renewed, rekeyed or reissued on the strength of it.
record Revocations(Connection connection, Instant now) {
    /// What the order would end: the named certificate first.
    ///
    /// @throws NotRevocableException when there is nothing to revoke
    List<Particulars> reach(RevocationOrder order) throws SQLException, NotRevocableException {
        List<LedgerEntry> family = new CertificateTable(connection).familyOf(order.serial());
        if (family.isEmpty()) {
            throw new NotRevocableException(
                    Reason.UNKNOWN_SERIAL,
                    "this authority has no certificate " + order.serial().hex());
        }
        LedgerEntry named = family.getFirst();
        requireEndEntity(named.particulars());
        List<Particulars> reached = new ArrayList<>();
        for (LedgerEntry entry : order.scope() == RevocationOrder.Scope.KEY ? family : List.of(named)) {
            boolean expired = entry.particulars().validity().notAfter().isBefore(order.revokedAt());
            if (!(entry instanceof LedgerEntry.Revoked) && (!expired || entry.equals(named))) {
                reached.add(entry.particulars());
            }
        }
        if (reached.isEmpty()) {
            throw alreadyRevoked(named);
        }
        return List.copyOf(reached);
    }

    List<LedgerEntry.Revoked> record(RevocationOrder order) throws SQLException, NotRevocableException {
        List<LedgerEntry.Revoked> revoked = new ArrayList<>();
        for (Particulars particulars : reach(order)) {
            revoked.add(record(particulars, order));
        }
        return List.copyOf(revoked);
    }

    /// Records the end of an issuing CA: every certificate of its key, by the root that signed the one named.
    List<LedgerEntry.Revoked> recordAuthority(RevocationOrder order, DeviceId root)
            throws SQLException, NotRevocableException {
        CertificateTable certificates = new CertificateTable(connection);
        LedgerEntry named = certificates
                .find(order.serial())
                .filter(entry -> entry.particulars().profile().equals(Ledger.ISSUING))
                .filter(entry -> entry.particulars().issuer().equals(root))
                .orElseThrow(() -> new NotRevocableException(
                        Reason.UNKNOWN_SERIAL,
                        "this root certified no issuing CA " + order.serial().hex()));
        if (named instanceof LedgerEntry.Revoked) {
            throw alreadyRevoked(named);
        }
        List<LedgerEntry.Revoked> revoked = new ArrayList<>();
        for (LedgerEntry entry : certificates.of(named.particulars().device())) {
            if (!(entry instanceof LedgerEntry.Revoked)) {
                revoked.add(record(entry.particulars(), order));
            }
        }
        return List.copyOf(revoked);
    }

    private LedgerEntry.Revoked record(Particulars particulars, RevocationOrder order) throws SQLException {
        SerialNumber serial = particulars.serial();
        RevokedCertificate revocation =
                new RevokedCertificate(serial, order.revokedAt(), order.reason(), order.invalidityDate());
        new RevocationTable(connection).add(particulars.issuer(), revocation);
        new ActTable(connection).append(now, Act.revoked(particulars.issuer().hex(), revocation));
        return new LedgerEntry.Revoked(particulars, revocation);
    }

    private static void requireEndEntity(Particulars particulars) throws NotRevocableException {
        if (particulars.isAuthority()) {
            throw new NotRevocableException(
                    Reason.AUTHORITY_ITSELF,
                    particulars.serial().hex() + " is the authority's own certificate: " + particulars.name());
        }
    }

    private static NotRevocableException alreadyRevoked(LedgerEntry entry) {
        Particulars particulars = entry.particulars();
        RevokedCertificate revocation = ((LedgerEntry.Revoked) entry).revocation();
        return new NotRevocableException(
                Reason.ALREADY_REVOKED,
                particulars.serial().hex() + " of " + particulars.name() + " was revoked at " + revocation.revokedAt()
                        + " (" + revocation.reason().cliName() + ")");
    }
}
