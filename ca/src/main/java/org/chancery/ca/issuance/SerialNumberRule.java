package org.chancery.ca.issuance;

import java.security.cert.X509Certificate;
import java.util.Optional;
import org.chancery.pki.certificate.TbsCertificate;

/// Serial numbers are unpredictable (RFC 5280 section 4.1.2.2 bounds them at 20 octets,
/// [org.chancery.pki.certificate.SerialNumber] sees to that): one of fewer than 64 bits was not drawn as ours
/// are.
final class SerialNumberRule implements PreSignRule {
    /// Of 159 random bits, the upper 95 are all zero once in 2^95 draws.
    private static final int MIN_BITS = 64;

    @Override
    public Optional<String> violation(TbsCertificate certificate, X509Certificate issuer) {
        int bits = certificate.serialNumber().value().bitLength();
        return bits > MIN_BITS
                ? Optional.empty()
                : Optional.of("serial of " + bits + " bits, more than " + MIN_BITS + " required");
    }
}
