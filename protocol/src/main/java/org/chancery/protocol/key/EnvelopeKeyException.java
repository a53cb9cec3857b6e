package org.chancery.protocol.key;

/// A record that says nothing of a device's envelope key.
public final class EnvelopeKeyException extends Exception {

    private static final long serialVersionUID = 1L;

    private final EnvelopeKeyFailure failure;

    EnvelopeKeyException(EnvelopeKeyFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    EnvelopeKeyException(EnvelopeKeyFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public EnvelopeKeyFailure failure() {
        return failure;
    }
}
