package org.chancery.client.engine;

import java.time.Duration;
import org.chancery.client.connection.ReconnectPolicy;
import org.chancery.client.connection.RelayAddress;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.TrustAnchors;

/// Who the engine is, whom it trusts, and where it connects to.
///
/// @param self the address in the identity's certificate
/// @param revocationGrace how long past its nextUpdate a CRL still counts, 0 to 30 days
/// @param epochLetters sealed under one key, 1 to 100; with 1 every message has a key of its own
/// @param readNotes whether others are told how far one has read
public record EngineConfig(
        Address self,
        Identity identity,
        TrustAnchors anchors,
        RelayAddress relay,
        ReconnectPolicy reconnect,
        Duration revocationGrace,
        int epochLetters,
        boolean readNotes) {
    /// How many letters one key seals: so much is opened by one that is stolen.
    public static final int DEFAULT_EPOCH_LETTERS = 100;

    /// A day: an authority's missed night is noticed before it locks everybody out.
    public static final Duration DEFAULT_REVOCATION_GRACE = Duration.ofHours(24);

    private static final Duration MAX_REVOCATION_GRACE = Duration.ofDays(30);

    public EngineConfig {
        if (revocationGrace.isNegative() || revocationGrace.compareTo(MAX_REVOCATION_GRACE) > 0) {
            throw new IllegalArgumentException("revocation grace " + revocationGrace + ", 0 to 30 days");
        }
        if (epochLetters < 1 || epochLetters > DEFAULT_EPOCH_LETTERS) {
            throw new IllegalArgumentException("epochs of " + epochLetters + " letters, 1 to " + DEFAULT_EPOCH_LETTERS);
        }
    }

    /// The same, with this many letters under one key.
    public EngineConfig withEpochLetters(int letters) {
        return new EngineConfig(self, identity, anchors, relay, reconnect, revocationGrace, letters, readNotes);
    }

    /// The configuration with the usual back-off and grace.
    ///
    /// @throws MalformedNameException where the identity's certificate has no address
    public static EngineConfig of(Identity identity, TrustAnchors anchors, RelayAddress relay)
            throws MalformedNameException {
        return new EngineConfig(
                identity.address(),
                identity,
                anchors,
                relay,
                ReconnectPolicy.DEFAULT,
                DEFAULT_REVOCATION_GRACE,
                DEFAULT_EPOCH_LETTERS,
                true);
    }

    /// The same, where others are told how far one has read, or are not.
    public EngineConfig withReadNotes(boolean told) {
        return new EngineConfig(self, identity, anchors, relay, reconnect, revocationGrace, epochLetters, told);
    }
}
