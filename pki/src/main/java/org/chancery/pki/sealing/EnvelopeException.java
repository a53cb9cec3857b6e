package org.chancery.pki.sealing;

/// Something that could not be sealed, or not be opened. No content came out.
public final class EnvelopeException extends Exception {
    private final EnvelopeFailure failure;

    EnvelopeException(EnvelopeFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    EnvelopeException(EnvelopeFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    public EnvelopeFailure failure() {
        return failure;
    }
}
