package org.chancery.client.room;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.client.store.RoomEntries;
import org.chancery.client.store.RoomEntry;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.MembershipBounds;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipException;

/// Every room that this client knows, and what its members have made of it. For the engine's thread.
///
/// The relay hands entries over and can put none in: each was signed by somebody whom the room, as it stood before,
/// allowed to do what it says, and names the one before it.
public final class RoomBook {
    /// What became of an entry.
    public sealed interface Step {
        /// It is the room's last from now on.
        record Applied(Room room, Amendment amendment) implements Step {}

        /// It was applied before.
        record Known(Room room) implements Step {}

        /// Entries before it have not been seen: those behind the place `after` are to be asked for.
        record Behind(long after) implements Step {}

        /// It follows `after`, which another entry follows already: two histories.
        record Forked(Digest after) implements Step {}

        /// The room does not allow it, so whoever shows it here is not to be believed.
        record Refused(String why) implements Step {}
    }

    private final RoomEntries store;
    private final Map<ConversationId, Room> rooms = new LinkedHashMap<>();

    public RoomBook(RoomEntries store) throws StoreException {
        this.store = store;
        for (Map.Entry<ConversationId, List<RoomEntry>> kept : store.all().entrySet()) {
            if (!kept.getValue().stream().allMatch(RoomEntry::isLost)) {
                rooms.put(kept.getKey(), Room.kept(kept.getValue()));
            }
        }
    }

    public Optional<Room> find(ConversationId id) {
        return Optional.ofNullable(rooms.get(id));
    }

    /// Whether an entry is one of this room's, and has been applied.
    public boolean has(ConversationId id, Digest entry) {
        return find(id).flatMap(room -> room.find(entry)).isPresent();
    }

    public Collection<Room> all() {
        return rooms.values();
    }

    /// Takes an entry that its signer is known to have signed, and keeps it where it follows the last.
    public Step take(Amendment amendment, long sequence, Instant acceptedAt) throws StoreException {
        RoomEntry entry = new RoomEntry(sequence, acceptedAt, amendment);
        Room room = rooms.get(amendment.room());
        if (room == null) {
            return amendment.entry() instanceof MembershipEntry.Create ? begin(entry) : new Step.Behind(0);
        }
        Optional<RoomEntry> known = room.find(amendment.hash());
        if (known.isPresent()) {
            if (!known.get().isAt(sequence, acceptedAt)) {
                store.put(entry);
                room.moved(entry);
            }
            return new Step.Known(room);
        }
        boolean follows = amendment.entry() instanceof MembershipEntry.Change change
                && change.predecessor().equals(room.membership().head());
        return follows ? apply(room, entry) : behind(room, amendment);
    }

    /// The relay's log, restored from a copy, has this entry as a room's last.
    ///
    /// @return what it has lost, in its order
    public List<RoomEntry> cutBack(ConversationId id, Digest last) throws StoreException {
        Room room = find(id).orElseThrow();
        List<RoomEntry> lost = room.cutBack(last);
        for (RoomEntry entry : lost) {
            store.put(entry);
        }
        return lost;
    }

    /// The relay's log has lost the whole room. It cannot be made again: its id is that of its first entry.
    public void lose(ConversationId id) throws StoreException {
        Room room = find(id).orElseThrow();
        for (RoomEntry entry : room.entries()) {
            store.put(entry.lost());
        }
        rooms.remove(id);
    }

    private Step begin(RoomEntry create) throws StoreException {
        try {
            Room room = Room.begun(create);
            store.put(create);
            rooms.put(room.id(), room);
            return new Step.Applied(room, create.amendment());
        } catch (MembershipException e) {
            return new Step.Refused(e.getMessage() + " (" + e.failure() + ")");
        }
    }

    private Step apply(Room room, RoomEntry entry) throws StoreException {
        try {
            Membership after = room.membership().apply(entry.amendment(), MembershipBounds.PROTOCOL);
            store.put(entry);
            room.apply(entry, after);
            return new Step.Applied(room, entry.amendment());
        } catch (MembershipException e) {
            return new Step.Refused(e.getMessage() + " (" + e.failure() + ")");
        }
    }

    /// What follows an entry that is not the last one, though all up to that are known, is a second history.
    private static Step behind(Room room, Amendment amendment) {
        return switch (amendment.entry()) {
            case MembershipEntry.Create _ -> new Step.Refused("the room has begun with another entry");
            case MembershipEntry.Change change ->
                room.find(change.predecessor()).isPresent()
                        ? new Step.Forked(change.predecessor())
                        : new Step.Behind(room.sequence());
        };
    }
}
