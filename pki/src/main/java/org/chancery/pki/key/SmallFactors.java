package org.chancery.pki.key;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/// No prime below 2^12 divides the modulus: one that does was never a product of two large primes. An even modulus is
/// the plainest case.
final class SmallFactors implements RsaCheck {
    private static final int BOUND = 1 << 12;

    /// Products of as many primes as fit an int: one long division of the modulus serves them all.
    private static final List<Batch> BATCHES = batches();

    @SuppressWarnings("ArrayRecordComponent") // never compared, never changed
    private record Batch(int product, int[] primes) {}

    @Override
    public void check(BigInteger modulus) throws WeakKeyException {
        int[] words = words(modulus);
        for (Batch batch : BATCHES) {
            long remainder = remainder(words, batch.product);
            for (int prime : batch.primes) {
                if (remainder % prime == 0) {
                    throw new WeakKeyException(KeyFailure.BAD_MODULUS, "RSA modulus divisible by " + prime);
                }
            }
        }
    }

    private static long remainder(int[] words, int divisor) {
        long remainder = 0;
        for (int word : words) {
            remainder = ((remainder << 32) | (word & 0xffffffffL)) % divisor;
        }
        return remainder;
    }

    /// Most significant first.
    private static int[] words(BigInteger number) {
        int[] words = new int[(number.bitLength() + 31) / 32];
        for (int i = 0; i < words.length; i++) {
            words[i] = number.shiftRight(32 * (words.length - 1 - i)).intValue();
        }
        return words;
    }

    private static List<Batch> batches() {
        List<Batch> batches = new ArrayList<>();
        List<Integer> primes = new ArrayList<>();
        long product = 1;
        for (int n = 2; n < BOUND; n++) {
            if (BigInteger.valueOf(n).isProbablePrime(40)) {
                if (product * n > Integer.MAX_VALUE) {
                    batches.add(batch((int) product, primes));
                    product = 1;
                    primes.clear();
                }
                product *= n;
                primes.add(n);
            }
        }
        batches.add(batch((int) product, primes));
        return List.copyOf(batches);
    }

    private static Batch batch(int product, List<Integer> primes) {
        return new Batch(product, primes.stream().mapToInt(Integer::intValue).toArray());
    }
}
