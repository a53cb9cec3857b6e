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
}
