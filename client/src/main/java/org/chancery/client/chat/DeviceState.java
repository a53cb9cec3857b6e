package org.chancery.client.chat;

import org.chancery.pki.path.PathFailure;

/// What a device's certificate is worth today, by our own judgement.
public enum DeviceState {
    /// It leads to an anchor, and is not revoked.
    VALID,
    /// It has not been online for thirty days: its newest key is too old to be sealed to.
    DORMANT,
    /// On a revocation list, or an authority above it is.
    REVOKED,
    /// Past its notAfter.
    EXPIRED,
    /// Its owner's chain has ended it, whatever its certificate is worth.
    ENDED,
    /// Cannot be judged without newer revocation lists.
    UNDECIDED,
    /// It leads to no anchor, or is another address's or key's.
    UNTRUSTED;

    /// Of a certificate whose path does not hold.
    public static DeviceState of(PathFailure failure) {
        return switch (failure) {
            case REVOKED -> REVOKED;
            case EXPIRED -> EXPIRED;
            default -> failure.awaitsCrl() ? UNDECIDED : UNTRUSTED;
        };
    }
}
