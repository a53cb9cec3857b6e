package org.chancery.pki.key;

import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/// The kinds of key this program makes. What it accepts from others is [KeyPolicy]'s to say.
public enum KeyAlgorithm {
    /// For reading what others made, and for tests: [KeyPolicy#ISSUE] wants more.
    RSA_2048("rsa2048", "RSA", 2048),
    RSA_3072("rsa3072", "RSA", 3072),
    RSA_4096("rsa4096", "RSA", 4096),
    EC_P256("ec-p256", "EC", 256),
    EC_P384("ec-p384", "EC", 384);

    private final String cliName;
    private final String jcaName;
    private final int bits;

    KeyAlgorithm(String cliName, String jcaName, int bits) {
        this.cliName = cliName;
        this.jcaName = jcaName;
        this.bits = bits;
    }

    /// Reads the name used on command lines.
    ///
    /// @throws IllegalArgumentException naming the known ones
    public static KeyAlgorithm parse(String cliName) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.cliName.equals(cliName))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("key type %s, known are %s"
                        .formatted(
                                cliName,
                                Arrays.stream(values())
                                        .map(KeyAlgorithm::cliName)
                                        .collect(Collectors.joining(", ")))));
    }

    /// The kind of an existing key; empty if it is none of these.
    public static Optional<KeyAlgorithm> of(PublicKey key) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.describes(key))
                .findFirst();
    }

    /// As written on command lines: `rsa3072`, `ec-p256`.
    public String cliName() {
        return cliName;
    }

    /// Whether the key can have content-encryption keys wrapped to it, as envelopes need.
    public boolean isRsa() {
        return jcaName.equals("RSA");
    }

    /// As the JCA calls it: `RSA` or `EC`.
    public String jcaName() {
        return jcaName;
    }

    /// What a generator of such keys is initialized with.
    public AlgorithmParameterSpec generationParameters() {
        return isRsa()
                ? new RSAKeyGenParameterSpec(bits, RSAKeyGenParameterSpec.F4)
                : new ECGenParameterSpec(EllipticCurve.ofBits(bits).jcaName());
    }

    private boolean describes(PublicKey key) {
        return switch (key) {
            case RSAPublicKey rsa -> isRsa() && rsa.getModulus().bitLength() == bits;
            case ECPublicKey ec -> !isRsa() && EllipticCurve.ofBits(bits).isCurveOf(ec.getParams());
            default -> false;
        };
    }
}
