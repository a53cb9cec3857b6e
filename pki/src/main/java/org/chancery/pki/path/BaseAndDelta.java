package org.chancery.pki.path;

import java.security.PublicKey;
import java.time.Instant;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;

/// A complete list and, where there is one, the newest delta that brings it up to date (RFC 5280 sections
/// 5.2.4 and 6.3.3 (c), (h) to (k)).
record BaseAndDelta(Crl base, Optional<Crl> delta) {
    /// @param base a list that is believed
    /// @param key the key that signed it
    static BaseAndDelta of(Crl base, PublicKey key, RevocationEvidence evidence, Signatures signatures)
            throws PathValidationException {
        for (Crl delta : evidence.crls().of(base.issuer())) {
            if (continues(delta, base) && !evidence.isFromFuture(delta.thisUpdate()) && signatures.isBy(delta, key)) {
                return new BaseAndDelta(base, Optional.of(delta));
            }
        }
        return new BaseAndDelta(base, Optional.empty());
    }

    /// The same issuer, key and scope; the base is not older than what the delta continues, and older than
    /// the delta.
    private static boolean continues(Crl delta, Crl base) {
        return delta.baseNumber()
                        .filter(from -> from.compareTo(base.number()) <= 0)
                        .isPresent()
                && base.number().compareTo(delta.number()) < 0
                && delta.scope().equals(base.scope())
                && delta.authorityKeyIdentifier().equals(base.authorityKeyIdentifier());
    }

    /// The entry that revokes a certificate, the delta's word before the base's. What a delta takes off the
    /// list is not on it.
    Optional<RevokedCertificate> find(X500Principal issuer, SerialNumber serialNumber) {
        Optional<RevokedCertificate> changed = delta.flatMap(list -> list.find(issuer, serialNumber));
        return changed.or(() -> base.find(issuer, serialNumber))
                .filter(entry -> entry.reason() != RevocationReason.REMOVE_FROM_CRL);
    }

    /// When there will be something newer at the latest: a fresh delta makes an old base as good as new.
    Instant nextUpdate() {
        return delta.map(Crl::nextUpdate)
                .filter(next -> next.isAfter(base.nextUpdate()))
                .orElse(base.nextUpdate());
    }
}
