package org.chancery.pki.testing;

import java.security.SecureRandom;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.KeyPairs;
import org.chancery.pki.key.SigningKey;

/// Keys by name, each made once a run: RSA keys are what makes tests slow.
public final class TestKeys {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Map<String, SigningKey> KEYS = new ConcurrentHashMap<>();

    private TestKeys() {}

    /// The RSA-2048 key of a name: the same one whenever asked.
    public static SigningKey rsa(String name) {
        return of(KeyAlgorithm.RSA_2048, name);
    }

    /// The P-256 key of a name: the same one whenever asked.
    public static SigningKey ec(String name) {
        return of(KeyAlgorithm.EC_P256, name);
    }

    /// The key of a kind and name: the same one whenever asked.
    public static SigningKey of(KeyAlgorithm algorithm, String name) {
        return KEYS.computeIfAbsent(algorithm.cliName() + " " + name, _ -> KeyPairs.generate(algorithm, RANDOM));
    }
}
