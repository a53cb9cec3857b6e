package org.chancery.ca.issuance;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.certificate.Extension;
import org.chancery.pki.certificate.Extensions;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.certificate.TbsCertificate;

/// Key usage matches the key: every one signs, only RSA can be encrypted to (RFC 8813 section 3 forbids it
/// for EC), and none signs certificates.
final class KeyUsageRule implements PreSignRule {
    private static final Extension SIGNS = Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE));
    private static final Extension SIGNS_AND_RECEIVES =
            Extensions.keyUsage(Set.of(KeyUsage.DIGITAL_SIGNATURE, KeyUsage.KEY_ENCIPHERMENT));

    @Override
    public Optional<String> violation(TbsCertificate certificate, X509Certificate issuer) {
        boolean rsa = certificate.publicKey() instanceof RSAPublicKey;
        return certificate
                        .extension(Extensions.KEY_USAGE)
                        .filter(usage -> usage.equals(SIGNS) || (rsa && usage.equals(SIGNS_AND_RECEIVES)))
                        .isPresent()
                ? Optional.empty()
                : Optional.of("keyUsage does not match a key of "
                        + certificate.publicKey().getAlgorithm());
    }
}
