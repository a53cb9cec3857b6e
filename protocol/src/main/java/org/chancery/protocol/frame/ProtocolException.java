package org.chancery.protocol.frame;

/// Octets that are no acceptable frame. The stream they came from is of no further use.
public final class ProtocolException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ProtocolError failure;

    /// @param message observed and required value, without anything a letter contains
    public ProtocolException(ProtocolError failure, String message) {
        super(message);
        this.failure = failure;
    }

    ProtocolException(ProtocolError failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /// Which rule was broken.
    public ProtocolError failure() {
        return failure;
    }
}
