package org.chancery.ca.issuance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chancery.ca.ledger.Ledger;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.MalformedCrlException;
import org.chancery.pki.revocation.RevokedCertificate;

/// How the published CRL of a CA stands.
///
/// @param crl what lies there; empty if it is none of that CA
/// @param complete whether it says all that the ledger has revoked
public record CrlCondition(Ca ca, Optional<Crl> crl, boolean complete) {
    /// A list is renewed at half its life: whoever renews daily has several tries left.
    private static final int DUE_PERCENT = 50;

    /// Looks at the file and the ledger.
    public static CrlCondition of(Ca ca, Ledger ledger) throws IOException {
        Optional<Crl> crl = read(ca);
        return new CrlCondition(ca, crl, crl.isPresent() && listed(crl.get()).containsAll(revoked(ca, ledger)));
    }

    /// Whether there should be a new one now.
    public boolean isDue(Instant now) {
        return !complete || percentLived(now) >= DUE_PERCENT;
    }

    /// How much of its life is over; over 100 once it is stale, or not there.
    public int percentLived(Instant now) {
        if (crl.isEmpty()) {
            return Integer.MAX_VALUE;
        }
        Instant begins = crl.get().thisUpdate();
        long life = Duration.between(begins, crl.get().nextUpdate()).toSeconds();
        long lived = Duration.between(begins, now).toSeconds();
        return Math.toIntExact(Math.clamp(lived * 100 / Math.max(1, life), 0, 1_000_000));
    }

    private static Optional<Crl> read(Ca ca) throws IOException {
        try {
            byte[] content = Files.readAllBytes(ca.crlFile());
            Crl crl = Crl.parse(Pem.derOf(content, PemLabel.X509_CRL).getFirst());
            return Optional.of(crl).filter(read -> read.verifiedBy(ca.certificate()));
        } catch (NoSuchFileException | MalformedPemException | MalformedCrlException e) {
            // What cannot be read is as good as not there, and cured the same way.
            return Optional.empty();
        }
    }

    private static Set<SerialNumber> listed(Crl crl) {
        return crl.entries().stream().map(RevokedCertificate::serialNumber).collect(Collectors.toSet());
    }

    private static Set<SerialNumber> revoked(Ca ca, Ledger ledger) throws LedgerException {
        return ledger.entries().stream()
                .filter(LedgerEntry.Revoked.class::isInstance)
                .map(LedgerEntry::particulars)
                .filter(particulars -> particulars.issuer().equals(ca.keyId()))
                .map(particulars -> particulars.serial())
                .collect(Collectors.toSet());
    }
}
