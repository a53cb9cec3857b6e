package org.chancery.client.engine;

import org.chancery.pki.sealing.EnvelopeFailure;

/// Why a letter is not shown as a message, or what is wrong around one that is. The names are stable: they stand in the
/// store and in what `listen --json` prints.
enum LetterFailure {
    MALFORMED("it is not a letter of this protocol"),
    WRONG_CONVERSATION("it was delivered into another conversation than it was written for"),
    SENDER_UNKNOWN("the relay does not show the certificate of the device that signed it"),
    SENDER_MISMATCH("it is not from whom the relay says"),
    SENDER_REFUSED("the sender's certificate was not valid when the relay took it"),
    SENDER_NOT_ON_CHAIN("the device that signed it was not on its owner's device chain when the relay took it"),
    SENDER_REVOKED("the sender's certificate had been revoked when the relay took it"),
    SENDER_UNDECIDED("whether the sender's certificate had been revoked cannot be said: a revocation list is missing"),
    HEADER_MISMATCH("what is signed and what is written on the outside differ"),
    TIME_MISMATCH("it was signed more than five minutes from when the relay says it came"),
    CONTENT_MALFORMED("what it says is not in a form that this version can read"),
    COUNTER_REUSED("the sender has used its number for another letter already"),
    PREVIOUS_MISMATCH("it follows on another letter than the one received before it"),
    CONVERSATION_UNKNOWN("it is of a room that this device knows nothing of"),
    MEMBERSHIP_MISMATCH("it was written for other members than the room had at its place"),
    NOT_A_MEMBER("its sender did not belong to the room"),
    BEFORE_ADMISSION("it is from a time when you did not belong to the room"),
    ENTRY_REFUSED("it is a change of the members that does not hold"),
    MISSING("letters before it were not delivered"),
    TRANSCRIPT_MISMATCH("the relay shows this conversation differently than before, or than to others"),
    NOT_ADDRESSED("it is not sealed to this device"),
    KEY_DESTROYED(
            "this device does not have the key any more that it is sealed to: old ones are destroyed, and no backup has them"),
    WRAP_MISMATCH("the key that came with it cannot be unwrapped"),
    COMMITMENT_MISMATCH("the key that came with it is not the letter's"),
    DECRYPTION_FAILED("it was altered on the way"),
    WRONG_PURPOSE("it was signed for something else"),
    SIGNATURE_INVALID("its signature does not hold"),
    UNSUPPORTED_ALGORITHM("it uses an algorithm that is not accepted"),
    RESEND_FORGED("what was handed on is not what its sender signed"),
    RESEND_CONFLICT("what was handed on is another message than the one that came under the same number"),
    RESEND_ELSEWHERE("what was handed on belongs to another conversation");

    private final String clause;

    LetterFailure(String clause) {
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
        return switch (this) {
            case SENDER_UNKNOWN,
                    SENDER_UNDECIDED,
                    CONVERSATION_UNKNOWN,
                    NOT_ADDRESSED,
                    KEY_DESTROYED,
                    WRAP_MISMATCH,
                    COMMITMENT_MISMATCH,
                    DECRYPTION_FAILED,
                    HEADER_MISMATCH,
                    TIME_MISMATCH,
                    MALFORMED -> true;
            case WRONG_CONVERSATION,
                    SENDER_MISMATCH,
                    SENDER_REFUSED,
                    SENDER_REVOKED,
                    SENDER_NOT_ON_CHAIN,
                    CONTENT_MALFORMED,
                    COUNTER_REUSED,
                    PREVIOUS_MISMATCH,
                    MEMBERSHIP_MISMATCH,
                    NOT_A_MEMBER,
                    BEFORE_ADMISSION,
                    ENTRY_REFUSED,
                    MISSING,
                    TRANSCRIPT_MISMATCH,
                    WRONG_PURPOSE,
                    SIGNATURE_INVALID,
                    UNSUPPORTED_ALGORITHM,
                    RESEND_FORGED,
                    RESEND_CONFLICT,
                    RESEND_ELSEWHERE -> false;
        };
    }

    /// One sentence for people, the name at its end for whoever searches for it.
    String sentence() {
        return named("a letter cannot be shown: " + clause);
    }

    /// Words of another about this failure, with its name at their end.
    String named(String words) {
        return words + " (" + name() + ")";
    }

    /// The clause alone.
    String clause() {
        return clause;
    }
}
