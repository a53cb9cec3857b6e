package org.chancery.client.store;

import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.device.DeviceEntry.Act;

/// One verified entry of somebody's device chain, as it is remembered.
///
/// @param hash of its record
/// @param at when its newest signature was made, by the signer's clock: the relay takes an entry within five minutes
public record ChainLink(Digest hash, Act act, Instant at) {
    /// The device that is on the chain from here on.
    public Optional<DeviceId> joins() {
        return switch (act) {
            case Act.Add(DeviceId device) -> Optional.of(device);
            case Act.Replace(DeviceId _, DeviceId by) -> Optional.of(by);
            case Act.End _ -> Optional.empty();
        };
    }

    /// The device that is not, from here on.
    public Optional<DeviceId> leaves() {
        return switch (act) {
            case Act.Add _ -> Optional.empty();
            case Act.Replace(DeviceId device, DeviceId _) -> Optional.of(device);
            case Act.End(DeviceId device) -> Optional.of(device);
        };
    }
}
