package org.chancery.dist.simulation;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.testing.PrimePool;
import org.chancery.pki.testing.TestPki;

/// The keys of one world. The same ones in the same order whatever the program has done before: what is derived from
/// them, as a device's id is, puts many things in order.
final class SeededKeys implements TestPki.Keys {
    private static final PrimePool IDENTITY = new PrimePool(1024, new SeededRandom(1024));
    private static final PrimePool ENVELOPE = new PrimePool(1536, new SeededRandom(1536));

    private final long seed;
    private final Map<String, SigningKey> identities = new LinkedHashMap<>();
    private final Map<String, Integer> envelopes = new LinkedHashMap<>();

    /// @param seed determines what signatures draw
    SeededKeys(long seed) {
        this.seed = seed;
    }

    /// RSA of 2048 bits for everybody, which is quick to verify.
    @Override
    public SigningKey of(KeyAlgorithm algorithm, String name) {
        return identities.computeIfAbsent(name, _ -> identity(name));
    }

    private SigningKey identity(String name) {
        SigningKey key = IDENTITY.key(identities.size());
        long named = Digest.over(name.getBytes(StandardCharsets.UTF_8)).hashCode();
        return SigningKey.of(
                key.exposedPrivateKey(), key.publicKey(), new SeededSignatures(new SeededRandom(seed ^ named)));
    }

    /// What a device receives with: the same one whenever asked, and none that anybody had before.
    SigningKey envelope(String name) {
        return ENVELOPE.key(envelopes.computeIfAbsent(name, _ -> envelopes.size()));
    }
}
