package org.chancery.client.chat;

import java.time.Instant;
import org.chancery.pki.name.DeviceId;

/// A device in the relay's directory, as judged here.
///
/// @param certificateSha256 fingerprint of what it presented last, in lower-case hex
/// @param onChain on its owner's chain, which holds
/// @param refusedByRelay the relay says that nobody may seal to it
/// @param online the relay says that it is there
public record ListedDevice(
        DeviceId device,
        String certificateSha256,
        Instant notAfter,
        DeviceState state,
        boolean onChain,
        boolean refusedByRelay,
        boolean online) {}
