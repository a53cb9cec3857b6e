package org.chancery.pki.testing;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.KeyPairs;
import org.chancery.pki.key.SigningKey;

/// Keys by name, each made once a run.
///
/// RSA keys share their primes pairwise, see [PrimePool].
public final class TestKeys {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, SigningKey> KEYS = new HashMap<>();
    private static final PrimePool RSA_2048 = new PrimePool(1024, RANDOM);
    private static final PrimePool RSA_3072 = new PrimePool(1536, RANDOM);
    private static int of2048; // how many keys have been made
    private static int of3072;

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
        return KEYS.computeIfAbsent("envelope " + name, _ -> RSA_3072.key(of3072++));
    }

    /// The key of a kind and name: the same one whenever asked.
    public static synchronized SigningKey of(KeyAlgorithm algorithm, String name) {
        return KEYS.computeIfAbsent(
                algorithm.cliName() + " " + name,
                _ -> algorithm == KeyAlgorithm.RSA_2048
                        ? RSA_2048.key(of2048++)
                        : KeyPairs.generate(algorithm, RANDOM));
    }
}
