package org.chancery.pki.testing;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import org.chancery.pki.key.SigningKey;

/// Primes of one length, of which RSA keys are made pairwise: ten keys cost five primes instead of twenty, which is
/// most of the time a test takes. Anyone who has two of the keys can factor both, so they are good for tests and
/// nothing else. Thread safe.
public final class PrimePool {
    private static final BigInteger EXPONENT = BigInteger.valueOf(65537);

    private final int primeBits;
    private final SecureRandom random;
    private final List<BigInteger> primes = new ArrayList<>();

    /// @param random determines the primes, and with them all keys
    public PrimePool(int primeBits, SecureRandom random) {
        this.primeBits = primeBits;
        this.random = random;
    }

    /// The key of a number, from 0: the same one whenever asked, and no other number's. The pairs are taken in the
    /// order (0,1), (0,2), (1,2), (0,3), ...: each new prime is used with all before it.
    public synchronized SigningKey key(int number) {
        int larger = 1;
        int smaller = number;
        while (smaller >= larger) {
            smaller -= larger++;
        }
        return RsaOf.primes(prime(smaller), prime(larger));
    }

    private BigInteger prime(int index) {
        while (primes.size() <= index) {
            // The two highest bits set, so that any two make a modulus of the full length.
            BigInteger start =
                    new BigInteger(primeBits, random).setBit(primeBits - 1).setBit(primeBits - 2);
            BigInteger prime = start.nextProbablePrime();
            if (prime.bitLength() == primeBits
                    && prime.subtract(BigInteger.ONE).gcd(EXPONENT).equals(BigInteger.ONE)) {
                primes.add(prime);
            }
        }
        return primes.get(index);
    }
}
