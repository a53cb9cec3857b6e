package org.chancery.pki.record;

/// Why octets are no record, or prove nothing.
public enum RecordFailure {
    /// Not a record in its one form.
    MALFORMED,
    /// Longer than a record may be.
    TOO_LARGE,
    /// Signed for something else than was asked for.
    WRONG_PURPOSE,
    /// No accepted path for the certificate of one who signed.
    SIGNER_NOT_ACCEPTED,
    /// A signature that is not its signer's.
    SIGNATURE_INVALID
}
