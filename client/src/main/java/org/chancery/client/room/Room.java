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
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.MembershipBounds;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.MembershipException;
import org.jspecify.annotations.Nullable;

/// One room, from its first entry to its last: who belonged to it at each place of the log. For the engine's thread.
public final class Room {
    /// An entry, and what it says.
    private record Step(RoomEntry entry, Amendment amendment) {
        static Step of(RoomEntry entry) throws StoreException {
            try {
                return new Step(entry, Amendment.kept(entry.record(), entry.actor(), entry.device()));
            } catch (MembershipException e) {
                throw StoreException.damaged("an entry of a room cannot be read", e);
            }
        }

        Step at(RoomEntry place) {
            return new Step(place, amendment);
        }

        /// What it does; null for the one that made the room.
        @Nullable
        Act act() {
            return amendment.entry() instanceof MembershipEntry.Change change ? change.act() : null;
        }

        /// Who does not belong to the room any more by it.
        Optional<Address> gone() {
            return switch (act()) {
                case Act.Leave() -> Optional.of(entry.actor());
                case Act.Remove(Address address) -> Optional.of(address);
                case Act.Invite _, Act.Accept _ -> Optional.empty();
                case null -> Optional.empty();
            };
        }
    }

    private final List<Step> steps = new ArrayList<>();
    private final List<Step> lost = new ArrayList<>();
    private Membership membership;
    private @Nullable Set<Address> readmitted; // null until somebody asks

    /// Who belonged to it after so many steps: who asks for one place of the log asks for the next ones, too.
    private int followed;

    private @Nullable Membership reached; // null where it was not followed

    private Room(List<Step> steps, List<Step> lost, Membership membership) {
        this.steps.addAll(steps);
        this.lost.addAll(lost);
        this.membership = membership;
    }

    /// The room of entries that were verified and applied before.
    ///
    /// @param entries at least one that is not lost, in their order
    /// @throws StoreException where they do not follow on each other, which what was applied does
    static Room kept(List<RoomEntry> entries) throws StoreException {
        List<Step> steps = new ArrayList<>();
        List<Step> lost = new ArrayList<>();
        for (RoomEntry entry : entries) {
            (entry.isLost() ? lost : steps).add(Step.of(entry));
        }
        return new Room(steps, lost, replay(steps));
    }

    /// The room that an entry creates.
    static Room begun(RoomEntry entry, Amendment create) throws MembershipException {
        return new Room(List.of(new Step(entry, create)), List.of(), Membership.begin(create));
    }

    private static Membership replay(List<Step> steps) throws StoreException {
        Membership membership = after(null, steps.getFirst());
        for (Step step : steps.subList(1, steps.size())) {
            membership = after(membership, step);
        }
        return membership;
    }

    /// @param before null where the step is the first
    private static Membership after(@Nullable Membership before, Step step) throws StoreException {
        try {
            return before == null
                    ? Membership.begin(step.amendment())
                    : before.apply(step.amendment(), MembershipBounds.PROTOCOL);
        } catch (MembershipException e) {
            throw StoreException.damaged("the entries of a room do not follow on each other", e);
        }
    }

    /// Takes an entry that the room allows.
    void apply(RoomEntry entry, Amendment amendment, Membership after) {
        membership = after;
        steps.add(new Step(entry, amendment));
        readmitted = null;
    }

    /// The relay's log ends at this entry: what came after is lost.
    ///
    /// @return that, in its order
    List<RoomEntry> cutBack(Digest last) throws StoreException {
        int end = 1;
        while (!steps.get(end - 1).entry().hash().equals(last)) {
            end++;
        }
        List<Step> after = steps.subList(end, steps.size());
        List<Step> cut =
                after.stream().map(step -> step.at(step.entry().lost())).toList();
        after.clear();
        lost.addAll(cut);
        membership = replay(steps);
        readmitted = null;
        followed = 0;
        reached = null;
        return cut.stream().map(Step::entry).toList();
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
        for (Step step : lost) {
            step.gone()
                    .filter(gone ->
                            belongs(gone) && !joined(gone).isAfter(step.entry().acceptedAt()))
                    .ifPresent(back::add);
        }
        return back;
    }

    /// What a device did by which somebody left the room or was removed, that the relay has lost and is still to be
    /// done.
    public List<Act> undone(DeviceId by) {
        Set<Address> readmitted = readmitted();
        return lost.stream()
                .filter(step -> step.entry().device().equals(by)
                        && step.gone().filter(readmitted::contains).isPresent())
                .map(step -> Objects.requireNonNull(step.act()))
                .toList();
    }

    /// When a member last joined, as the relay has it.
    private Instant joined(Address member) {
        Instant joined = Instant.MIN;
        for (Step step : steps) {
            Act act = step.act();
            if (step.entry().actor().equals(member) && (act == null || act instanceof Act.Accept)) {
                joined = step.entry().acceptedAt();
            }
        }
        return joined;
    }

    List<RoomEntry> entries() {
        return steps.stream().map(Step::entry).toList();
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
        return steps.stream()
                .map(Step::entry)
                .filter(known -> known.hash().equals(entry))
                .findFirst();
    }

    /// The place of the last entry.
    public long sequence() {
        return steps.getLast().entry().sequence();
    }

    /// Which device asked `address` in last; empty where nobody did.
    public Optional<DeviceId> inviter(Address address) {
        Optional<DeviceId> inviter = Optional.empty();
        for (Step step : steps) {
            if (step.act() instanceof Act.Invite(Address invited, var _) && invited.equals(address)) {
                inviter = Optional.of(step.entry().device());
            }
        }
        return inviter;
    }

    /// Notes that an entry lies at another place: the relay's log is another one.
    void moved(RoomEntry entry) {
        steps.replaceAll(step -> step.entry().hash().equals(entry.hash()) ? step.at(entry) : step);
        readmitted = null;
    }

    /// The entry at this place of the log.
    public Optional<Digest> entryAt(long sequence) {
        return steps.stream()
                .map(Step::entry)
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
        while (before < steps.size() && steps.get(before).entry().sequence() < sequence) {
            before++;
        }
        if (before < followed) {
            followed = 0;
            reached = null;
        }
        for (; followed < before; followed++) {
            reached = after(reached, steps.get(followed));
        }
        return Optional.ofNullable(reached);
    }

    /// Whether somebody did not belong to it for a while between two places of the log.
    public boolean wasAway(Address address, long from, long to) throws StoreException {
        for (Step step : steps) {
            long place = step.entry().sequence();
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
