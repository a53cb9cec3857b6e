package org.chancery.protocol.key;

/// Why a record says nothing of a device's envelope key.
public enum EnvelopeKeyFailure {
    /// Not the one encoding of an envelope key.
    MALFORMED,
    /// Not RSA of 3072 bits with the exponent 65537, or one that can be factored.
    WEAK_KEY,
    /// Signed with a certificate for another address.
    OTHER_ADDRESS,
    /// Not signed by the device itself, alone.
    OTHER_DEVICE,
    /// It begins after it was signed.
    STARTS_LATER
}
