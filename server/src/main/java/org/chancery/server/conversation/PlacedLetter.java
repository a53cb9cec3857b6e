package org.chancery.server.conversation;

import java.time.Instant;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.Posting;
import org.jspecify.annotations.Nullable;

/// A letter at its place, the same for all who read it. Immutable to its users, who are on many threads.
public final class PlacedLetter {

    private final ConversationId conversation;
    private final long sequence;
    private final Instant acceptedAt;
    private final Digest transcript;
    private final Letter letter;
    private final Address from;

    /// The frame for readers, made for the first of them. Whoever finds none, or one of another length, makes his own.
    private volatile @Nullable Posting posting;

    /// @param transcript the conversation's hash up to and including the letter
    /// @param from the address of the sending device
    public PlacedLetter(
            ConversationId conversation,
            long sequence,
            Instant acceptedAt,
            Digest transcript,
            Letter letter,
            Address from) {
        this.conversation = conversation;
        this.sequence = sequence;
        this.acceptedAt = acceptedAt;
        this.transcript = transcript;
        this.letter = letter;
        this.from = from;
    }

    public ConversationId conversation() {
        return conversation;
    }

    public long sequence() {
        return sequence;
    }

    public Instant acceptedAt() {
        return acceptedAt;
    }

    public Digest transcript() {
        return transcript;
    }

    public Letter letter() {
        return letter;
    }

    public Address from() {
        return from;
    }

    /// The frame that brings it to the holder of a wrap.
    public Posting posting(Wrap wrap) {
        Posting made = posting;
        if (made == null || !made.fits(wrap)) {
            made = new Posting(conversation, sequence, acceptedAt, transcript, letter, from, wrap.length());
            posting = made;
        }
        return made;
    }

    @Override
    public String toString() {
        return "#" + sequence + " from " + from;
    }
}
