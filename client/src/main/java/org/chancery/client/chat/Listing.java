package org.chancery.client.chat;

import java.util.List;
import java.util.Optional;
import org.chancery.pki.name.Address;

/// What the relay's directory has of somebody, as judged here.
///
/// @param chainFault why it does not hold; present exactly when `chain` is [ChainState#BROKEN]
/// @param devices those on the chain first, newest certificate first
public record Listing(
        Address address,
        String displayName,
        ChainState chain,
        Optional<String> chainFault,
        List<ListedDevice> devices) {
    public Listing {
        devices = List.copyOf(devices);
    }
}
