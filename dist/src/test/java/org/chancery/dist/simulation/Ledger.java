package org.chancery.dist.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.MessageReference;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;

/// What the relay has called durable, as somebody knows who sees everything: each thing once, in the order of the
/// log, and what the log has lost of it with its disk.
final class Ledger {
    /// Where something lies in the relay's log.
    record Place(ConversationId conversation, long sequence) {}

    /// Something that the relay has called durable.
    sealed interface Kept {
        /// By which it is told from others.
        default Object name() {
            return this;
        }
    }

    /// A letter, and for whom it was taken.
    ///
    /// @param readers as of when it was taken first
    /// @param log how often the log had been restored then
    record Taken(Place place, MessageReference letter, Digest hash, Set<DeviceId> readers, int log) implements Kept {
        @Override
        public Object name() {
            return List.of(place, letter, hash);
        }
    }

    /// A change of a room's members.
    ///
    /// @param act what it does; empty for the one that makes the room
    record Changed(ConversationId room, Digest hash, Address actor, Optional<Act> act) implements Kept {
        static Changed of(Amendment amendment) {
            Optional<Act> act = amendment.entry() instanceof MembershipEntry.Change change
                    ? Optional.of(change.act())
                    : Optional.empty();
            return new Changed(amendment.room(), amendment.hash(), amendment.actor(), act);
        }

        /// Whether somebody does not belong to the room any more behind it.
        boolean ends(Address address) {
            return act.filter(did -> switch (did) {
                        case Act.Leave() -> actor.equals(address);
                        case Act.Remove(Address removed) -> removed.equals(address);
                        case Act.Invite _, Act.Accept _ -> false;
                    })
                    .isPresent();
        }
    }

    /// A key that a device receives with.
    record Key(DeviceId device, int number) implements Kept {}

    private final List<Kept> kept = new ArrayList<>();
    private final Map<Object, Kept> there = new HashMap<>(); // by its name
    private final Map<Object, Kept> lost = new LinkedHashMap<>(); // by its name
    private final Map<MessageReference, Set<Taken>> letters = new HashMap<>();
    private int copied;
    private int restored;

    /// The relay has answered that something is durable; the same thing again has the same place.
    void keeps(Kept thing) {
        if (there.putIfAbsent(thing.name(), thing) == null) {
            kept.add(thing);
            if (thing instanceof Taken letter) {
                letters.computeIfAbsent(letter.letter(), _ -> new HashSet<>()).add(letter);
            }
        }
    }

    /// A copy of the log has been made.
    void copied() {
        copied = kept.size();
    }

    /// The log is the copy again: what came after it is lost.
    void restored() {
        List<Kept> gone = kept.subList(copied, kept.size());
        for (Kept thing : gone) {
            there.remove(thing.name());
            lost.put(thing.name(), thing);
        }
        gone.clear();
        restored++;
    }

    /// The letters that are in the log.
    List<Taken> taken() {
        return kept.stream()
                .filter(Taken.class::isInstance)
                .map(Taken.class::cast)
                .toList();
    }

    /// Every letter that was ever taken under this number: one, unless the log has lost one.
    Set<Taken> ever(MessageReference letter) {
        return letters.getOrDefault(letter, Set.of());
    }

    /// Whether this very thing is in the log.
    boolean has(Kept thing) {
        return there.containsKey(thing.name());
    }

    /// Whether the log has lost this very thing at some time; it may have been given it once more.
    boolean hasLost(Kept thing) {
        return lost.containsKey(thing.name());
    }

    /// Whether the log has lost the entry by which somebody left a room, or was removed.
    boolean hasLostEnd(ConversationId room, Address of) {
        return lost.values().stream()
                .anyMatch(thing ->
                        thing instanceof Changed change && change.room().equals(room) && change.ends(of));
    }

    /// Whether the log has lost a change of a room's members.
    boolean hasLostChange(ConversationId room) {
        return lost.values().stream()
                .anyMatch(thing ->
                        thing instanceof Changed change && change.room().equals(room));
    }

    /// Whether the log has lost which key a device receives with.
    boolean hasLostKey(DeviceId device) {
        return lost.values().stream()
                .anyMatch(thing -> thing instanceof Key key && key.device().equals(device));
    }

    /// How often the log has become an earlier one.
    int restorations() {
        return restored;
    }
}
