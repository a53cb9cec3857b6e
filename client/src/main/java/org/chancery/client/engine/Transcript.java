package org.chancery.client.engine;

import java.util.Optional;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Conversations;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.Digest;
import org.chancery.protocol.frame.TranscriptHash;

/// The relay's record of each conversation, held against what the relay said before.
final class Transcript {
    /// What a place of the log tells.
    sealed interface Finding {
        /// It follows from what is known.
        record Consistent() implements Finding {}

        /// Places before it have not been seen.
        record Missing(long places) implements Finding {}

        /// It contradicts what is known.
        record Contradiction() implements Finding {}
    }

    private final Conversations store;

    Transcript(Conversations store) {
        this.store = store;
    }

    /// Judges what the relay shows at a place, before it is remembered.
    ///
    /// @param letter of the letter there
    /// @param claimed the transcript hash there
    /// @param underWay one's own letter that may have taken the place before, its answer still on the way
    Finding judge(Conversation conversation, long sequence, Digest letter, Digest claimed, Optional<Digest> underWay)
            throws StoreException {
        Optional<Digest> known = store.transcript(conversation.id(), sequence);
        if (known.isPresent()) {
            return consistent(known.get().equals(claimed));
        }
        Optional<Digest> before = before(conversation, sequence);
        if (before.isPresent()) {
            return consistent(
                    TranscriptHash.next(before.get(), sequence, letter).equals(claimed));
        }
        if (underWay.isPresent()) {
            Optional<Digest> twoBefore = before(conversation, sequence - 1);
            if (twoBefore.isPresent()
                    && TranscriptHash.next(
                                    TranscriptHash.next(twoBefore.get(), sequence - 1, underWay.get()),
                                    sequence,
                                    letter)
                            .equals(claimed)) {
                return new Finding.Consistent();
            }
        }
        // Where nothing has been seen yet, this is where the device was admitted.
        return conversation.sequence() > 0 && sequence > conversation.sequence() + 1
                ? new Finding.Missing(sequence - conversation.sequence() - 1)
                : new Finding.Consistent();
    }

    /// Whether what a sender saw at a place is what this client saw there, as far as it has seen that place.
    boolean agrees(Conversation conversation, long sequence, byte[] transcript) throws StoreException {
        if (sequence == 0 || transcript.length == 0) {
            return true;
        }
        Optional<Digest> known = store.transcript(conversation.id(), sequence);
        return known.isEmpty() || known.get().equals(Digest.ofBytes(transcript));
    }

    private Optional<Digest> before(Conversation conversation, long sequence) throws StoreException {
        return sequence == 1 ? Optional.of(Digest.NONE) : store.transcript(conversation.id(), sequence - 1);
    }

    private static Finding consistent(boolean consistent) {
        return consistent ? new Finding.Consistent() : new Finding.Contradiction();
    }

    /// Remembers what the relay shows at a place.
    ///
    /// @return the conversation, seen as far as that
    Conversation remember(Conversation conversation, long sequence, Digest claimed) throws StoreException {
        store.putTranscript(conversation.id(), sequence, claimed);
        return sequence > conversation.sequence() ? conversation.saw(sequence, claimed) : conversation;
    }
}
