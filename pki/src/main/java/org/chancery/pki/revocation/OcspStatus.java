package org.chancery.pki.revocation;

import java.time.Instant;
import java.time.temporal.ChronoUnit;

/// What a responder says of a certificate (CertStatus, RFC 6960 section 2.2).
public sealed interface OcspStatus {
    /// Not revoked.
    record Good() implements OcspStatus {}

    /// Revoked, or on hold.
    record Revoked(Instant at, RevocationReason reason) implements OcspStatus {
        public Revoked {
            at = at.truncatedTo(ChronoUnit.SECONDS);
        }
    }

    /// The responder does not know the certificate.
    record Unknown() implements OcspStatus {}
}
