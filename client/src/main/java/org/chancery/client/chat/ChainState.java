package org.chancery.client.chat;

/// What the device chain is that the relay hands out for somebody.
public enum ChainState {
    /// There is none yet.
    NONE,
    /// Verified from its first entry to its last.
    VERIFIED,
    /// Cannot be judged without newer revocation lists.
    UNDECIDED,
    /// It does not hold.
    BROKEN
}
