package org.chancery.ca.ledger;

import java.security.PublicKey;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.revocation.RevokedCertificate;

/// Decides whether a certificate may be intended, and records the two steps of its becoming, within one
/// transaction.
record Issuances(Connection connection, Instant now) {
    void intend(Particulars intended, PublicKey certified) throws SQLException, LedgerException, KeyTakenException {
        CertificateTable certificates = new CertificateTable(connection);
        Optional<KeyHolder> holder = certificates.holder(intended.device());
        if (holder.isPresent() && !holder.get().admits(intended.profile(), intended.address())) {
            throw new KeyTakenException(holder.get());
        }
        if (intended.origin().parent().isPresent()) {
            requireSucceedable(intended.origin().parent().get(), intended.profile());
        }
        if (!certificates.intend(intended)) {
            throw new LedgerException(
                    LedgerFailure.CONTRADICTION,
                    "serial number " + intended.serial().hex() + " was used before",
                    null);
        }
        new KeyTable(connection).see(intended.device(), certified);
        new ActTable(connection).append(now, Act.intended(intended));
    }

    void issue(SerialNumber serial, byte[] certificateDer) throws SQLException, LedgerException {
        if (!new CertificateTable(connection).issue(serial, certificateDer)) {
            throw new LedgerException(
                    LedgerFailure.CONTRADICTION, "no certificate " + serial.hex() + " is waiting to be issued", null);
        }
        new ActTable(connection).append(now, Act.issued(serial, certificateDer));
    }

    /// Passes if a certificate of that profile may take over from this one: it was issued, by the same profile,
    /// and neither it nor its key has ended for a reason that its heirs would share.
    void requireSucceedable(SerialNumber serial, String profile) throws SQLException, LedgerException {
        CertificateTable certificates = new CertificateTable(connection);
        LedgerEntry entry =
                certificates.find(serial).orElseThrow(() -> noSuccession("there is no certificate " + serial.hex()));
        Particulars particulars = entry.particulars();
        String who = serial.hex() + " of " + particulars.name();
        if (entry instanceof LedgerEntry.Intended) {
            throw noSuccession(who + " was never recorded as issued");
        }
        if (entry instanceof LedgerEntry.Revoked revoked) {
            RevokedCertificate revocation = revoked.revocation();
            throw noSuccession(who + " was revoked at " + revocation.revokedAt() + " ("
                    + revocation.reason().cliName() + ")");
        }
        if (!particulars.profile().equals(profile)) {
            throw noSuccession(who + " is of the profile " + particulars.profile() + ", not " + profile);
        }
        if (certificates
                .holder(particulars.device())
                .filter(KeyHolder::compromised)
                .isPresent()) {
            throw noSuccession("the key of " + who + " was revoked for keyCompromise");
        }
    }

    private static LedgerException noSuccession(String message) {
        return new LedgerException(LedgerFailure.NO_SUCCESSION, message, null);
    }
}
