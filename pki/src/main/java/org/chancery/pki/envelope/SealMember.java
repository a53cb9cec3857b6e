package org.chancery.pki.envelope;

import java.util.Optional;
import org.chancery.pki.name.Address;

/// Somebody in a conversation, and where the sender of a seal took their device chain to stand.
///
/// @param chainHead hash of the chain's last entry; empty for who has no chain, and so no device that reads
public record SealMember(Address address, Optional<Digest> chainHead) {
    /// Somebody whose chain has not begun.
    public static SealMember withoutChain(Address address) {
        return new SealMember(address, Optional.empty());
    }

    /// Somebody whose chain ends with this entry.
    public static SealMember at(Address address, Digest chainHead) {
        return new SealMember(address, Optional.of(chainHead));
    }
}
