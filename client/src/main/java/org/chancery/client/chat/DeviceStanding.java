package org.chancery.client.chat;

/// Where this device stands with its owner's device chain.
public enum DeviceStanding {
    /// The relay has not been asked yet, or its answer cannot be judged.
    UNKNOWN,
    /// On it: it is sealed to, and others believe what it writes.
    ON_CHAIN,
    /// It has asked to join; another device of its owner has to approve it.
    WAITING,
    /// It was ended, for good.
    ENDED,
    /// What the relay shows does not go on from what it showed before.
    DISPUTED
}
