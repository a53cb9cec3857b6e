package org.chancery.pki.revocation;

/// Why bytes were refused as an OCSP request or response.
public enum OcspFailure {
    /// Not of the form of RFC 6960 section 4.
    MALFORMED,
    /// More octets, requests, answers or certificates than are read.
    TOO_LARGE,
    /// A critical extension that this program does not know.
    UNKNOWN_CRITICAL_EXTENSION
}
