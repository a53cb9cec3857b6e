package org.chancery.protocol.device;

import java.util.Optional;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// What an entry says of a person's devices, before anybody has signed it.
///
/// @param predecessor hash of the entry it follows; none in the first of a chain
public record DeviceEntry(Address address, Optional<Digest> predecessor, Act act) {

    /// @throws IllegalArgumentException for a device that replaces itself
    public DeviceEntry {
        if (act instanceof Act.Replace(DeviceId device, DeviceId by) && device.equals(by)) {
            throw new IllegalArgumentException("a device replaces itself");
        }
    }

    /// What is done.
    public sealed interface Act {

        /// A device joins.
        record Add(DeviceId device) implements Act {}

        /// A device takes another's place.
        record Replace(DeviceId device, DeviceId by) implements Act {}

        /// A device goes for ever.
        record End(DeviceId device) implements Act {}
    }

    /// The octets to sign: there is one encoding of an entry.
    public byte[] encode() {
        return DeviceCodec.encode(this);
    }

    /// The entry of signed octets. What is accepted encodes to the same octets again.
    ///
    /// @throws DeviceException [DeviceFailure#MALFORMED]
    public static DeviceEntry decode(byte[] octets) throws DeviceException {
        return DeviceCodec.decode(octets);
    }

    @Override
    public String toString() {
        return act + " of " + address;
    }
}
