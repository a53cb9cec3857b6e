package org.chancery.protocol.channel;

import java.util.Optional;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.PathValidationException;
import org.jspecify.annotations.Nullable;

/// A connection that did not become a channel. The message is a clause that can be shown to a person.
public final class HandshakeException extends Exception {

    private static final long serialVersionUID = 1L;

    private final HandshakeFailure failure;
    private final @Nullable PathFailure pathFailure;
    private final @Nullable TlsAlert alert;

    private HandshakeException(
            HandshakeFailure failure,
            String message,
            Throwable cause,
            @Nullable PathFailure pathFailure,
            @Nullable TlsAlert alert) {
        super(message, cause);
        this.failure = failure;
        this.pathFailure = pathFailure;
        this.alert = alert;
    }

    static HandshakeException of(HandshakeFailure failure, String message, Throwable cause) {
        return new HandshakeException(failure, message, cause, null, null);
    }

    static HandshakeException refusing(PathValidationException refusal) {
        return new HandshakeException(
                HandshakeFailure.CERTIFICATE_REFUSED,
                "certificate refused: " + refusal.failure().inWords() + ": " + refusal.getMessage(),
                refusal,
                refusal.failure(),
                null);
    }

    static HandshakeException refusedWith(TlsAlert alert, Throwable cause) {
        return new HandshakeException(HandshakeFailure.REFUSED_BY_PEER, alert.meaning(), cause, null, alert);
    }

    /// What went wrong.
    public HandshakeFailure failure() {
        return failure;
    }

    /// The rule that refuses the other side's certificate, with [HandshakeFailure#CERTIFICATE_REFUSED].
    public Optional<PathFailure> pathFailure() {
        return Optional.ofNullable(pathFailure);
    }

    /// What the other side refused us with, with [HandshakeFailure#REFUSED_BY_PEER].
    public Optional<TlsAlert> alert() {
        return Optional.ofNullable(alert);
    }
}
