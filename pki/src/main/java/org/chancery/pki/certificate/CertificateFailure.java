package org.chancery.pki.certificate;

/// Why bytes were refused as a certificate.
public enum CertificateFailure {
    /// Not a certificate.
    MALFORMED,
    /// More octets, or more certificates, than any honest one needs.
    TOO_LARGE,
    /// A chain whose certificates do not follow each other.
    NOT_A_CHAIN
}
