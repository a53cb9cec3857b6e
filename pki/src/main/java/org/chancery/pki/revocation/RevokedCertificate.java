package org.chancery.pki.revocation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;

/// One entry of a CRL. Times lose their fraction of a second, as CRLs cannot say it.
///
/// @param revokedAt when the authority revoked it
/// @param invalidityDate when the key is known or suspected to have been compromised, which may be earlier
public record RevokedCertificate(
        SerialNumber serialNumber, Instant revokedAt, RevocationReason reason, Optional<Instant> invalidityDate) {
    public RevokedCertificate {
        revokedAt = revokedAt.truncatedTo(ChronoUnit.SECONDS);
        invalidityDate = invalidityDate.map(date -> date.truncatedTo(ChronoUnit.SECONDS));
    }

    /// From when on nothing made by this certificate's key is to be believed. A key that was compromised
    /// was no longer its owner's from the invalidityDate on, whenever that became known; for any other
    /// reason it was good until the authority revoked it.
    public Instant since() {
        boolean compromised = reason == RevocationReason.KEY_COMPROMISE || reason == RevocationReason.CA_COMPROMISE;
        return invalidityDate
                .filter(date -> compromised && date.isBefore(revokedAt))
                .orElse(revokedAt);
    }
}
