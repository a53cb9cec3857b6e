package org.chancery.pki.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.math.BigInteger;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.chancery.pki.testing.RsaOf;
import org.chancery.pki.testing.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Each fault of a generator, made here, is found; keys made well have none. Seeded, so that every run is the same.
class KeyInspectionTest {
    private static final Random RANDOM = new Random(4711);
    private static final BigInteger F4 = BigInteger.valueOf(65537);

    @Test
    void passesKeysMadeWell() {
        assertThatCode(() -> KeyInspection.inspect(
                        TestKeys.of(KeyAlgorithm.RSA_3072, "ca alice").publicKey()))
                .doesNotThrowAnyException();
        assertThatCode(() -> KeyInspection.inspect(TestKeys.ec("inspected").publicKey()))
                .doesNotThrowAnyException();
    }

    @Test
    void refusesTheFingerprintOfInfineonsGenerator() {
        // p = k * M + (65537^a mod M), q alike: M the product of the first 126 primes, as in keys of 2048 bits.
        BigInteger m = IntStream.range(2, 702)
                .mapToObj(BigInteger::valueOf)
                .filter(n -> n.isProbablePrime(40))
                .reduce(BigInteger.ONE, BigInteger::multiply);

        assertRefused(RsaOf.modulus(rocaPrime(m).multiply(rocaPrime(m))), KeyFailure.ROCA);
    }

    @Test
    void refusesPrimesThatFollowEachOther() {
        BigInteger p = prime(1536);

        assertRefused(RsaOf.modulus(p.multiply(p.nextProbablePrime())), KeyFailure.CLOSE_PRIMES);
    }

    @Test
    void refusesOnePrimeSquared() {
        BigInteger p = prime(1536);

        assertRefused(RsaOf.modulus(p.multiply(p)), KeyFailure.CLOSE_PRIMES);
    }

    @Test
    void refusesPrimesThatDifferInTheLowerHalfOfTheirBits() {
        BigInteger p = prime(1536);
        // Half of the bits are alike: Fermat's first rounds find it.
        BigInteger q = p.add(BigInteger.ONE.shiftLeft(768)).nextProbablePrime();

        assertRefused(RsaOf.modulus(p.multiply(q)), KeyFailure.CLOSE_PRIMES);
    }

    @Test
    void passesPrimesOfWhichTheFirstBitsDiffer() {
        BigInteger p = prime(1536);
        BigInteger q = p.subtract(BigInteger.ONE.shiftLeft(1436)).nextProbablePrime();

        assertThatCode(() -> KeyInspection.inspect(RsaOf.modulus(p.multiply(q))))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 751, 757, 4093})
    void refusesASmallFactor(int factor) {
        BigInteger modulus = prime(1536).multiply(prime(1536)).multiply(BigInteger.valueOf(factor));

        assertRefused(RsaOf.modulus(modulus), KeyFailure.BAD_MODULUS);
    }

    @Test
    void findsTheModulusThatSharesAPrime() {
        BigInteger common = prime(1024);
        BigInteger guilty = common.multiply(prime(1024));
        List<BigInteger> others = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            // Longer and shorter than the new one as well; composite is enough.
            others.add(new BigInteger(1024 + 64 * i, RANDOM).setBit(0).setBit(1023 + 64 * i));
        }
        others.add(17, guilty);

        assertThat(SharedFactors.find(common.multiply(prime(1024)), others)).contains(guilty);
    }

    @Test
    void findsTheSameModulusUnderAnotherExponent() {
        BigInteger modulus = prime(1024).multiply(prime(1024));

        assertThat(SharedFactors.find(modulus, List.of(modulus))).contains(modulus);
    }

    @Test
    void findsNothingWhereNothingIsShared() {
        BigInteger modulus = prime(1024).multiply(prime(1024));

        assertThat(SharedFactors.find(modulus, List.of(prime(1024).multiply(prime(1024)), prime(2048))))
                .isEmpty();
        assertThat(SharedFactors.find(modulus, List.of())).isEmpty();
    }

    private static BigInteger rocaPrime(BigInteger m) {
        while (true) {
            BigInteger k = new BigInteger(1536 - m.bitLength(), RANDOM).setBit(1535 - m.bitLength());
            BigInteger candidate = k.multiply(m).add(F4.modPow(new BigInteger(128, RANDOM), m));
            if (candidate.isProbablePrime(20)) {
                return candidate;
            }
        }
    }

    private static BigInteger prime(int bits) {
        return new BigInteger(bits, RANDOM).setBit(bits - 1).setBit(bits - 2).nextProbablePrime();
    }

    private static void assertRefused(PublicKey key, KeyFailure failure) {
        assertThatExceptionOfType(WeakKeyException.class)
                .isThrownBy(() -> KeyInspection.inspect(key))
                .satisfies(e -> assertThat(e.failure()).as(e.getMessage()).isEqualTo(failure));
    }
}
