package org.chancery.pki.certificate;

import java.security.cert.X509Certificate;
import java.security.interfaces.RSAPublicKey;
import java.util.Optional;

/// Which certificates a content key can be wrapped for. Whoever seals and whoever asks that a seal leave nobody out
/// must agree on this, or no seal would ever be right: a device that can only sign is not waited for.
public final class Receiver {
    private static final int MIN_MODULUS_BITS = 2048;
    private static final int MAX_MODULUS_BITS = 8192;

    private Receiver() {}

    /// Whether `certificate` can be wrapped for.
    public static boolean isOne(X509Certificate certificate) {
        return objection(certificate).isEmpty();
    }

    /// Why `certificate` cannot be wrapped for, as what is said of it: "has ...", "is ..."; empty if it can.
    public static Optional<String> objection(X509Certificate certificate) {
        if (!(certificate.getPublicKey() instanceof RSAPublicKey key)) {
            return Optional.of("has a key of " + certificate.getPublicKey().getAlgorithm() + ", RSA required");
        }
        int bits = key.getModulus().bitLength();
        if (bits < MIN_MODULUS_BITS || bits > MAX_MODULUS_BITS) {
            return Optional.of("has RSA of " + bits + " bits, must be " + MIN_MODULUS_BITS + " to " + MAX_MODULUS_BITS);
        }
        return KeyUsage.KEY_ENCIPHERMENT.isAllowedBy(certificate)
                ? Optional.empty()
                : Optional.of("is not for keyEncipherment");
    }
}
