package org.chancery.client.terminal;

import java.util.List;
import java.util.function.Consumer;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.RoomView;
import org.chancery.client.engine.Engine;
import org.chancery.client.store.Party;
import org.chancery.pki.name.Address;

/// What comes from others, each message once: first what was not read before, then what comes in, in order. What has
/// been handed over is read. On the engine's thread.
public final class Feed implements Consumer<Event> {
    /// Takes a message and what its conversation is called.
    public interface Reader {
        void read(Message message, String title);
    }

    private final Engine engine;
    private final Reader reader;
    private List<Contact> contacts = List.of();
    private List<RoomView> rooms = List.of();
    private boolean contactsSeen;
    private boolean roomsSeen;

    public Feed(Engine engine, Reader reader) {
        this.engine = engine;
        this.reader = reader;
    }

    @Override
    public void accept(Event event) {
        switch (event) {
            case Event.ContactsChanged(List<Contact> now) -> {
                contacts = now;
                if (!contactsSeen) {
                    // The first event of a subscription: what is in the store now is all that no event will tell of.
                    contactsSeen = true;
                    now.forEach(contact -> catchUp(engine.person(contact.address()), contact.unread()));
                }
            }
            case Event.RoomsChanged(List<RoomView> now) -> {
                rooms = now;
                if (!roomsSeen) {
                    roomsSeen = true;
                    now.forEach(room -> catchUp(Party.room(room.id()), room.unread()));
                }
            }
            case Event.MessageStored(Message message) -> show(message);
            case Event.MessageChanged _,
                    Event.MessageGone _,
                    Event.BlockingChanged _,
                    Event.DraftChanged _,
                    Event.ReadBy _,
                    Event.ConnectionChanged _,
                    Event.PeopleFound _,
                    Event.HistoryHandedOver _,
                    Event.DirectoryListed _,
                    Event.RoomActed _,
                    Event.OwnDevicesChanged _,
                    Event.DeviceActed _,
                    Event.Verified _,
                    Event.TrustActed _,
                    Event.TransferChanged _,
                    Event.Problem _ -> {}
        }
    }

    private void catchUp(Party party, int unread) {
        if (unread > 0) {
            engine.last(party, unread, this::show);
        }
    }

    private void show(Message message) {
        // One's own from this device are no news; from another device they have the relay's time.
        if (message.mine() && message.receivedAt().isEmpty()) {
            return;
        }
        reader.read(message, title(message.party()));
        engine.submit(new Command.OpenConversation(message.party()));
    }

    private String title(Party party) {
        if (party.person().isEmpty()) {
            return rooms.stream()
                    .filter(room -> room.id().equals(party.conversation()))
                    .findFirst()
                    .map(RoomView::title)
                    .orElse("");
        }
        Address with = party.person().get();
        return contacts.stream()
                .filter(contact -> contact.address().equals(with))
                .findFirst()
                .map(Contact::displayName)
                .orElse(with.value());
    }
}
