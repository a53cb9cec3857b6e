package org.chancery.pki.testing;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.KeyPairs;
import org.chancery.pki.key.SigningKey;

/// Keys by name, each made once a run.
///
/// RSA-2048 keys share their primes pairwise: ten keys cost five primes instead of twenty, which is most of the
/// time a test takes. Anyone who has two of them can factor both, so they are good for tests and nothing else.
public final class TestKeys {
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, SigningKey> KEYS = new HashMap<>();
    private static final Pool RSA_2048 = new Pool(1024);
    private static final Pool RSA_3072 = new Pool(1536);

    private TestKeys() {}

    /// The RSA-2048 key of a name: the same one whenever asked.
    public static SigningKey rsa(String name) {
        return of(KeyAlgorithm.RSA_2048, name);
    }

    /// The P-256 key of a name: the same one whenever asked.
    public static SigningKey ec(String name) {
        return of(KeyAlgorithm.EC_P256, name);
    }

    /// The RSA-3072 key of a name, as devices receive with: the same one whenever asked. Its primes are shared, too.
    public static synchronized SigningKey envelope(String name) {
        return KEYS.computeIfAbsent("envelope " + name, _ -> RSA_3072.next());
    }

    /// The key of a kind and name: the same one whenever asked.
    public static synchronized SigningKey of(KeyAlgorithm algorithm, String name) {
        return KEYS.computeIfAbsent(
                algorithm.cliName() + " " + name,
                _ -> algorithm == KeyAlgorithm.RSA_2048 ? RSA_2048.next() : KeyPairs.generate(algorithm, RANDOM));
    }

    /// Primes of one length, and how many pairs of them are keys already.
    private static final class Pool {
        private final int primeBits;
        private final List<BigInteger> primes = new ArrayList<>();
        private int pairs;

        Pool(int primeBits) {
            this.primeBits = primeBits;
        }

        /// The pairs in the order (0,1), (0,2), (1,2), (0,3), ...: each new prime is used with all before it.
        SigningKey next() {
            int larger = 1;
            int smaller = pairs++;
            while (smaller >= larger) {
                smaller -= larger++;
            }
            return rsa(prime(smaller), prime(larger));
        }

        private BigInteger prime(int index) {
            while (primes.size() <= index) {
                // The two highest bits set, so that any two make a modulus of the full length.
                BigInteger start =
                        new BigInteger(primeBits, RANDOM).setBit(primeBits - 1).setBit(primeBits - 2);
                BigInteger prime = start.nextProbablePrime();
                if (prime.bitLength() == primeBits
                        && prime.subtract(BigInteger.ONE).gcd(EXPONENT).equals(BigInteger.ONE)) {
                    primes.add(prime);
                }
            }
            return primes.get(index);
        }
    }

    private static SigningKey rsa(BigInteger p, BigInteger q) {
        BigInteger modulus = p.multiply(q);
        BigInteger p1 = p.subtract(BigInteger.ONE);
        BigInteger q1 = q.subtract(BigInteger.ONE);
        BigInteger d = EXPONENT.modInverse(p1.multiply(q1));
        try {
            KeyFactory factory = KeyFactory.getInstance("RSA");
            return SigningKey.of(
                    factory.generatePrivate(new RSAPrivateCrtKeySpec(
                            modulus, EXPONENT, d, p, q, d.mod(p1), d.mod(q1), q.modInverse(p))),
                    factory.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
