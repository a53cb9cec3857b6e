package org.chancery.client.engine;

import java.time.Instant;
import java.util.Optional;
import org.chancery.client.store.History;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.LetterVerifier;
import org.chancery.protocol.content.Body;

/// Letters as they were signed, for handing them on.
final class Originals {
    private final History history;

    Originals(History history) {
        this.history = history;
    }

    /// Whether a body is nothing but letters of others, which are kept where they belong.
    static boolean areIn(Body body) {
        return body instanceof Body.Resend || body instanceof Body.History;
    }

    /// That of a line, where there is one that may be handed on.
    Optional<Body.Resend> of(StoredLine held) throws StoreException {
        Optional<byte[]> signedData = history.evidence(held.id());
        if (signedData.isEmpty()
                || held.line().sequence().isEmpty()
                || signedData.get().length > Body.Resend.MAX_OCTETS) {
            return Optional.empty();
        }
        try {
            // Of one's own letters it is not known when the relay took them; minutes after this, at most.
            Instant at = held.line().receivedAt().isPresent()
                    ? held.line().receivedAt().get()
                    : LetterVerifier.claimedSigningTime(signedData.get());
            return Optional.of(
                    new Body.Resend(signedData.get(), at, held.line().sequence().getAsLong()));
        } catch (EnvelopeException e) {
            throw new IllegalStateException("a letter that was verified is none", e);
        }
    }
}
