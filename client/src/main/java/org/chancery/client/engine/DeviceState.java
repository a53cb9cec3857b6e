package org.chancery.client.engine;

/// What a device's certificate is worth today, by our own judgement.
public enum DeviceState {
    /// It leads to an anchor, and is not revoked.
    VALID,
    /// On a revocation list, or an authority above it is.
    REVOKED,
    /// Past its notAfter.
    EXPIRED,
    /// Its owner's chain has ended it, whatever its certificate is worth.
    ENDED,
    /// Cannot be judged without newer revocation lists.
    UNDECIDED,
    /// It leads to no anchor, or is another address's or key's.
    UNTRUSTED
}
