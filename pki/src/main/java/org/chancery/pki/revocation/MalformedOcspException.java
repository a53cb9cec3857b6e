package org.chancery.pki.revocation;

import java.util.Objects;

/// Bytes that cannot be taken for an OCSP request or response; [#failure] says why.
public final class MalformedOcspException extends Exception {
    private static final long serialVersionUID = 1L;

    private final OcspFailure failure;

    MalformedOcspException(OcspFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    MalformedOcspException(OcspFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /// What was found and what is required, for people.
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /// The reason, stable for programs.
    public OcspFailure failure() {
        return failure;
    }
}
