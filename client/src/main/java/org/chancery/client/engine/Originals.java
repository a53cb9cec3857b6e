package org.chancery.client.engine;

import java.time.Instant;
import java.util.Optional;
import org.chancery.client.store.History;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContentException;

/// Letters as they were signed, for handing them on.
final class Originals {
    private final History history;
    private final Sealing sealing;

    Originals(History history, Sealing sealing) {
        this.history = history;
        this.sealing = sealing;
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
                    : sealing.claimedSigningTime(signedData.get());
            return Optional.of(
                    new Body.Resend(signedData.get(), at, held.line().sequence().getAsLong()));
        } catch (EnvelopeException e) {
            throw new IllegalStateException("a letter that was verified is none", e);
        }
    }

    /// By which of the room's entries a letter was written; [Digest#NONE] between two people.
    ///
    /// @return empty where there is no letter any more
    Optional<Digest> membershipHead(StoredLine held) throws StoreException {
        Optional<byte[]> signedData = history.evidence(held.id());
        if (signedData.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] head =
                    Content.decode(sealing.claimedContent(signedData.get())).membershipHead();
            return Optional.of(head.length == 0 ? Digest.NONE : Digest.ofBytes(head));
        } catch (EnvelopeException | ContentException e) {
            throw new IllegalStateException("a letter that was verified is none", e);
        }
    }
}
