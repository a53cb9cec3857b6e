package org.chancery.pki.key;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/// No key of Infineon's RSALib (ROCA, CVE-2017-15361). Its primes are k*M + (65537^a mod M), M the product of the first
/// primes, so that its moduli are a power of 65537 modulo each of those primes. Where the powers of 65537 are not
/// everything, that is a fingerprint: by chance a modulus shows all of it once in about 2^27 keys.
final class RocaFingerprint implements RsaCheck {
    /// The first 39 primes make the M of keys of 512 bits; longer keys have more, and these among them.
    private static final int LAST_PRIME = 167;

    private static final BigInteger GENERATOR = BigInteger.valueOf(65537);

    private static final List<Subgroup> SUBGROUPS = subgroups();

    private static final BigInteger PRODUCT = SUBGROUPS.stream()
            .map(subgroup -> BigInteger.valueOf(subgroup.prime))
            .reduce(BigInteger.ONE, BigInteger::multiply);

    /// The powers of 65537 modulo a prime.
    private record Subgroup(int prime, BitSet powers) {}

    @Override
    public void check(BigInteger modulus) throws WeakKeyException {
        BigInteger remainder = modulus.mod(PRODUCT);
        for (Subgroup subgroup : SUBGROUPS) {
            int residue = remainder.mod(BigInteger.valueOf(subgroup.prime)).intValue();
            if (!subgroup.powers.get(residue)) {
                return;
            }
        }
        throw new WeakKeyException(
                KeyFailure.ROCA,
                "RSA key with the fingerprint of a generator whose keys can be factored (CVE-2017-15361)");
    }

    private static List<Subgroup> subgroups() {
        List<Subgroup> subgroups = new ArrayList<>();
        for (int prime = 3; prime <= LAST_PRIME; prime += 2) {
            if (BigInteger.valueOf(prime).isProbablePrime(40)) {
                BitSet powers = powers(prime);
                // Where 65537 generates everything, every modulus is a power of it.
                if (powers.cardinality() < prime - 1) {
                    subgroups.add(new Subgroup(prime, powers));
                }
            }
        }
        return List.copyOf(subgroups);
    }

    private static BitSet powers(int prime) {
        int generator = GENERATOR.mod(BigInteger.valueOf(prime)).intValue();
        BitSet powers = new BitSet(prime);
        for (int power = 1; !powers.get(power); power = power * generator % prime) {
            powers.set(power);
        }
        return powers;
    }
}
