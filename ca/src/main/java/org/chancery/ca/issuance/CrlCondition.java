package org.chancery.ca.issuance;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.chancery.ca.ledger.Ledger;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.revocation.Crl;
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
        Optional<Crl> crl = ca.publishedCrl();
        return new CrlCondition(ca, crl, crl.isPresent() && saysAll(crl.get(), ledger.revoked(ca.keyId())));
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

    private static boolean saysAll(Crl crl, List<RevokedCertificate> revoked) {
        Set<SerialNumber> listed =
                crl.entries().stream().map(RevokedCertificate::serialNumber).collect(Collectors.toSet());
        return revoked.stream().map(RevokedCertificate::serialNumber).allMatch(listed::contains);
    }
}
