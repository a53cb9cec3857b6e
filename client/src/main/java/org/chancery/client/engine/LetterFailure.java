package org.chancery.client.engine;

import org.chancery.pki.name.Address;
import org.chancery.pki.sealing.EnvelopeFailure;

/// Why a letter is not shown as a message, or what is wrong around one that is. The names are stable: they stand in the
/// store and in what `listen --json` prints.
enum LetterFailure {
    MALFORMED(Cure.ANOTHER_COPY, "it is not a letter of this protocol"),
    WRONG_CONVERSATION(Cure.NONE, "it was delivered into another conversation than it was written for"),
    SENDER_UNKNOWN(Cure.ANOTHER_COPY, "the relay does not show the certificate of the device that signed it"),
    SENDER_MISMATCH(Cure.NONE, "it is not from whom the relay says"),
    SENDER_REFUSED(Cure.NONE, "the sender's certificate was not valid when the relay took it"),
    SENDER_NOT_ON_CHAIN(
            Cure.NONE, "the device that signed it was not on its owner's device chain when the relay took it"),
    SENDER_REVOKED(Cure.NONE, "the sender's certificate had been revoked when the relay took it"),
    SENDER_UNDECIDED(
            Cure.ANOTHER_COPY,
            "whether the sender's certificate had been revoked cannot be said: a revocation list is missing"),
    HEADER_MISMATCH(Cure.ANOTHER_COPY, "what is signed and what is written on the outside differ"),
    TIME_MISMATCH(Cure.ANOTHER_COPY, "it was signed more than five minutes from when the relay says it came"),
    CONTENT_MALFORMED(Cure.NONE, "what it says is not in a form that this version can read"),
    COUNTER_REUSED(Cure.NONE, "the sender has used its number for another letter already"),
    PREVIOUS_MISMATCH(Cure.NONE, "it follows on another letter than the one received before it"),
    CONVERSATION_UNKNOWN(Cure.ANOTHER_COPY, "it is of a room that this device knows nothing of"),
    MEMBERSHIP_MISMATCH(Cure.NONE, "it was written for other members than the room had at its place"),
    NOT_A_MEMBER(Cure.NONE, "its sender did not belong to the room"),
    READMITTED(
            Cure.ANOTHER_COPY,
            "the relay has lost that its sender left this room or was removed; an owner has to remove them again, or to"
                    + " ask them in anew"),
    BEFORE_ADMISSION(Cure.NONE, "it is from a time when you did not belong to the room"),
    ENTRY_REFUSED(Cure.NONE, "it is a change of the members that does not hold"),
    MISSING(Cure.NONE, "letters before it were not delivered"),
    TRANSCRIPT_MISMATCH(Cure.NONE, "the relay shows this conversation differently than before, or than to others"),
    NOT_ADDRESSED(Cure.ANOTHER_COPY, "it is not sealed to this device"),
    KEY_DESTROYED(
            Cure.ANOTHER_COPY,
            "this device does not have the key any more that it is sealed to: old ones are destroyed, and no backup has them"),
    WRAP_MISMATCH(Cure.ANOTHER_COPY, "the key that came with it cannot be unwrapped"),
    COMMITMENT_MISMATCH(Cure.ANOTHER_COPY, "the key that came with it is not the letter's"),
    DECRYPTION_FAILED(Cure.ANOTHER_COPY, "it was altered on the way"),
    WRONG_PURPOSE(Cure.NONE, "it was signed for something else"),
    SIGNATURE_INVALID(Cure.NONE, "its signature does not hold"),
    UNSUPPORTED_ALGORITHM(Cure.NONE, "it uses an algorithm that is not accepted"),
    RESEND_FORGED(Cure.NONE, "what was handed on is not what its sender signed"),
    RESEND_CONFLICT(Cure.NONE, "what was handed on is another message than the one that came under the same number"),
    RESEND_ELSEWHERE(Cure.NONE, "what was handed on belongs to another conversation");

    /// What helps where a letter is not shown.
    private enum Cure {
        /// The letter as somebody else has it, handed on.
        ANOTHER_COPY,
        /// Nothing: every copy would be as this one.
        NONE
    }

    private final Cure cure;
    private final String clause;

    LetterFailure(Cure cure, String clause) {
        this.cure = cure;
        this.clause = clause;
    }

    static LetterFailure of(EnvelopeFailure failure) {
        return switch (failure) {
            case MALFORMED, TOO_LARGE -> MALFORMED;
            case NOT_ADDRESSED, RECIPIENT_KEY_UNSUPPORTED -> NOT_ADDRESSED;
            case KEY_DESTROYED -> KEY_DESTROYED;
            case WRAP_MISMATCH -> WRAP_MISMATCH;
            case COMMITMENT_MISMATCH -> COMMITMENT_MISMATCH;
            case DECRYPTION_FAILED -> DECRYPTION_FAILED;
            case WRONG_PURPOSE -> WRONG_PURPOSE;
            case HEADER_MISMATCH -> HEADER_MISMATCH;
            case SIGNER_UNKNOWN -> SENDER_UNKNOWN;
            case SIGNER_REFUSED -> SENDER_REFUSED;
            case SIGNATURE_INVALID -> SIGNATURE_INVALID;
            case UNSUPPORTED_ALGORITHM -> UNSUPPORTED_ALGORITHM;
        };
    }

    /// Whether somebody else may have the letter as it should be, so that asking for it makes sense.
    boolean isCurable() {
        return cure == Cure.ANOTHER_COPY;
    }

    /// One sentence for people, the name at its end for whoever searches for it.
    String sentence() {
        return named("a letter cannot be shown: " + clause);
    }

    /// Words of another about this failure, with its name at their end.
    String named(String words) {
        return words + " (" + name() + ")";
    }

    /// The sentence for letters of one person that were not delivered.
    static String missing(long count, Address from) {
        return MISSING.named(
                count == 1 ? "a message of " + from + " is missing" : count + " messages of " + from + " are missing");
    }

    /// The clause alone.
    String clause() {
        return clause;
    }
}
