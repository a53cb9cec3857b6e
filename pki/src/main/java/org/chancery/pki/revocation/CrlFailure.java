package org.chancery.pki.revocation;

/// Why bytes were refused as a CRL.
public enum CrlFailure {
    /// Not of the form of RFC 5280 section 5: a list of version 1 or 2 with nextUpdate, if of version 2
    /// with CRLNumber.
    MALFORMED,
    /// More octets or entries than are read.
    TOO_LARGE,
    /// A critical extension, of the list or of an entry, that this program does not know.
    UNKNOWN_CRITICAL_EXTENSION
}
