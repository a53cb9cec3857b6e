package org.chancery.pki.key;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;

/// Makes keys.
public final class KeyPairs {
    private KeyPairs() {}

    /// A new key. RSA takes half a second to four, so never on a thread that somebody watches.
    public static SigningKey generate(KeyAlgorithm algorithm, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.jcaName());
            generator.initialize(algorithm.generationParameters(), random);
            KeyPair pair = generator.generateKeyPair();
            return SigningKey.of(pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot make keys of " + algorithm.cliName(), e);
        }
    }
}
