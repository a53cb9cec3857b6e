package org.chancery.pki.certificate;

import java.util.Objects;

/// Bytes or text that are not the certificate, chain or serial number they were said to be; [#failure] says why.
public final class MalformedCertificateException extends Exception {
    private static final long serialVersionUID = 1L;

    private final CertificateFailure failure;

    MalformedCertificateException(CertificateFailure failure, String message) {
        super(message);
        this.failure = failure;
    }

    MalformedCertificateException(CertificateFailure failure, String message, Throwable cause) {
        super(message, cause);
        this.failure = failure;
    }

    /// What was found and what is required, for people.
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    /// The reason, stable for programs.
    public CertificateFailure failure() {
        return failure;
    }
}
