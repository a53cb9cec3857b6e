package org.chancery.ca.issuance;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.certificate.TbsCertificate;

/// No certificate outlives or precedes the one that vouches for it: the remainder would be valid for nobody.
final class ValidityRule implements PreSignRule {
    @Override
    public Optional<String> violation(TbsCertificate certificate, X509Certificate issuer) {
        Instant begins = issuer.getNotBefore().toInstant();
        Instant ends = issuer.getNotAfter().toInstant();
        boolean inside = !certificate.validity().notBefore().isBefore(begins)
                && !certificate.validity().notAfter().isAfter(ends);
        return inside
                ? Optional.empty()
                : Optional.of("valid from " + certificate.validity().notBefore() + " to "
                        + certificate.validity().notAfter() + ", the issuer from " + begins + " to " + ends);
    }
}
