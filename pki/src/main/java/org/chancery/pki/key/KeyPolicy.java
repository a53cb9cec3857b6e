package org.chancery.pki.key;

import java.math.BigInteger;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.util.stream.IntStream;

/// Which public keys are good: RSA of a minimum length with a sane exponent, or a point on P-256 or P-384.
///
/// @param minimumRsaBits shortest modulus taken
public record KeyPolicy(int minimumRsaBits) {
    /// What is verified and sealed to (NIST SP 800-57: 112 bits of strength).
    public static final KeyPolicy ACCEPT = new KeyPolicy(2048);

    /// What is certified (128 bits of strength).
    public static final KeyPolicy ISSUE = new KeyPolicy(3072);

    /// Eight times the cost of verifying with 2048 is what a stranger may cause.
    public static final int MAX_RSA_BITS = 8192;

    private static final BigInteger MIN_EXPONENT = BigInteger.valueOf(65537);

    /// FIPS 186-5 section 5.1: 2^16 < e < 2^256.
    private static final int MAX_EXPONENT_BITS = 256;

    /// The product of all primes below 752; a modulus that shares one was made by a broken generator.
    private static final BigInteger SMALL_PRIMES = IntStream.range(2, 752)
            .mapToObj(BigInteger::valueOf)
            .filter(n -> n.isProbablePrime(20))
            .reduce(BigInteger.ONE, BigInteger::multiply);

    /// Passes a good key and refuses any other.
    ///
    /// @throws WeakKeyException naming what was found and what is required
    public void check(PublicKey key) throws WeakKeyException {
        switch (key) {
            // The name as well: a key restricted to RSASSA-PSS has RSA's interface but cannot unwrap.
            case RSAPublicKey rsa when key.getAlgorithm().equals("RSA") -> check(rsa);
            case ECPublicKey ec -> check(ec);
            default ->
                throw new WeakKeyException(
                        KeyFailure.UNSUPPORTED_ALGORITHM, "%s key, RSA or EC required".formatted(key.getAlgorithm()));
        }
    }

    private void check(RSAPublicKey key) throws WeakKeyException {
        int bits = key.getModulus().bitLength();
        BigInteger exponent = key.getPublicExponent();
        if (bits < minimumRsaBits) {
            throw new WeakKeyException(
                    KeyFailure.TOO_SHORT, "RSA key of %d bits, at least %d required".formatted(bits, minimumRsaBits));
        }
        if (bits > MAX_RSA_BITS) {
            throw new WeakKeyException(
                    KeyFailure.TOO_LONG, "RSA key of %d bits, at most %d".formatted(bits, MAX_RSA_BITS));
        }
        if (!exponent.testBit(0) || exponent.compareTo(MIN_EXPONENT) < 0 || exponent.bitLength() > MAX_EXPONENT_BITS) {
            throw new WeakKeyException(KeyFailure.BAD_EXPONENT, "RSA exponent even, below 65537 or above 256 bits");
        }
        if (!key.getModulus().gcd(SMALL_PRIMES).equals(BigInteger.ONE)) {
            throw new WeakKeyException(KeyFailure.BAD_MODULUS, "RSA modulus with a factor below 752");
        }
    }

    private static void check(ECPublicKey key) throws WeakKeyException {
        EllipticCurve curve = EllipticCurve.of(key.getParams())
                .orElseThrow(() -> new WeakKeyException(
                        KeyFailure.UNSUPPORTED_ALGORITHM, "EC key on another curve, P-256 or P-384 required"));
        if (!curve.contains(key.getW())) {
            throw new WeakKeyException(KeyFailure.BAD_POINT, "EC point not on its curve");
        }
    }
}
