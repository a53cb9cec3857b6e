package org.chancery.client.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.name.Address;
import org.chancery.pki.sealing.RecipientKey;

/// Says who reads what is written in a conversation: its people by what they have signed, their devices by the
/// directory and by our own judgement.
final class Circle {
    /// What can be said of it now.
    sealed interface Answer {
        record Known(Readership readership) implements Answer {}

        /// The directory has to be asked about these first.
        record Unlisted(Set<Address> people) implements Answer {}

        /// These have come, and are about to begin their device chains: in a moment.
        record NotYet(Set<Address> people) implements Answer {}

        /// Nothing can be written here, and why, as a sentence.
        record Closed(String sentence) implements Answer {}

        /// Nobody can read, by what the directory has said, and why, as a sentence.
        record Nobody(String sentence) implements Answer {}

        /// The room's record has to be shown first.
        record Unsure() implements Answer {}

        /// That cannot be said without newer revocation lists.
        record Undecided(String sentence) implements Answer {}
    }

    private final Desk desk;
    private final ContactBook book;
    private final RoomBook rooms;
    private final Predicate<ConversationId> unsure;

    /// @param unsure whether who belongs to a room has to be looked up anew
    Circle(Desk desk, ContactBook book, RoomBook rooms, Predicate<ConversationId> unsure) {
        this.desk = desk;
        this.book = book;
        this.rooms = rooms;
        this.unsure = unsure;
    }

    /// Everybody in it.
    Set<Address> people(Party party) {
        if (party.person().isPresent()) {
            return new LinkedHashSet<>(Arrays.asList(party.person().get(), desk.self()));
        }
        return rooms.find(party.conversation())
                .map(room -> room.membership().members().keySet())
                .orElse(Set.of());
    }

    Answer of(Party party) throws StoreException {
        if (!party.isRoom()) {
            return of(people(party), Digest.NONE);
        }
        Optional<Room> room = rooms.find(party.conversation());
        if (room.isEmpty() || !room.get().belongs(desk.self())) {
            return new Answer.Closed("you do not belong to this room, so nothing can be written in it");
        }
        if (unsure.test(room.get().id())) {
            return new Answer.Unsure();
        }
        Set<Address> readmitted = room.get().readmitted();
        if (!readmitted.isEmpty()) {
            return new Answer.Closed("the relay has lost that " + readmitted
                    + " left this room or was removed; an owner has to remove them again before anything is written");
        }
        return of(people(party), room.get().membership().head());
    }

    private Answer of(Set<Address> people, Digest head) {
        Set<Address> unlisted = new LinkedHashSet<>(people);
        unlisted.removeIf(book::isListed);
        if (!unlisted.isEmpty()) {
            return new Answer.Unlisted(unlisted);
        }
        Set<Address> beginning = new LinkedHashSet<>(people);
        beginning.removeIf(address -> !book.mayBegin(address));
        if (!beginning.isEmpty()) {
            return new Answer.NotYet(beginning);
        }
        boolean ofTwo = head.equals(Digest.NONE);
        List<SealMember> members = new ArrayList<>();
        List<RecipientKey> recipients = new ArrayList<>();
        for (Address address : people) {
            members.add(book.member(address));
            switch (book.readers(address)) {
                case Readers.Undecided(String sentence) -> {
                    return new Answer.Undecided(sentence);
                }
                case Readers.Refused(String sentence) -> {
                    return new Answer.Nobody(sentence);
                }
                case Readers.None(String sentence) -> {
                    // In a room the others can read; between two people nobody can.
                    if (ofTwo && (!address.equals(desk.self()) || people.size() == 1)) {
                        return new Answer.Nobody(sentence);
                    }
                }
                case Readers.Some(List<RecipientKey> keys) -> recipients.addAll(keys);
            }
        }
        return recipients.isEmpty()
                ? new Answer.Nobody("no device of anybody in this room can receive, so nobody could read the message")
                : new Answer.Known(new Readership(head, members, recipients));
    }
}
