package org.chancery.client.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.sealing.EnvelopeException;

/// The keys in use, one a conversation, so that RSA is spent once for many letters.
///
/// An epoch ends after its time or its number of letters, and with any change of who can read. Its key is in no file:
/// the next start begins another.
final class Epochs implements AutoCloseable {
    /// An hour, and so many letters, are what a stolen content-encryption key opens.
    private static final Duration LONGEST = Duration.ofHours(1);

    private static final class InUse {
        private final Sealing.Epoch epoch;
        private final Readership readership;
        private final Instant begun;
        private int letters;
        private boolean uploaded;

        InUse(Sealing.Epoch epoch, Readership readership, Instant begun) {
            this.epoch = epoch;
            this.readership = readership;
            this.begun = begun;
        }
    }

    private final Sealing sealing;
    private final Clock clock;
    private final int mostLetters;
    private final Map<ConversationId, InUse> inUse = new HashMap<>();

    Epochs(Sealing sealing, Clock clock, int mostLetters) {
        this.sealing = sealing;
        this.clock = clock;
        this.mostLetters = mostLetters;
    }

    /// The epoch for one more letter to these readers.
    Sealing.Epoch next(ConversationId conversation, Readership readership) throws EnvelopeException {
        InUse current = inUse.get(conversation);
        if (current == null || !serves(current, readership)) {
            end(conversation);
            current = new InUse(sealing.begin(conversation, readership), readership, clock.instant());
            inUse.put(conversation, current);
        }
        current.letters++;
        return current.epoch;
    }

    private boolean serves(InUse current, Readership readership) {
        Duration age = Duration.between(current.begun, clock.instant());
        return current.letters < mostLetters
                && !age.isNegative() // a clock that was set back says nothing of how old it is
                && age.compareTo(LONGEST) < 0
                && current.readership.equals(readership);
    }

    /// The seal to go with a letter; empty where the relay has it.
    Optional<Seal> toUpload(ConversationId conversation) {
        InUse current = inUse.get(conversation);
        return current == null || current.uploaded ? Optional.empty() : Optional.of(current.epoch.seal());
    }

    /// The relay has taken a letter, and so the seal that came with it.
    void uploaded(ConversationId conversation, Seal seal) {
        InUse current = inUse.get(conversation);
        if (current != null && Arrays.equals(current.epoch.seal().id(), seal.id())) {
            current.uploaded = true;
        }
    }

    /// The relay does not know the seal, or not any longer.
    void end(ConversationId conversation) {
        InUse current = inUse.remove(conversation);
        if (current != null) {
            current.epoch.close();
        }
    }

    @Override
    public void close() {
        inUse.values().forEach(current -> current.epoch.close());
        inUse.clear();
    }
}
