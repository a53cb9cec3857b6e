package org.chancery.server.session;

import java.util.Optional;
import org.chancery.protocol.frame.SessionEndCode;
import org.jspecify.annotations.Nullable;

/// Why a session ended: what the administrator reads, and what the client is told.
public enum SessionEnd {
    /// The client closed the connection.
    LEFT("left", null),
    /// The connection broke.
    LOST("connection lost", null),
    /// The relay stops.
    DRAINING("relay stops", SessionEndCode.DRAINING),
    /// The certificate has been revoked.
    REVOKED("revoked", SessionEndCode.REVOKED),
    /// The certificate has run out.
    EXPIRED("certificate expired", SessionEndCode.EXPIRED),
    /// The same device has connected anew.
    REPLACED("replaced by a newer connection", SessionEndCode.REPLACED),
    /// Nothing was heard for too long.
    IDLE("silent for too long", SessionEndCode.IDLE),
    /// It did not speak the protocol.
    PROTOCOL("broke the protocol", SessionEndCode.PROTOCOL),
    /// The CRLs are too old to judge by.
    REVOCATION_STALE("revocation list out of date", SessionEndCode.REVOCATION_STALE),
    /// The certificate is not accepted (any longer) for another reason.
    UNTRUSTED("certificate not accepted", SessionEndCode.UNTRUSTED),
    /// It did not read what it was sent.
    TOO_SLOW("does not read", SessionEndCode.TOO_SLOW),
    /// The device has too many connections already.
    CROWDED("too many connections of the device", SessionEndCode.CROWDED),
    /// The administrator ended it.
    DISCONNECTED("ended by the administrator", SessionEndCode.DISCONNECTED),
    /// Our fault.
    FAILURE("internal error", SessionEndCode.FAILURE);

    private final String reason;
    private final Optional<SessionEndCode> told;

    SessionEnd(String reason, @Nullable SessionEndCode told) {
        this.reason = reason;
        this.told = Optional.ofNullable(told);
    }

    /// As the administrator reads it.
    public String reason() {
        return reason;
    }

    /// What the client is told; empty where there is nobody to tell.
    Optional<SessionEndCode> told() {
        return told;
    }
}
