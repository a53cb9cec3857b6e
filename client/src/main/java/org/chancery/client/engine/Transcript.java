package org.chancery.client.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongFunction;
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
    /// @param letter the hash of the letter at that place
    /// @param claimed the transcript hash there
    /// @param entries what is known to lie at some places, though it was not delivered there
    /// @param underWay what may lie before it: what this device has given the relay and has no answer to yet, and
    ///     letters known to be missing; of each thing all that it may be, and at most one of these is there
    Finding judge(
            Conversation conversation,
            long sequence,
            Digest letter,
            Digest claimed,
            LongFunction<Optional<Digest>> entries,
            List<List<Digest>> underWay)
            throws StoreException {
        Optional<Digest> known = store.transcript(conversation.id(), sequence);
        if (known.isPresent()) {
            return consistent(known.get().equals(claimed));
        }
        if (before(conversation, sequence).isPresent()) {
            return consistent(
                    reaching(conversation, sequence, letter, entries, List.of()).contains(claimed));
        }
        if (reaching(conversation, sequence, letter, entries, underWay).contains(claimed)) {
            return new Finding.Consistent();
        }
        // Where nothing has been seen yet, this is where the device was admitted.
        return conversation.sequence() > 0 && sequence > conversation.sequence() + 1
                ? new Finding.Missing(sequence - conversation.sequence() - 1)
                : new Finding.Consistent();
    }

    /// What the transcript may be at a place where `last` lies: behind the record as it is known or, where that ends
    /// earlier, behind some of `between` in any order. A run of entries is as
    /// long as the room's owners have made it.
    private List<Digest> reaching(
            Conversation conversation,
            long sequence,
            Digest last,
            LongFunction<Optional<Digest>> entries,
            List<List<Digest>> between)
            throws StoreException {
        Deque<Digest> run = new ArrayDeque<>(List.of(last)); // what is known to lie one behind the other
        long first = sequence;
        Optional<Digest> before = before(conversation, first);
        while (before.isEmpty() && first > 1) {
            Optional<Digest> entry = entries.apply(first - 1);
            if (entry.isEmpty()) {
                break;
            }
            run.addFirst(entry.get());
            first--;
            before = before(conversation, first);
        }
        List<Digest> begins =
                before.isPresent() ? List.of(before.get()) : reachingOne(conversation, first - 1, entries, between);
        List<Digest> possible = new ArrayList<>();
        for (Digest begin : begins) {
            Digest reached = begin;
            long place = first;
            for (Digest what : run) {
                reached = TranscriptHash.next(reached, place, what);
                place++;
            }
            possible.add(reached);
        }
        return possible;
    }

    /// What it may be where any of `between` lies.
    private List<Digest> reachingOne(
            Conversation conversation,
            long sequence,
            LongFunction<Optional<Digest>> entries,
            List<List<Digest>> between)
            throws StoreException {
        List<Digest> possible = new ArrayList<>();
        for (List<Digest> thing : between) {
            List<List<Digest>> others = new ArrayList<>(between);
            others.remove(thing);
            for (Digest one : thing) {
                possible.addAll(reaching(conversation, sequence, one, entries, others));
            }
        }
        return possible;
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
        if (sequence <= 1) {
            return sequence == 1 ? Optional.of(Digest.NONE) : Optional.empty();
        }
        return store.transcript(conversation.id(), sequence - 1);
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
