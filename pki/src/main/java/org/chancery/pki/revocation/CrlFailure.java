package org.chancery.pki.revocation;

/// Why bytes were refused as a CRL.
public enum CrlFailure {
    /// Not a version 2 CRL with nextUpdate and CRLNumber.
    MALFORMED,
    /// More octets than are read.
    TOO_LARGE,
    /// A critical extension, of the list or of an entry, that this program does not know.
    UNKNOWN_CRITICAL_EXTENSION,
    /// A delta CRL (RFC 5280 section 5.2.4).
    DELTA_UNSUPPORTED,
    /// A list for part of the certificates only, or of several issuers (RFC 5280 section 5.2.5 and 5.3.3).
    PARTITION_UNSUPPORTED
}
