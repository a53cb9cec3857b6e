package org.chancery.protocol.device;

import java.util.Collections;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.device.DeviceEntry.Act;

/// Where a person's devices stand after some entry. Immutable. Whoever applies the same entries comes to the
/// same chain; an entry either applies as a whole or is refused by name.
///
/// A certificate alone brings no device on a chain that has begun: a device on it has to sign.
public final class DeviceChain {

    /// Devices a person has at any time.
    public static final int MAX_DEVICES = 32;

    /// Entries of one chain, so that it can be handed over whole in a frame.
    public static final int MAX_ENTRIES = 256;

    private final Address address;
    private final Digest first;
    private final Digest head;
    private final int entries;
    private final Set<DeviceId> devices;
    private final Set<DeviceId> ended;

    /// Takes up a chain where it was left: for who has kept what [#begin] and [#apply] gave.
    ///
    /// @param first hash of the first entry
    /// @param head hash of the last
    /// @param entries how many there are
    /// @throws IllegalArgumentException for no entry, or a device that is both
    public DeviceChain(
            Address address, Digest first, Digest head, int entries, Set<DeviceId> devices, Set<DeviceId> ended) {
        if (entries < 1) {
            throw new IllegalArgumentException("a chain of " + entries + " entries");
        }
        if (!Collections.disjoint(devices, ended)) {
            throw new IllegalArgumentException("a device on the chain that was ended");
        }
        this.address = address;
        this.first = first;
        this.head = head;
        this.entries = entries;
        this.devices = Collections.unmodifiableSet(new TreeSet<>(devices));
        this.ended = Set.copyOf(ended);
    }

    /// The chain that a device begins by adding itself. Whether one may begin where there has been another is
    /// for the caller to say: to everybody who knew the other it is the loud change.
    ///
    /// @throws DeviceException NOT_THE_BEGINNING, STRANGER
    public static DeviceChain begin(DeviceStatement first) throws DeviceException {
        DeviceEntry entry = first.entry();
        if (entry.predecessor().isPresent() || !(entry.act() instanceof Act.Add(DeviceId device))) {
            throw refused(DeviceFailure.NOT_THE_BEGINNING, "a chain begins with a device that is added");
        }
        if (!first.signers().contains(device)) {
            throw refused(DeviceFailure.NOT_COUNTERSIGNED, "the first device adds itself");
        }
        if (first.signers().size() > 1) {
            throw refused(DeviceFailure.STRANGER, "the first device adds itself, alone");
        }
        return new DeviceChain(entry.address(), first.hash(), first.hash(), 1, Set.of(device), Set.of());
    }

    /// The chain after one entry more.
    ///
    /// @throws DeviceException any [DeviceFailure] but MALFORMED and NOT_THE_BEGINNING
    public DeviceChain apply(DeviceStatement statement) throws DeviceException {
        DeviceEntry entry = statement.entry();
        if (!entry.address().equals(address)) {
            throw refused(DeviceFailure.OTHER_ADDRESS, "the entry is about " + entry.address());
        }
        if (devices.isEmpty()) {
            throw refused(DeviceFailure.OVER, "no device is left on the chain");
        }
        if (entry.predecessor().isEmpty()) {
            throw refused(DeviceFailure.ALREADY_BEGUN, "the chain has begun");
        }
        if (Collections.disjoint(devices, statement.signers())) {
            throw refused(DeviceFailure.NOT_ON_CHAIN, "no device on the chain has signed");
        }
        if (!entry.predecessor().get().equals(head)) {
            throw refused(DeviceFailure.STALE, "the entry does not follow the last one");
        }
        if (entries >= MAX_ENTRIES) {
            throw refused(DeviceFailure.TOO_MANY_ENTRIES, "at most " + MAX_ENTRIES + " entries in a chain");
        }
        Set<DeviceId> then = new HashSet<>(devices);
        Set<DeviceId> gone = new HashSet<>(ended);
        switch (entry.act()) {
            case Act.Add(DeviceId device) -> {
                requireNew(device, statement);
                then.add(device);
            }
            case Act.Replace(DeviceId device, DeviceId by) -> {
                requireNew(by, statement);
                remove(device, then, gone);
                then.add(by);
            }
            case Act.End(DeviceId device) -> {
                remove(device, then, gone);
                if (!devices.containsAll(statement.signers())) {
                    throw refused(DeviceFailure.STRANGER, "somebody has signed who is not on the chain");
                }
            }
        }
        if (then.size() > MAX_DEVICES) {
            throw refused(DeviceFailure.TOO_MANY_DEVICES, "at most " + MAX_DEVICES + " devices");
        }
        return new DeviceChain(address, first, statement.hash(), entries + 1, then, gone);
    }

    /// Whether a device on the chain can countersign an offer now.
    ///
    /// @throws DeviceException OTHER_ADDRESS, OVER, ALREADY_ON_CHAIN, ENDED, STALE, TOO_MANY_ENTRIES or
    /// TOO_MANY_DEVICES
    public void requireOpenTo(DeviceOffer offer) throws DeviceException {
        if (!offer.address().equals(address)) {
            throw refused(DeviceFailure.OTHER_ADDRESS, "the offer is about " + offer.address());
        }
        if (devices.isEmpty()) {
            throw refused(DeviceFailure.OVER, "no device is left on the chain");
        }
        requireNew(offer.device(), offer.statement());
        if (!offer.predecessor().equals(head)) {
            throw refused(DeviceFailure.STALE, "the offer does not follow the last entry");
        }
        if (entries >= MAX_ENTRIES) {
            throw refused(DeviceFailure.TOO_MANY_ENTRIES, "at most " + MAX_ENTRIES + " entries in a chain");
        }
        if (devices.size() >= MAX_DEVICES) {
            throw refused(DeviceFailure.TOO_MANY_DEVICES, "at most " + MAX_DEVICES + " devices");
        }
    }

    /// At most two sign, and one of them is on the chain, so nobody else can have.
    private void requireNew(DeviceId device, DeviceStatement statement) throws DeviceException {
        if (devices.contains(device)) {
            throw refused(DeviceFailure.ALREADY_ON_CHAIN, "the device is on the chain");
        }
        if (ended.contains(device)) {
            throw refused(DeviceFailure.ENDED, "the device was ended");
        }
        if (!statement.signers().contains(device)) {
            throw refused(DeviceFailure.NOT_COUNTERSIGNED, "the device that joins has not signed");
        }
    }

    private static void remove(DeviceId device, Set<DeviceId> then, Set<DeviceId> gone) throws DeviceException {
        if (!then.remove(device)) {
            throw refused(DeviceFailure.NO_SUCH_DEVICE, "the device is not on the chain");
        }
        gone.add(device);
    }

    private static DeviceException refused(DeviceFailure failure, String message) {
        return new DeviceException(failure, message);
    }

    /// The entry to sign so that a chain begins.
    public static DeviceEntry first(Address address, DeviceId device) {
        return new DeviceEntry(address, Optional.empty(), new Act.Add(device));
    }

    /// The entry to sign so that it follows the last one.
    public DeviceEntry next(Act act) {
        return new DeviceEntry(address, Optional.of(head), act);
    }

    public Address address() {
        return address;
    }

    /// Hash of the first entry: what a safety number covers.
    public Digest first() {
        return first;
    }

    /// Hash of the last entry.
    public Digest head() {
        return head;
    }

    /// How many entries there are.
    public int entries() {
        return entries;
    }

    /// Every device on the chain, in order.
    public Set<DeviceId> devices() {
        return devices;
    }

    /// Every device that was ended or replaced.
    public Set<DeviceId> ended() {
        return ended;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DeviceChain that
                && address.equals(that.address)
                && head.equals(that.head)
                && devices.equals(that.devices)
                && ended.equals(that.ended);
    }

    @Override
    public int hashCode() {
        return 31 * address.hashCode() + head.hashCode();
    }

    @Override
    public String toString() {
        return "DeviceChain[" + address + " at " + head + ", " + devices + "]";
    }
}
