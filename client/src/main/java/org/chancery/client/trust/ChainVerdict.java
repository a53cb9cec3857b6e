package org.chancery.client.trust;

import org.chancery.protocol.device.DeviceChain;

/// What [ChainJudge] says of the records of somebody's device chain.
public sealed interface ChainVerdict {
    /// There are none: no device of this person has begun a chain.
    record None() implements ChainVerdict {}

    /// Every entry follows the one before, and is signed by whom it must be.
    record Verified(DeviceChain chain) implements ChainVerdict {}

    /// Cannot be said without newer revocation lists.
    record Undecided(String why) implements ChainVerdict {}

    /// They are no chain of this person's devices.
    record Broken(String why) implements ChainVerdict {}
}
