package org.chancery.protocol.device;

import java.time.Duration;
import java.util.Set;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.device.DeviceEntry.Act;

/// The wish of a new device to join its owner's chain: the entry that adds it, signed by itself alone. It
/// becomes an entry of the chain when a device on the chain countersigns it
/// ([DeviceChain#requireOpenTo] says whether it still can).
public final class DeviceOffer {

    /// For so long it waits to be countersigned; a chain that has gone on meanwhile ends it at once.
    public static final Duration LIFE = Duration.ofDays(7);

    private final DeviceStatement statement;
    private final DeviceId device;
    private final Digest predecessor;

    private DeviceOffer(DeviceStatement statement, DeviceId device, Digest predecessor) {
        this.statement = statement;
        this.device = device;
        this.predecessor = predecessor;
    }

    /// What a signed entry offers.
    ///
    /// @throws DeviceException [DeviceFailure#NOT_AN_OFFER]
    public static DeviceOffer of(DeviceStatement statement) throws DeviceException {
        DeviceEntry entry = statement.entry();
        if (!(entry.act() instanceof Act.Add(DeviceId device))
                || entry.predecessor().isEmpty()) {
            throw new DeviceException(DeviceFailure.NOT_AN_OFFER, "a device offers to join a chain that has begun");
        }
        if (!statement.signers().equals(Set.of(device))) {
            throw new DeviceException(DeviceFailure.NOT_AN_OFFER, "the device that wants to join signs, alone");
        }
        return new DeviceOffer(statement, device, entry.predecessor().get());
    }

    public Address address() {
        return statement.entry().address();
    }

    /// The one that wants to join.
    public DeviceId device() {
        return device;
    }

    /// Hash of the entry that it wants to follow.
    public Digest predecessor() {
        return predecessor;
    }

    /// The record to be countersigned.
    public EncodedRecord record() {
        return statement.record();
    }

    public DeviceStatement statement() {
        return statement;
    }

    @Override
    public String toString() {
        return "DeviceOffer[" + device + " to " + address() + "]";
    }
}
