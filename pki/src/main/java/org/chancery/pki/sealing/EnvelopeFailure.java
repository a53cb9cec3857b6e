package org.chancery.pki.sealing;

/// Why something could not be sealed or opened. Names are stable: clients store them beside letters that failed.
public enum EnvelopeFailure {
    /// Not the structure this project writes, or for a file not CMS at all.
    MALFORMED,
    /// More octets, recipients or certificates than are accepted.
    TOO_LARGE,
    /// No recipient is a key at hand.
    NOT_ADDRESSED,
    /// The recipient names a key that this device had and has destroyed.
    KEY_DESTROYED,
    /// The recipient names a key at hand, but what it wraps does not come out as a content-encryption key.
    WRAP_MISMATCH,
    /// A key came out, but not the one the letter commits to: the wrap belongs to another seal.
    COMMITMENT_MISMATCH,
    /// The GCM tag does not hold.
    DECRYPTION_FAILED,
    /// Signed, but for something else than was asked for.
    WRONG_PURPOSE,
    /// The header in the open is not the header that was signed.
    HEADER_MISMATCH,
    /// Nobody knows the signer's certificate, or it is not the one the signature names.
    SIGNER_UNKNOWN,
    /// The signer's certificate is known and its path refused; the cause says why.
    SIGNER_REFUSED,
    /// The signature, or what it covers, is not the signer's.
    SIGNATURE_INVALID,
    /// An algorithm, or a parameter of one, other than those this project uses.
    UNSUPPORTED_ALGORITHM,
    /// The recipient's key cannot receive: only RSA of 2048 bits and more, allowed to encipher keys, can.
    RECIPIENT_KEY_UNSUPPORTED
}
