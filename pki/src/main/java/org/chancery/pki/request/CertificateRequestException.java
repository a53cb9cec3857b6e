package org.chancery.pki.request;

import java.util.Objects;

/// A request that cannot be taken; [#failure] says why.
public final class CertificateRequestException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CertificateRequestFailure failure;

    CertificateRequestException(CertificateRequestFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    CertificateRequestException(CertificateRequestFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /// What was found and what is required, for people.
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /// The reason, stable for programs.
    public CertificateRequestFailure failure() {
        return failure;
    }
}
