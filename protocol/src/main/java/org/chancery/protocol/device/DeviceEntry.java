package org.chancery.protocol.device;

import java.util.Arrays;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// What an entry says of a person's devices, before anybody has signed it.
///
/// @param predecessor hash of the entry it follows; no octets in the first of a chain
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
public record DeviceEntry(Address address, byte[] predecessor, Act act) {

    /// @throws IllegalArgumentException for a predecessor that is neither absent nor a hash, or a device that
    /// replaces itself
    public DeviceEntry {
        if (predecessor.length != 0 && predecessor.length != 32) {
            throw new IllegalArgumentException("predecessor of " + predecessor.length + " octets, must be 0 or 32");
        }
        if (act instanceof Act.Replace(DeviceId device, DeviceId by) && device.equals(by)) {
            throw new IllegalArgumentException("a device replaces itself");
        }
        predecessor = predecessor.clone();
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
    public byte[] predecessor() {
        return predecessor.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceEntry that
                && address.equals(that.address)
                && Arrays.equals(predecessor, that.predecessor)
                && act.equals(that.act);
    }

    @Override
    public int hashCode() {
        return 31 * act.hashCode() + Arrays.hashCode(predecessor);
    }

    @Override
    public String toString() {
        return act + " of " + address;
    }
}
