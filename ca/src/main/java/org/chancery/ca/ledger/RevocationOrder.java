package org.chancery.ca.ledger;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.revocation.RevocationReason;

/// What is to be revoked, how far, and why.
///
/// @param invalidityDate since when the key is suspected (RFC 5280 section 5.3.2); empty where nobody said
public record RevocationOrder(
        SerialNumber serial,
        Scope scope,
        RevocationReason reason,
        Instant revokedAt,
        Optional<Instant> invalidityDate) {

    /// How far a revocation reaches.
    public enum Scope {
        /// The certificate and every other unexpired one of its key: the device ends.
        KEY,
        /// The named certificate alone.
        ONLY_THIS
    }

    public RevocationOrder {
        Objects.requireNonNull(serial);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(invalidityDate);
        if (reason == RevocationReason.CERTIFICATE_HOLD || reason == RevocationReason.REMOVE_FROM_CRL) {
            throw new IllegalArgumentException("revocation is for ever: " + reason + " is not one of its reasons");
        }
        if (invalidityDate.isPresent() && invalidityDate.get().isAfter(revokedAt)) {
            throw new IllegalArgumentException("invalidityDate after the revocation");
        }
    }
}
