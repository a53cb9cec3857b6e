package org.chancery.pki.pem;

import java.util.Optional;

/// The labels that the project reads and writes, of RFC 7468 where nothing else is said.
public enum PemLabel {
    CERTIFICATE("CERTIFICATE"),
    CERTIFICATE_REQUEST("CERTIFICATE REQUEST"),
    X509_CRL("X509 CRL"),
    PRIVATE_KEY("PRIVATE KEY"),
    ENCRYPTED_PRIVATE_KEY("ENCRYPTED PRIVATE KEY"),
    CMS("CMS"),
    /// Not of the RFC: what GnuTLS writes.
    OCSP_RESPONSE("OCSP RESPONSE");

    private final String text;

    PemLabel(String text) {
        this.text = text;
    }

    /// As it stands between the dashes.
    public String text() {
        return text;
    }

    /// The label written so; `NEW CERTIFICATE REQUEST`, which keytool writes, is a request (RFC 7468 section 7).
    static Optional<PemLabel> of(String text) {
        if (text.equals("NEW CERTIFICATE REQUEST")) {
            return Optional.of(CERTIFICATE_REQUEST);
        }
        for (PemLabel label : values()) {
            if (label.text.equals(text)) {
                return Optional.of(label);
            }
        }
        return Optional.empty();
    }
}
