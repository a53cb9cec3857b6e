package org.chancery.protocol.content;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;

/// What a sender signs: the message, where it belongs, and everything the sender knew when writing it, so that a
/// relay that drops, reorders or forks is found out by the next reader. Hashes are empty (no octets) or 32
/// octets.
///
/// @param with between two, the one to whom the sender writes, oneself on other devices; empty in a room
/// @param counter of the sender's chain, from 1, repeated from the letter's header under the signature
/// @param previousLetterHash of the chain's previous letter; in its first, of the last one of the chain that it
///     continues, or empty
/// @param continues in the first letter of a chain, the chain of the same device that it continues
/// @param lastSequence the last place of the conversation that the sender had seen; 0 for none
/// @param lastTranscript the transcript there; empty for none
/// @param membershipHead of the membership record in force; empty for a conversation between two
/// @param crlNumber the highest CRL number that the sender held; 0 for none
/// @param sentAt by the sender's clock, to the millisecond
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
public record Content(
        ConversationId conversation,
        Optional<Address> with,
        ChainId chain,
        long counter,
        byte[] previousLetterHash,
        Optional<ContinuedChain> continues,
        long lastSequence,
        byte[] lastTranscript,
        byte[] membershipHead,
        long crlNumber,
        Instant sentAt,
        Body body) {

    /// @throws IllegalArgumentException if a number or a hash is out of range, or a letter within a chain
    ///     continues another
    public Content {
        if (counter < 1 || lastSequence < 0 || crlNumber < 0) {
            throw new IllegalArgumentException(
                    "counter " + counter + ", last sequence " + lastSequence + ", CRL number " + crlNumber);
        }
        previousLetterHash = hash("previous letter", previousLetterHash);
        if (continues.isPresent()
                && (counter != 1
                        || previousLetterHash.length == 0
                        || continues.get().chain().equals(chain))) {
            throw new IllegalArgumentException("letter " + counter + " continues another chain");
        }
        lastTranscript = hash("transcript", lastTranscript);
        membershipHead = hash("membership", membershipHead);
        sentAt = sentAt.truncatedTo(ChronoUnit.MILLIS);
    }

    /// As the canonical constructor, for a letter that continues no other chain.
    public Content(
            ConversationId conversation,
            Optional<Address> with,
            ChainId chain,
            long counter,
            byte[] previousLetterHash,
            long lastSequence,
            byte[] lastTranscript,
            byte[] membershipHead,
            long crlNumber,
            Instant sentAt,
            Body body) {
        this(
                conversation,
                with,
                chain,
                counter,
                previousLetterHash,
                Optional.empty(),
                lastSequence,
                lastTranscript,
                membershipHead,
                crlNumber,
                sentAt,
                body);
    }

    /// The octets to sign, padded so that their length tells little: 256 octets or the next Padmé length above.
    ///
    /// @throws ContentException [ContentFailure#TOO_LARGE]
    public byte[] encode() throws ContentException {
        return ContentCodec.encode(this);
    }

    /// The content of signed octets. What is accepted encodes to the same octets again.
    ///
    /// @throws ContentException any [ContentFailure]
    public static Content decode(byte[] octets) throws ContentException {
        return ContentCodec.decode(octets);
    }

    @Override
    public byte[] previousLetterHash() {
        return previousLetterHash.clone();
    }

    @Override
    public byte[] lastTranscript() {
        return lastTranscript.clone();
    }

    @Override
    public byte[] membershipHead() {
        return membershipHead.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Content that
                && conversation.equals(that.conversation)
                && with.equals(that.with)
                && chain.equals(that.chain)
                && counter == that.counter
                && Arrays.equals(previousLetterHash, that.previousLetterHash)
                && continues.equals(that.continues)
                && lastSequence == that.lastSequence
                && Arrays.equals(lastTranscript, that.lastTranscript)
                && Arrays.equals(membershipHead, that.membershipHead)
                && crlNumber == that.crlNumber
                && sentAt.equals(that.sentAt)
                && body.equals(that.body);
    }

    @Override
    public int hashCode() {
        return 31 * chain.hashCode() + Long.hashCode(counter);
    }

    /// Names the message without what it says.
    @Override
    public String toString() {
        return "Content[" + conversation.hex() + ", chain " + chain.hex() + " " + counter + ", " + body + "]";
    }

    private static byte[] hash(String what, byte[] value) {
        if (value.length != 0 && value.length != 32) {
            throw new IllegalArgumentException(what + " hash of " + value.length + " octets, must be 0 or 32");
        }
        return value.clone();
    }
}
