package org.chancery.protocol.membership;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.protocol.membership.MembershipEntry.Act;

/// Where a room stands after some entry: who belongs to it, who is invited, and which entry that was. Immutable.
/// Whoever applies the same entries comes to the same membership; an entry either applies as a whole or is refused
/// by name.
///
/// Nobody becomes a member but by an [Act.Accept] of their own, except the one who creates the room.
public final class Membership {

    private final ConversationId room;
    private final Digest head;
    private final SortedMap<Address, Role> members;
    private final SortedMap<Address, Role> invited;

    /// Takes up a room where it was left: for who has kept what [#begin] and [#apply] gave.
    ///
    /// @param head hash of the last entry
    /// @throws IllegalArgumentException for somebody who is both, or members without an owner
    public Membership(ConversationId room, Digest head, Map<Address, Role> members, Map<Address, Role> invited) {
        if (!members.isEmpty() && !members.containsValue(Role.OWNER)) {
            throw new IllegalArgumentException("a room without an owner");
        }
        if (!Collections.disjoint(members.keySet(), invited.keySet())) {
            throw new IllegalArgumentException("somebody is a member and invited");
        }
        this.room = room;
        this.head = head;
        this.members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        this.invited = Collections.unmodifiableSortedMap(new TreeMap<>(invited));
    }

    /// The room that an entry creates.
    ///
    /// @throws MembershipException [MembershipFailure#NOT_THE_BEGINNING]
    public static Membership begin(Amendment create) throws MembershipException {
        if (!(create.entry() instanceof MembershipEntry.Create)) {
            throw new MembershipException(MembershipFailure.NOT_THE_BEGINNING, "a room begins with a create");
        }
        return new Membership(create.room(), create.hash(), Map.of(create.actor(), Role.OWNER), Map.of());
    }

    /// The room after one entry more.
    ///
    /// @param bounds how large it may become
    /// @throws MembershipException any [MembershipFailure] but MALFORMED; STALE only to who belongs here or is
    /// invited
    public Membership apply(Amendment amendment, MembershipBounds bounds) throws MembershipException {
        if (!(amendment.entry() instanceof MembershipEntry.Change change)) {
            throw refused(MembershipFailure.NOT_THE_BEGINNING, "the room has begun");
        }
        if (!change.room().equals(room)) {
            throw refused(MembershipFailure.OTHER_ROOM, "the entry is for another room");
        }
        Address actor = amendment.actor();
        if (ended()) {
            throw refused(MembershipFailure.ENDED, "everybody has left");
        }
        if (!knows(actor)) {
            throw refused(MembershipFailure.NOT_A_MEMBER, actor + " is no member and not invited");
        }
        if (!change.predecessor().equals(head)) {
            throw refused(MembershipFailure.STALE, "the entry does not follow the last one");
        }
        SortedMap<Address, Role> then = new TreeMap<>(members);
        SortedMap<Address, Role> open = new TreeMap<>(invited);
        switch (change.act()) {
            case Act.Invite(Address address, Role role) -> {
                requireOwner(actor);
                requireRoomFor(address, bounds);
                open.put(address, role);
            }
            case Act.Accept() -> {
                Role role = open.remove(actor);
                if (role == null) {
                    throw refused(MembershipFailure.NOT_INVITED, actor + " has no invitation");
                }
                then.put(actor, role);
            }
            case Act.Leave() -> {
                requireAnotherOwner(actor);
                open.remove(actor);
                then.remove(actor);
                if (then.isEmpty()) {
                    open.clear();
                }
            }
            case Act.Remove(Address address) -> {
                requireOwner(actor);
                if (address.equals(actor)) {
                    throw refused(MembershipFailure.ONESELF, "who goes leaves");
                }
                if (then.remove(address) == null && open.remove(address) == null) {
                    throw refused(MembershipFailure.NO_SUCH_MEMBER, address + " is no member and not invited");
                }
            }
        }
        return new Membership(room, amendment.hash(), then, open);
    }

    private void requireOwner(Address actor) throws MembershipException {
        if (members.get(actor) != Role.OWNER) {
            throw refused(MembershipFailure.NOT_AN_OWNER, actor + " does not own the room");
        }
    }

    private void requireRoomFor(Address address, MembershipBounds bounds) throws MembershipException {
        if (members.containsKey(address)) {
            throw refused(MembershipFailure.ALREADY_A_MEMBER, address + " is a member");
        }
        if (invited.containsKey(address)) {
            throw refused(MembershipFailure.ALREADY_INVITED, address + " is invited");
        }
        if (members.size() + invited.size() >= bounds.members()) {
            throw refused(MembershipFailure.ROOM_FULL, "at most " + bounds.members() + " people in a room");
        }
        if (invited.size() >= bounds.invitations()) {
            throw refused(
                    MembershipFailure.TOO_MANY_INVITATIONS, "at most " + bounds.invitations() + " open invitations");
        }
    }

    private void requireAnotherOwner(Address leaving) throws MembershipException {
        boolean another = members.entrySet().stream()
                .anyMatch(member ->
                        member.getValue() == Role.OWNER && !member.getKey().equals(leaving));
        if (members.get(leaving) == Role.OWNER && !another && members.size() > 1) {
            throw refused(MembershipFailure.LAST_OWNER, "the last owner leaves last");
        }
    }

    private static MembershipException refused(MembershipFailure failure, String message) {
        return new MembershipException(failure, message);
    }

    /// The entry to sign so that it follows the last one.
    public MembershipEntry.Change next(Act act) {
        return new MembershipEntry.Change(room, head, act);
    }

    public ConversationId room() {
        return room;
    }

    /// Hash of the last entry: what a seal names, and the next entry's predecessor.
    public Digest head() {
        return head;
    }

    /// Who belongs here, in order.
    public SortedMap<Address, Role> members() {
        return members;
    }

    /// Who is asked in and has not answered, and as what.
    public SortedMap<Address, Role> invited() {
        return invited;
    }

    /// Whether somebody may see the record: belongs here or is invited.
    public boolean knows(Address address) {
        return members.containsKey(address) || invited.containsKey(address);
    }

    /// Nobody belongs here, and nobody ever will again.
    public boolean ended() {
        return members.isEmpty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Membership that
                && room.equals(that.room)
                && head.equals(that.head)
                && members.equals(that.members)
                && invited.equals(that.invited);
    }

    @Override
    public int hashCode() {
        return 31 * room.hashCode() + head.hashCode();
    }

    @Override
    public String toString() {
        return "Membership[" + room.hex() + " at " + head + ", " + members + ", invited " + invited + "]";
    }
}
