package org.chancery.pki.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import org.chancery.pki.key.SigningKey;

/// RSA keys of numbers that a test has chosen, for the faults of generators.
public final class RsaOf {
    private static final BigInteger F4 = BigInteger.valueOf(65537);

    private RsaOf() {}

    /// A whole key of two primes.
    public static SigningKey primes(BigInteger p, BigInteger q) {
        BigInteger p1 = p.subtract(BigInteger.ONE);
        BigInteger q1 = q.subtract(BigInteger.ONE);
        BigInteger d = F4.modInverse(p1.multiply(q1));
        try {
            return SigningKey.of(
                    KeyFactory.getInstance("RSA")
                            .generatePrivate(new RSAPrivateCrtKeySpec(
                                    p.multiply(q), F4, d, p, q, d.mod(p1), d.mod(q1), q.modInverse(p))),
                    modulus(p.multiply(q)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /// A public key of a modulus, whatever it is.
    public static RSAPublicKey modulus(BigInteger modulus) {
        try {
            return (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new RSAPublicKeySpec(modulus, F4));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
