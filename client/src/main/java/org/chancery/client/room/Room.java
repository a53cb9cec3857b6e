package org.chancery.client.room;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.store.RoomEntry;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.MembershipBounds;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.MembershipException;

/// One room, from its first entry to its last: who belonged to it at each place of the log. For the engine's thread.
public final class Room {
    private final List<RoomEntry> entries;
    private Membership membership;

    private Room(List<RoomEntry> entries, Membership membership) {
        this.entries = new ArrayList<>(entries);
        this.membership = membership;
    }

    /// The room of entries that were verified and applied before.
    ///
    /// @param entries at least one, in their order
    /// @throws StoreException where they do not follow on each other, which what was applied does
    static Room kept(List<RoomEntry> entries) throws StoreException {
        return new Room(entries, replay(entries));
    }

    /// The room that an entry creates.
    static Room begun(RoomEntry create, Membership membership) {
        return new Room(List.of(create), membership);
    }

    private static Membership replay(List<RoomEntry> entries) throws StoreException {
        try {
            Membership membership = Membership.begin(amendment(entries.getFirst()));
            for (RoomEntry entry : entries.subList(1, entries.size())) {
                membership = membership.apply(amendment(entry), MembershipBounds.PROTOCOL);
            }
            return membership;
        } catch (MembershipException e) {
            throw StoreException.damaged("the entries of a room do not follow on each other", e);
        }
    }

    private static Amendment amendment(RoomEntry entry) throws MembershipException {
        return Amendment.kept(entry.record(), entry.actor(), entry.device());
    }

    void apply(RoomEntry entry, Membership after) {
        entries.add(entry);
        membership = after;
    }

    public ConversationId id() {
        return membership.room();
    }

    /// Who belongs to it now.
    public Membership membership() {
        return membership;
    }

    public boolean belongs(Address address) {
        return membership.members().containsKey(address);
    }

    /// The entry of this hash, where it has been applied.
    Optional<RoomEntry> find(Digest entry) {
        return entries.stream().filter(known -> known.hash().equals(entry)).findFirst();
    }

    /// The place of the last entry.
    public long sequence() {
        return entries.getLast().sequence();
    }

    /// Which device asked `address` in last; empty where nobody did.
    public Optional<DeviceId> inviter(Address address) throws StoreException {
        try {
            Optional<DeviceId> inviter = Optional.empty();
            for (RoomEntry entry : entries) {
                if (amendment(entry).entry() instanceof MembershipEntry.Change change
                        && change.act() instanceof Act.Invite(Address invited, var _)
                        && invited.equals(address)) {
                    inviter = Optional.of(entry.device());
                }
            }
            return inviter;
        } catch (MembershipException e) {
            throw StoreException.damaged("an entry of a room cannot be read", e);
        }
    }

    /// Notes that an entry lies at another place: the relay's log is another one.
    void moved(RoomEntry entry) {
        entries.replaceAll(known -> known.hash().equals(entry.hash()) ? entry : known);
    }

    /// Who belonged to it for a letter at this place of the log; empty before the room began.
    public Optional<Membership> at(long sequence) throws StoreException {
        if (sequence() < sequence) {
            return Optional.of(membership);
        }
        List<RoomEntry> before =
                entries.stream().filter(entry -> entry.sequence() < sequence).toList();
        return before.isEmpty() ? Optional.empty() : Optional.of(replay(before));
    }

    /// Everybody who has ever belonged to it.
    public Set<Address> everybody() {
        Set<Address> all = new HashSet<>(membership.members().keySet());
        entries.forEach(entry -> all.add(entry.actor()));
        return all;
    }
}
