package org.chancery.pki.pem;

/// The input is not PEM (or DER) as [Pem] wants it.
public final class MalformedPemException extends Exception {
    private static final long serialVersionUID = 1L;

    private final PemFailure failure;

    MalformedPemException(PemFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    /// What is wrong with it.
    public PemFailure failure() {
        return failure;
    }
}
