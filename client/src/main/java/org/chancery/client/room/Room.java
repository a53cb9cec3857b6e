package org.chancery.client.room;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.client.store.RoomEntry;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.MembershipBounds;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.MembershipException;
import org.jspecify.annotations.Nullable;

/// One room, from its first entry to its last: who belonged to it at each place of the log. For the engine's thread.
public final class Room {
    private final List<RoomEntry> entries = new ArrayList<>();
    private final List<RoomEntry> lost = new ArrayList<>();
    private Membership membership;
    private @Nullable Set<Address> readmitted; // null until somebody asks

    /// Who belonged to it after so many entries: who asks for one place of the log asks for the next ones, too.
    private int followed;

    private @Nullable Membership reached; // null where it was not followed

    private Room(List<RoomEntry> entries, List<RoomEntry> lost, Membership membership) {
        this.entries.addAll(entries);
        this.lost.addAll(lost);
        this.membership = membership;
    }

    /// The room of entries that were verified and applied before.
    ///
    /// @param entries at least one that is not lost, in their order
    /// @throws StoreException where they do not follow on each other, which what was applied does
    static Room kept(List<RoomEntry> entries) throws StoreException {
        List<RoomEntry> kept = entries.stream().filter(entry -> !entry.isLost()).toList();
        List<RoomEntry> lost = entries.stream().filter(RoomEntry::isLost).toList();
        return new Room(kept, lost, replay(kept));
    }

    /// The room that an entry creates.
    static Room begun(RoomEntry create) throws MembershipException {
        return new Room(List.of(create), List.of(), Membership.begin(create.amendment()));
    }

    private static Membership replay(List<RoomEntry> entries) throws StoreException {
        Membership membership = after(null, entries.getFirst());
        for (RoomEntry entry : entries.subList(1, entries.size())) {
            membership = after(membership, entry);
        }
        return membership;
    }

    /// @param before null where the entry is the first
    private static Membership after(@Nullable Membership before, RoomEntry entry) throws StoreException {
        try {
            return before == null
                    ? Membership.begin(entry.amendment())
                    : before.apply(entry.amendment(), MembershipBounds.PROTOCOL);
        } catch (MembershipException e) {
            throw StoreException.damaged("the entries of a room do not follow on each other", e);
        }
    }

    /// What an entry does; null for the one that made the room.
    private static @Nullable Act act(RoomEntry entry) {
        return entry.amendment().entry() instanceof MembershipEntry.Change change ? change.act() : null;
    }

    /// Who does not belong to the room any more by an entry.
    private static Optional<Address> gone(RoomEntry entry) {
        return switch (act(entry)) {
            case Act.Leave() -> Optional.of(entry.amendment().actor());
            case Act.Remove(Address address) -> Optional.of(address);
            case Act.Invite _, Act.Accept _ -> Optional.empty();
            case null -> Optional.empty();
        };
    }

    /// Takes an entry that the room allows.
    void apply(RoomEntry entry, Membership after) {
        membership = after;
        entries.add(entry);
        readmitted = null;
    }

    /// The relay's log ends at this entry: what came after is lost.
    ///
    /// @return that, in its order
    List<RoomEntry> cutBack(Digest last) throws StoreException {
        int end = 1;
        while (!entries.get(end - 1).hash().equals(last)) {
            end++;
        }
        List<RoomEntry> after = entries.subList(end, entries.size());
        List<RoomEntry> cut = after.stream().map(RoomEntry::lost).toList();
        after.clear();
        lost.addAll(cut);
        membership = replay(entries);
        readmitted = null;
        followed = 0;
        reached = null;
        return cut;
    }

    /// Who belongs to the room only because the relay has lost that they left it or were removed.
    public Set<Address> readmitted() {
        if (readmitted == null) {
            readmitted = Collections.unmodifiableSet(findReadmitted());
        }
        return readmitted;
    }

    private Set<Address> findReadmitted() {
        Set<Address> back = new TreeSet<>();
        for (RoomEntry entry : lost) {
            gone(entry)
                    .filter(gone -> belongs(gone) && !joined(gone).isAfter(entry.acceptedAt()))
                    .ifPresent(back::add);
        }
        return back;
    }

    /// What a device did by which somebody left the room or was removed, that the relay has lost and is still to be
    /// done.
    public List<Act> undone(DeviceId by) {
        Set<Address> readmitted = readmitted();
        return lost.stream()
                .filter(entry -> entry.amendment().device().equals(by)
                        && gone(entry).filter(readmitted::contains).isPresent())
                .map(entry -> Objects.requireNonNull(act(entry)))
                .toList();
    }

    /// When a member last joined, as the relay has it.
    private Instant joined(Address member) {
        Instant joined = Instant.MIN;
        for (RoomEntry entry : entries) {
            Act act = act(entry);
            if (entry.amendment().actor().equals(member) && (act == null || act instanceof Act.Accept)) {
                joined = entry.acceptedAt();
            }
        }
        return joined;
    }

    List<RoomEntry> entries() {
        return List.copyOf(entries);
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
    public Optional<DeviceId> inviter(Address address) {
        Optional<DeviceId> inviter = Optional.empty();
        for (RoomEntry entry : entries) {
            if (act(entry) instanceof Act.Invite(Address invited, var _) && invited.equals(address)) {
                inviter = Optional.of(entry.amendment().device());
            }
        }
        return inviter;
    }

    /// Notes that an entry lies at another place: the relay's log is another one.
    void moved(RoomEntry entry) {
        entries.replaceAll(known -> known.hash().equals(entry.hash()) ? entry : known);
        readmitted = null;
    }

    /// The entry at this place of the log.
    public Optional<Digest> entryAt(long sequence) {
        return entries.stream()
                .filter(entry -> entry.sequence() == sequence)
                .map(RoomEntry::hash)
                .findFirst();
    }

    /// Who belonged to it for a letter at this place of the log; empty before the room began. A relay
    /// may show an entry at a higher place than one that follows it; then that one is not before it, either.
    public Optional<Membership> at(long sequence) throws StoreException {
        if (sequence() < sequence) {
            return Optional.of(membership);
        }
        int before = 0;
        while (before < entries.size() && entries.get(before).sequence() < sequence) {
            before++;
        }
        if (before < followed) {
            followed = 0;
            reached = null;
        }
        for (; followed < before; followed++) {
            reached = after(reached, entries.get(followed));
        }
        return Optional.ofNullable(reached);
    }

    /// Whether somebody did not belong to it for a while between two places of the log.
    public boolean wasAway(Address address, long from, long to) throws StoreException {
        for (RoomEntry entry : entries) {
            long place = entry.sequence();
            if (from < place
                    && place < to
                    && at(place + 1)
                            .filter(then -> then.members().containsKey(address))
                            .isEmpty()) {
                return true;
            }
        }
        return false;
    }
}
