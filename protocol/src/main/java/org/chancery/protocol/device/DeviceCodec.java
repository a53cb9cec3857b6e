package org.chancery.protocol.device;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import java.util.Arrays;
import java.util.Optional;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.protocol.device.DeviceEntry.Act;

/// [DeviceEntry] to octets and back: a `DeviceEntry` of `chat.proto`. Nothing is accepted that would not be written
/// again as it stood.
final class DeviceCodec {

    /// An address of 254 octets, three hashes and what is around them.
    private static final int MAX_BYTES = 512;

    private DeviceCodec() {}

    static byte[] encode(DeviceEntry entry) {
        var wire = org.chancery.protocol.wire.DeviceEntry.newBuilder()
                .setAddress(entry.address().value());
        entry.predecessor().ifPresent(hash -> wire.setPredecessor(ByteString.copyFrom(hash.bytes())));
        switch (entry.act()) {
            case Act.Add(DeviceId device) -> wire.getAddBuilder().setDevice(octets(device));
            case Act.Replace(DeviceId device, DeviceId by) ->
                wire.getReplaceBuilder().setDevice(octets(device)).setBy(octets(by));
            case Act.End(DeviceId device) -> wire.getEndBuilder().setDevice(octets(device));
        }
        return wire.build().toByteArray();
    }

    static DeviceEntry decode(byte[] octets) throws DeviceException {
        if (octets.length > MAX_BYTES) {
            throw malformed("entry of " + octets.length + " octets, at most " + MAX_BYTES);
        }
        DeviceEntry entry;
        try {
            entry = entry(org.chancery.protocol.wire.DeviceEntry.parseFrom(octets));
        } catch (InvalidProtocolBufferException | MalformedNameException | IllegalArgumentException e) {
            throw malformed("no entry: " + e.getMessage());
        }
        if (!Arrays.equals(encode(entry), octets)) {
            throw malformed("not the one encoding of this entry");
        }
        return entry;
    }

    private static DeviceEntry entry(org.chancery.protocol.wire.DeviceEntry wire) throws MalformedNameException {
        Act act = switch (wire.getActCase()) {
            case ADD -> new Act.Add(device(wire.getAdd().getDevice()));
            case REPLACE ->
                new Act.Replace(
                        device(wire.getReplace().getDevice()),
                        device(wire.getReplace().getBy()));
            case END -> new Act.End(device(wire.getEnd().getDevice()));
            case ACT_NOT_SET -> throw new IllegalArgumentException("nothing known is done");
        };
        Optional<Digest> predecessor = wire.getPredecessor().isEmpty()
                ? Optional.empty()
                : Optional.of(Digest.ofBytes(wire.getPredecessor().toByteArray()));
        return new DeviceEntry(Address.parseCanonical(wire.getAddress()), predecessor, act);
    }

    private static ByteString octets(DeviceId device) {
        return ByteString.copyFrom(device.bytes());
    }

    private static DeviceId device(ByteString octets) {
        return DeviceId.ofBytes(octets.toByteArray());
    }

    private static DeviceException malformed(String message) {
        return new DeviceException(DeviceFailure.MALFORMED, message);
    }
}
