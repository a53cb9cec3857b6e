package org.chancery.pki.revocation;

import java.util.Objects;

/// Bytes that cannot be taken for a CRL; [#failure] says why.
public final class MalformedCrlException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CrlFailure failure;

    MalformedCrlException(CrlFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    MalformedCrlException(CrlFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /// What was found and what is required, for people.
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /// The reason, stable for programs.
    public CrlFailure failure() {
        return failure;
    }
}
