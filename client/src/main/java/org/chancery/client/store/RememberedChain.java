package org.chancery.client.store;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.device.DeviceChain;

/// Somebody's device chain as this client goes by it, and what the relay shows instead where that does not go on from
/// it.
///
/// @param links first to last, at least one
/// @param dispute what the relay showed last, where it was no continuation
/// @param mark when a person last compared the safety number
public record RememberedChain(Address address, List<ChainLink> links, Optional<Dispute> dispute, Optional<Mark> mark) {
    /// What the relay shows in the place of a chain that it showed before.
    ///
    /// @param links first to last; none where it shows none, or none that holds
    public record Dispute(ChainChange change, List<ChainLink> links) {
        public Dispute {
            links = List.copyOf(links);
        }
    }

    /// A safety number was compared: good for these two chains and no others.
    ///
    /// @param theirs hash of the first entry of the other's chain
    /// @param own of one's own
    public record Mark(Digest theirs, Digest own) {}

    public RememberedChain {
        links = List.copyOf(links);
        if (links.isEmpty()) {
            throw new IllegalArgumentException("a chain without entries");
        }
    }

    /// One that is seen for the first time.
    public static RememberedChain begun(Address address, List<ChainLink> links) {
        return new RememberedChain(address, links, Optional.empty(), Optional.empty());
    }

    public RememberedChain with(List<ChainLink> grown) {
        return new RememberedChain(address, grown, Optional.empty(), mark);
    }

    public RememberedChain disputed(Dispute by) {
        return new RememberedChain(address, links, Optional.of(by), mark);
    }

    public RememberedChain marked(Optional<Mark> now) {
        return new RememberedChain(address, links, dispute, now);
    }

    /// When a device came to be on it, by the clock of who signed; empty where it never was.
    public Optional<Instant> joined(DeviceId device) {
        return links.stream()
                .filter(link -> link.joins().equals(Optional.of(device)))
                .map(ChainLink::at)
                .reduce((_, later) -> later);
    }

    /// Hash of the first entry.
    public Digest first() {
        return links.getFirst().hash();
    }

    /// Hash of the last.
    public Digest head() {
        return links.getLast().hash();
    }

    /// Every device that is on it now.
    public Set<DeviceId> devices() {
        Set<DeviceId> devices = new HashSet<>();
        for (ChainLink link : links) {
            link.leaves().ifPresent(devices::remove);
            link.joins().ifPresent(devices::add);
        }
        return devices;
    }

    /// Whether a device was on it at a time, give or take what clocks may differ.
    public boolean had(DeviceId device, Instant then, Duration skew) {
        boolean on = false;
        for (ChainLink link : links) {
            if (link.joins().equals(Optional.of(device))) {
                on = !then.isBefore(link.at().minus(skew));
            }
            if (link.leaves().equals(Optional.of(device))) {
                on &= !then.isAfter(link.at().plus(skew));
            }
        }
        return on;
    }

    /// What signs for its next entry.
    public DeviceChain chain() {
        Set<DeviceId> ended = new HashSet<>();
        links.forEach(link -> link.leaves().ifPresent(ended::add));
        return new DeviceChain(address, first(), head(), links.size(), devices(), ended);
    }
}
