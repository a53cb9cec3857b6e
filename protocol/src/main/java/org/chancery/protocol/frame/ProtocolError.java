package org.chancery.protocol.frame;

import java.util.Optional;

/// Why a frame or what it asks for was not accepted. Codes go over the wire and are never reused.
public enum ProtocolError {
    /// Not a frame of this protocol, or one whose fields do not hold what they must.
    MALFORMED_FRAME(1),
    /// Longer than the reader takes.
    FRAME_TOO_LARGE(2),
    /// A protocol version that the relay does not speak.
    UNSUPPORTED_VERSION(3),
    /// Not this device's to ask.
    NOT_AUTHORISED(4),
    /// A chain's counter that is not the one after its last, or a used one with another letter.
    COUNTER_OUT_OF_ORDER(5),
    /// The sender does not belong to the conversation.
    NOT_A_MEMBER(6),
    /// The seal does not address exactly the devices that the members have now.
    STALE_SEAL(7),
    /// No such seal of this sender in this conversation.
    UNKNOWN_SEAL(8),
    /// Nobody of that address has ever connected, or none of its devices can receive.
    UNKNOWN_ADDRESS(9),
    /// More than the relay grants.
    TOO_MANY(10),
    /// The relay stops and takes nothing more.
    SHUTTING_DOWN(11),
    /// The relay's revocation data are too old to judge by.
    STALE_REVOCATION(12),
    /// The record does not follow the last one of its room or its device chain.
    STALE(13),
    /// No record, or one that does not verify, or signed by others than it must be.
    INVALID_RECORD(14),
    /// The rules of rooms, or of device chains, forbid it.
    NOT_ALLOWED(15),
    /// Signed more than five minutes from the relay's time.
    OUT_OF_TIME(16),
    /// The relay's disk is nearly full.
    OUT_OF_SPACE(20),
    /// The sender's address has as much on the relay as it may.
    QUOTA_EXCEEDED(21),
    /// A file that was never there, is not whole, has expired or was deleted.
    NO_SUCH_FILE(22),
    /// Octets of a file that do not join on, or from behind its end.
    OFFSET_MISMATCH(23),
    /// The relay's own fault.
    INTERNAL(99);

    private final int code;

    ProtocolError(int code) {
        this.code = code;
    }

    /// The code on the wire.
    public int code() {
        return code;
    }

    /// The error of a code; empty for one this version does not know.
    public static Optional<ProtocolError> ofCode(int code) {
        for (ProtocolError error : values()) {
            if (error.code == code) {
                return Optional.of(error);
            }
        }
        return Optional.empty();
    }
}
