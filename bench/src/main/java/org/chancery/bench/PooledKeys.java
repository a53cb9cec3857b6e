package org.chancery.bench;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.List;
import java.util.stream.IntStream;
import org.chancery.pki.key.SigningKey;

/// Thousands of RSA-3072 keys, each the product of two primes of a small pool, and different from every other: made
/// honestly they would take an hour. Such keys are for measuring only; an authority refuses them, for who has two of
/// them has the primes.
public final class PooledKeys {
    private static final int PRIME_BITS = 1536;
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

    private final List<BigInteger> primes;

    private PooledKeys(List<BigInteger> primes) {
        this.primes = List.copyOf(primes);
    }

    /// A pool made now: of `primes` primes there are `primes * (primes - 1) / 2` keys. Some 50 ms a prime.
    public static PooledKeys make(int primes, SecureRandom random) {
        return new PooledKeys(IntStream.range(0, primes)
                .parallel()
                .mapToObj(_ -> prime(random))
                .toList());
    }

    /// A pool that was made earlier.
    public static PooledKeys of(List<BigInteger> primes) {
        return new PooledKeys(primes);
    }

    /// The pool, to keep.
    public List<BigInteger> primes() {
        return primes;
    }

    /// The key of a number, from 0, computed anew.
    public SigningKey key(int number) {
        int left = number;
        int first = 0;
        while (left >= primes.size() - 1 - first) {
            left -= primes.size() - 1 - first;
            first++;
        }
        return key(primes.get(first), primes.get(first + 1 + left));
    }

    /// With the two highest bits set, so that two of them give 3072 bits.
    private static BigInteger prime(SecureRandom random) {
        BigInteger prime;
        do {
            prime = new BigInteger(PRIME_BITS, random)
                    .setBit(PRIME_BITS - 1)
                    .setBit(PRIME_BITS - 2)
                    .nextProbablePrime();
        } while (!prime.subtract(BigInteger.ONE).gcd(EXPONENT).equals(BigInteger.ONE));
        return prime;
    }

    private static SigningKey key(BigInteger p, BigInteger q) {
        BigInteger n = p.multiply(q);
        BigInteger p1 = p.subtract(BigInteger.ONE);
        BigInteger q1 = q.subtract(BigInteger.ONE);
        BigInteger d = EXPONENT.modInverse(p1.multiply(q1));
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            byte[] pkcs8 = factory.generatePrivate(
                            new RSAPrivateCrtKeySpec(n, EXPONENT, d, p, q, d.mod(p1), d.mod(q1), q.modInverse(p)))
                    .getEncoded();
            return SigningKey.of(
                    (RSAPrivateCrtKey) factory.generatePrivate(new PKCS8EncodedKeySpec(pkcs8)),
                    factory.generatePublic(new RSAPublicKeySpec(n, EXPONENT)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has RSA", e);
        }
    }
}
