package org.chancery.pki.request;

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

    /// The reason, stable for programs.
    public CertificateRequestFailure failure() {
        return failure;
    }
}
