package org.chancery.client.engine;

import java.time.Instant;
import java.util.Optional;
import org.chancery.client.store.Continuation;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.SealedLetter;
import org.chancery.client.store.StoreException;
import org.chancery.client.trust.HeldRevocations;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.WrittenLetter;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContentException;
import org.chancery.protocol.content.ContinuedChain;

/// From what is said to a sealed letter: what is signed, and under which key it is sealed.
final class LetterWriter {
    private static final byte[] NO_HASH = {};

    /// What came of it.
    sealed interface Written {
        /// A letter to publish.
        ///
        /// @param signedDataDer what is inside
        @SuppressWarnings("ArrayRecordComponent") // made here, stored once, never compared
        record Ready(SealedLetter letter, byte[] signedDataDer) implements Written {}

        record Unsealable(String sentence) implements Written {}
    }

    private final Desk desk;
    private final HeldRevocations revocations;
    private final Epochs epochs;

    LetterWriter(Desk desk, HeldRevocations revocations, Epochs epochs) {
        this.desk = desk;
        this.revocations = revocations;
        this.epochs = epochs;
    }

    /// Writes the next letter of this device's chain in `conversation`. It is signed as of now, not as of when it was
    /// said: the relay's time of receipt will be held against it.
    Written write(Conversation conversation, Body body, Readership readership) throws StoreException {
        Instant now = desk.clock().instant();
        long counter = conversation.counter() + 1;
        Optional<Continuation> old = counter == 1 ? continued(conversation) : Optional.empty();
        Content content = new Content(
                conversation.id(),
                conversation.party().person(),
                conversation.chain(),
                counter,
                octets(old.map(Continuation::head).orElse(conversation.previousLetter())),
                old.map(it -> new ContinuedChain(it.chain(), it.counter())),
                conversation.sequence(),
                octets(conversation.transcript()),
                readership.membershipHead(),
                revocations.number(),
                now,
                body);
        try {
            byte[] signed = content.encode();
            WrittenLetter written =
                    epochs.next(conversation.id(), readership).letter(conversation.chain(), counter, signed, now);
            return new Written.Ready(
                    new SealedLetter(epochs.toUpload(conversation.id()), written.letter(), now),
                    written.signedDataDer());
        } catch (ContentException e) {
            return new Written.Unsealable("the message cannot be sent: " + e.getMessage());
        } catch (EnvelopeException e) {
            return new Written.Unsealable("the message cannot be sealed: " + e.getMessage());
        }
    }

    /// Who reads a new chain is told where the old one ended, as far as this device remembers.
    private Optional<Continuation> continued(Conversation conversation) throws StoreException {
        return desk.store()
                .continuations()
                .find(conversation.id())
                .filter(old -> old.device().equals(desk.device())
                        && old.counter() > 0
                        && !old.chain().equals(conversation.chain()));
    }

    private static byte[] octets(Digest digest) {
        return digest.equals(Digest.NONE) ? NO_HASH : digest.bytes();
    }
}
