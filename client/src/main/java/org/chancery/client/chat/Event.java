package org.chancery.client.chat;

import java.util.List;
import java.util.Optional;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// What the messenger tells those who subscribed, on its one thread and in the order in which it happened.
public sealed interface Event {
    /// The connection to the relay is now in this state.
    record ConnectionChanged(ConnectionState state) implements Event {}

    /// The contacts, whole and sorted by address: somebody is new, came, went, renewed, or was revoked.
    record ContactsChanged(List<Contact> contacts) implements Event {
        public ContactsChanged {
            contacts = List.copyOf(contacts);
        }
    }

    /// The rooms, whole and in the order of their titles: somebody joined or left, or one has another title.
    record RoomsChanged(List<RoomView> rooms) implements Event {
        public RoomsChanged {
            rooms = List.copyOf(rooms);
        }
    }

    /// What became of something that was to be done to a room.
    ///
    /// @param room the one it was done to; empty where it was not
    /// @param failure why it was not done, as a sentence
    record RoomActed(Command.RoomAct act, Optional<ConversationId> room, Optional<String> failure) implements Event {}

    /// A message has just been committed to the store: one's own, queued; or somebody's, received.
    record MessageStored(Message message) implements Event {}

    /// A message that was stored before changed its state, e.g. the relay has it durably.
    record MessageChanged(Message message) implements Event {}

    /// A message that was stored before is not there any more: what it said is missing has come.
    record MessageGone(ConversationId conversation, long id) implements Event {}

    /// Somebody's messages are not shown from now on, or are shown again.
    record BlockingChanged(Address address, boolean blocked) implements Event {}

    /// Words not sent yet have been written in a conversation on another device of one's own; empty: there are none any
    /// more.
    record DraftChanged(Party party, String text) implements Event {
        @Override
        public String toString() {
            return "DraftChanged[" + party + "]";
        }
    }

    /// Somebody has read a conversation.
    ///
    /// @param upTo a place of the relay's log
    record ReadBy(Party party, Address reader, long upTo) implements Event {}
    /// A file that is sent or fetched has come further, or to its end.
    record TransferChanged(FileTransfer transfer) implements Event {}

    /// The directory's answer to [Command.FindPeople].
    record PeopleFound(String prefix, List<Contact> people) implements Event {
        public PeopleFound {
            people = List.copyOf(people);
        }
    }

    /// The directory's answer to [Command.ListDirectory], judged here, in the order of addresses.
    ///
    /// @param more there are others, whom a longer prefix would find
    record DirectoryListed(String prefix, List<Listing> listings, boolean more) implements Event {
        public DirectoryListed {
            listings = List.copyOf(listings);
        }
    }

    /// One's own devices are others, another one waits to be approved, or this one does.
    record OwnDevicesChanged(DevicesView devices) implements Event {}

    /// What became of something that was to be done to one's own devices.
    ///
    /// @param failure why it was not done, as a sentence
    record DeviceActed(Command.DeviceAct act, Optional<String> failure) implements Event {}

    /// Messages have been handed to a new device of one's own.
    ///
    /// @param letters how many, up to now
    /// @param done whether these are all, and the relay has them
    record HistoryHandedOver(DeviceId device, int letters, boolean done) implements Event {}

    /// The answer to [Command.Verify].
    record Verified(Verification verification) implements Event {}

    /// What became of what a person decided about somebody's device chain, here or on another device of theirs.
    ///
    /// @param failure why it was not done, as a sentence
    record TrustActed(Command.TrustAct act, Optional<String> failure) implements Event {}

    /// Something a person should know: one sentence, and one thing to do about it where there is one.
    record Problem(ProblemKind kind, String sentence, Optional<String> action) implements Event {}
}
