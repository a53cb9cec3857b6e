package org.chancery.client.engine;

import java.util.Optional;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Line;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.name.Address;
import org.chancery.protocol.membership.Membership;

/// Where a letter is handed on that somebody asks for again, and whether by this person.
///
/// In a room everybody who belongs to it now reads the answer. Where somebody does who did not when the letter was
/// written, it goes to the asker alone. Then nobody sees that another has answered, and it is settled beforehand who
/// does: the author or, where that one has left or is the asker, the first by address of those who were there then and
/// are now.
final class Answerer {
    private final Desk desk;
    private final RoomBook rooms;
    private final Originals originals;

    Answerer(Desk desk, RoomBook rooms, Originals originals) {
        this.desk = desk;
        this.rooms = rooms;
        this.originals = originals;
    }

    /// Where `asker` is answered; empty where they are not, or not from here.
    ///
    /// Where the relay has lost changes of a room, what was written by them has no place in the record any more by
    /// which its readers could verify it, and nobody can say who was there.
    Optional<Party> where(Address asker, StoredLine held) throws StoreException {
        Line line = held.line();
        if (!line.party().isRoom()) {
            return Optional.of(line.party());
        }
        Optional<Room> room = rooms.find(line.conversation());
        Optional<Membership> then = then(line);
        if (room.isEmpty() || then.isEmpty() || !then.get().members().containsKey(asker)) {
            return Optional.empty();
        }
        if (!originals.membershipHead(held).equals(Optional.of(then.get().head()))) {
            return Optional.empty();
        }
        if (isForAll(line)) {
            return Optional.of(line.party());
        }
        Membership now = room.get().membership();
        Optional<Address> first =
                now.members().containsKey(line.from()) && !line.from().equals(asker)
                        ? Optional.of(line.from())
                        : now.members().keySet().stream()
                                .filter(one -> !one.equals(asker)
                                        && then.get().members().containsKey(one))
                                .findFirst();
        boolean own = asker.equals(desk.self()); // who asks their own devices
        return now.members().containsKey(asker) && (own || first.equals(Optional.of(desk.self())))
                ? Optional.of(desk.person(asker))
                : Optional.empty();
    }

    /// Whether everybody who would read it was there when it was written.
    boolean isForAll(Line line) throws StoreException {
        if (!line.party().isRoom()) {
            return true;
        }
        Optional<Room> room = rooms.find(line.conversation());
        Optional<Membership> then = then(line);
        return room.isPresent()
                && then.isPresent()
                && then.get()
                        .members()
                        .keySet()
                        .containsAll(room.get().membership().members().keySet());
    }

    private Optional<Membership> then(Line line) throws StoreException {
        Optional<Room> room = rooms.find(line.conversation());
        return room.isPresent() && line.sequence().isPresent()
                ? room.get().at(line.sequence().getAsLong())
                : Optional.empty();
    }
}
