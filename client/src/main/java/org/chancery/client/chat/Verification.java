package org.chancery.client.chat;

import java.util.List;
import java.util.Optional;
import org.chancery.client.store.ChainChange;
import org.chancery.pki.name.Address;
import org.chancery.protocol.device.SafetyNumber;

/// What there is to know before one believes that somebody is who they are.
///
/// @param number to be compared with them; empty where one of the two chains is not known, or in dispute
/// @param verified it has been compared
/// @param dispute what the relay shows of their chain does not go on from what it showed before
/// @param devices of theirs whose certificates hold, with the names on their paths
public record Verification(
        Address address,
        Optional<SafetyNumber> number,
        boolean verified,
        Optional<ChainChange> dispute,
        List<ContactDevice> devices) {
    public Verification {
        devices = List.copyOf(devices);
    }
}
