package org.chancery.pki.key;

import java.math.BigInteger;

/// The two primes are not so close together that Fermat's method finds them: it looks for a with a² - n a square,
/// from the root of n upwards. A hundred rounds (BR 6.1.1.3) find primes that differ in the last few bits of their
/// upper half, and equal ones at once; primes drawn as they should be differ in their first bits.
final class ClosePrimes implements RsaCheck {
    private static final int ROUNDS = 100;

    /// Squares end in 12 of the 64 six-bit patterns: the others need no root.
    private static final long SQUARES_MOD_64 = squaresMod64();

    @Override
    public void check(BigInteger modulus) throws WeakKeyException {
        BigInteger[] root = modulus.sqrtAndRemainder();
        BigInteger a = root[1].signum() == 0 ? root[0] : root[0].add(BigInteger.ONE);
        BigInteger difference = a.multiply(a).subtract(modulus);
        for (int round = 0; round < ROUNDS; round++) {
            if (isSquare(difference)) {
                throw new WeakKeyException(
                        KeyFailure.CLOSE_PRIMES, "RSA modulus of two primes that are too close together");
            }
            // (a + 1)² - n, from a² - n.
            difference = difference.add(a.shiftLeft(1)).add(BigInteger.ONE);
            a = a.add(BigInteger.ONE);
        }
    }

    private static boolean isSquare(BigInteger number) {
        return (SQUARES_MOD_64 >>> (number.intValue() & 63) & 1) == 1
                && isSquareModulo(number, 63 * 65 * 11 * 17)
                && number.sqrtAndRemainder()[1].signum() == 0;
    }

    /// A square is a square modulo anything; one in a hundred numbers is one modulo all of 63, 65, 11 and 17.
    private static boolean isSquareModulo(BigInteger number, int product) {
        int remainder = number.mod(BigInteger.valueOf(product)).intValue();
        return isResidue(remainder, 63)
                && isResidue(remainder, 65)
                && isResidue(remainder, 11)
                && isResidue(remainder, 17);
    }

    private static boolean isResidue(int number, int modulus) {
        int residue = number % modulus;
        for (int i = 0; i <= modulus / 2; i++) {
            if (i * i % modulus == residue) {
                return true;
            }
        }
        return false;
    }

    private static long squaresMod64() {
        long squares = 0;
        for (int i = 0; i < 64; i++) {
            squares |= 1L << (i * i & 63);
        }
        return squares;
    }
}
