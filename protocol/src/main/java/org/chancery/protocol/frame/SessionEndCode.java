package org.chancery.protocol.frame;

import java.util.Optional;

/// Why the relay ends a session. Codes go over the wire and are never reused.
public enum SessionEndCode {
    /// The relay stops; come back in a moment.
    DRAINING(1),
    /// The device's certificate has been revoked.
    REVOKED(2),
    /// The device's certificate has run out.
    EXPIRED(3),
    /// The same device has connected anew.
    REPLACED(4),
    /// Nothing was heard for too long.
    IDLE(5),
    /// What the client said was not of this protocol.
    PROTOCOL(6),
    /// The relay's CRLs are too old to judge by.
    REVOCATION_STALE(7),
    /// The certificate is not accepted (any longer) for another reason.
    UNTRUSTED(8),
    /// The client did not read what it was sent.
    TOO_SLOW(9),
    /// The device has too many connections.
    CROWDED(10),
    /// The relay's administrator ended the session.
    DISCONNECTED(16),
    /// The relay's own fault.
    FAILURE(99);

    private final int code;

    SessionEndCode(int code) {
        this.code = code;
    }

    /// The code on the wire.
    public int code() {
        return code;
    }

    /// The end of a code; empty for one this version does not know.
    public static Optional<SessionEndCode> ofCode(int code) {
        for (SessionEndCode end : values()) {
            if (end.code == code) {
                return Optional.of(end);
            }
        }
        return Optional.empty();
    }
}
