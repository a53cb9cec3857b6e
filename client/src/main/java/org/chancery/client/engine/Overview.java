package org.chancery.client.engine;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.RoomView;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Body;

/// What the audience sees of all conversations: every message as it is stored or changes, the contacts, and the rooms.
///
/// The lists are for any thread; all else for the engine's.
final class Overview {
    /// More unread messages than these are shown as these.
    private static final int MAX_UNREAD = 999;

    /// @param title of a room; empty for none
    private record Summary(Optional<Message> last, int unread, String title) {
        static final Summary EMPTY = new Summary(Optional.empty(), 0, "");
    }

    private final Address self;
    private final MessageStore store;
    private final ContactBook book;
    private final Audience audience;
    private final Messages messages;
    private final RoomBook roomBook;
    private final Map<ConversationId, Summary> summaries = new HashMap<>();
    private final Set<Address> talkedWith = new HashSet<>();
    private volatile List<Contact> contacts = List.of();
    private volatile List<RoomView> rooms = List.of();
    private volatile Set<Address> blocked;
    private boolean stale = true;

    Overview(Address self, MessageStore store, ContactBook book, RoomBook rooms, Messages messages, Audience audience)
            throws StoreException {
        this.self = self;
        this.store = store;
        this.book = book;
        this.audience = audience;
        this.messages = messages;
        this.blocked = Set.copyOf(store.blocked().all());
        this.roomBook = rooms;
        for (Conversation conversation : store.conversations().all()) {
            summaries.put(conversation.id(), summarize(conversation));
            conversation.party().person().ifPresent(talkedWith::add);
        }
        contacts = build();
        this.rooms = buildRooms();
    }

    private Summary summarize(Conversation conversation) throws StoreException {
        List<StoredLine> last =
                isHidden(conversation.party()) ? List.of() : store.history().newest(conversation.id(), 0, 1);
        int[] unread = {0};
        store.history()
                .look(
                        conversation.id(),
                        conversation.readUpTo(),
                        MAX_UNREAD,
                        stored -> unread[0] += counts(stored.line()) ? 1 : 0);
        Optional<Message> newest = last.isEmpty() ? Optional.empty() : Optional.of(messages.of(last.getFirst()));
        return new Summary(newest, unread[0], conversation.title());
    }

    List<Contact> contacts() {
        return contacts;
    }

    List<RoomView> rooms() {
        return rooms;
    }

    /// New lines are in the store.
    void stored(List<StoredLine> stored) throws StoreException {
        for (StoredLine one : stored) {
            stored(one);
        }
    }

    /// A new line is in the store.
    void stored(StoredLine stored) throws StoreException {
        Line line = stored.line();
        if (!isTold(line)) {
            return;
        }
        Message message = messages.of(stored);
        if (!message.isShown()) {
            audience.tell(new Event.MessageStored(message));
            return;
        }
        Summary before = summaries.getOrDefault(line.conversation(), Summary.EMPTY);
        boolean isNew = counts(line) && !isRead(stored);
        int unread = Math.min(MAX_UNREAD, before.unread() + (isNew ? 1 : 0));
        boolean earlier = before.last().map(Message::id).orElse(0L) > message.id(); // it came late, to its place
        line.party().person().ifPresent(talkedWith::add);
        summaries.put(
                line.conversation(),
                new Summary(earlier ? before.last() : Optional.of(message), unread, before.title()));
        stale = true;
        audience.tell(new Event.MessageStored(message));
    }

    /// Whether a line stands before what a person has read.
    private boolean isRead(StoredLine stored) throws StoreException {
        return store.conversations()
                .find(stored.line().conversation())
                .filter(conversation -> stored.id() <= conversation.readUpTo())
                .isPresent();
    }

    /// Something happened that is no line.
    void happened(Event event) {
        audience.tell(event);
    }

    /// A message may be another because of a line that came.
    void changed(Amending.Effect effect) throws StoreException {
        changed(effect.changed());
    }

    void changed(Optional<StoredLine> stored) throws StoreException {
        if (stored.isPresent()) {
            changed(stored.get());
        }
    }

    /// A line in the store is another than before.
    void changed(StoredLine stored) throws StoreException {
        if (!isTold(stored.line())) {
            return;
        }
        Message message = messages.of(stored);
        summaries.computeIfPresent(
                stored.line().conversation(),
                (_, before) -> before.last().map(Message::id).equals(Optional.of(message.id()))
                        ? new Summary(Optional.of(message), before.unread(), before.title())
                        : before);
        stale = true;
        audience.tell(new Event.MessageChanged(message));
    }

    /// A person has seen the conversation.
    void read(ConversationId conversation) {
        summaries.computeIfPresent(conversation, (_, before) -> new Summary(before.last(), 0, before.title()));
        stale = true;
    }

    /// A person has read so far, on another device.
    void readElsewhere(Conversation conversation) throws StoreException {
        summaries.put(conversation.id(), summarize(conversation));
        stale = true;
    }

    /// What happened in a room is to be seen there, and is nothing to answer.
    private boolean counts(Line line) {
        return !line.mine() && line.note().isEmpty() && !isHidden(line.party());
    }

    /// What devices say to each other is nothing for people, and whom one has blocked is not heard.
    private boolean isTold(Line line) {
        boolean control = line.body().filter(Body.Control.class::isInstance).isPresent();
        return !control && (line.mine() || !isHidden(line.party()));
    }

    private boolean isHidden(Party party) {
        return party.person().map(blocked::contains).orElse(false);
    }

    /// Whom one has blocked. For any thread.
    Set<Address> blocked() {
        return blocked;
    }

    /// Somebody is blocked, or is not any more; the store knows.
    void blockingChanged(Address address) throws StoreException {
        blocked = Set.copyOf(store.blocked().all());
        Optional<Conversation> conversation = store.conversations().find(ConversationId.direct(self, address));
        if (conversation.isPresent()) {
            summaries.put(conversation.get().id(), summarize(conversation.get()));
        }
        stale = true;
        audience.tell(new Event.BlockingChanged(address, blocked.contains(address)));
    }

    /// Somebody joined or left a room, or it has another title.
    void roomsMayHaveChanged() {
        stale = true;
    }

    /// A room has another title.
    void titled(ConversationId room, String title) {
        Summary before = summaries.getOrDefault(room, Summary.EMPTY);
        summaries.put(room, new Summary(before.last(), before.unread(), title));
        stale = true;
    }

    /// What people call a conversation.
    String title(Party party) {
        if (party.person().isPresent()) {
            return "the conversation with " + party.person().get();
        }
        String title =
                summaries.getOrDefault(party.conversation(), Summary.EMPTY).title();
        return title.isEmpty() ? "the room " + party.conversation().hex().substring(0, 8) : "the room " + title;
    }

    /// Something about the contacts may be another than before.
    void contactsMayHaveChanged() {
        stale = true;
    }

    /// The contacts that are known by the addresses `people`.
    List<Contact> contactsOf(Set<Address> people) {
        List<Contact> found = new ArrayList<>();
        for (Address address : people) {
            Summary summary = summaries.getOrDefault(ConversationId.direct(self, address), Summary.EMPTY);
            found.add(book.contact(address, summary.last(), summary.unread()));
        }
        return found;
    }

    /// Tells of the contacts if they have changed. Called when there is a moment, so that a thousand messages make few
    /// lists.
    void flush() {
        if (!stale) {
            return;
        }
        stale = false;
        List<Contact> now = build();
        if (!now.equals(contacts)) {
            contacts = now;
            audience.tell(new Event.ContactsChanged(now));
        }
        List<RoomView> roomsNow = buildRooms();
        if (!roomsNow.equals(rooms)) {
            rooms = roomsNow;
            audience.tell(new Event.RoomsChanged(roomsNow));
        }
    }

    private List<RoomView> buildRooms() {
        List<RoomView> views = new ArrayList<>();
        for (Room room : roomBook.all()) {
            if (state(room) == RoomView.State.LEFT && !summaries.containsKey(room.id())) {
                continue; // its record has come as far only as where this person is not in it yet
            }
            Summary summary = summaries.getOrDefault(room.id(), Summary.EMPTY);
            views.add(new RoomView(
                    room.id(),
                    summary.title(),
                    state(room),
                    room.membership().members(),
                    room.membership().invited(),
                    summary.last(),
                    summary.unread()));
        }
        views.sort(Comparator.comparing(RoomView::title)
                .thenComparing(view -> view.id().hex()));
        return views;
    }

    private RoomView.State state(Room room) {
        if (room.belongs(self)) {
            return RoomView.State.MEMBER;
        }
        return room.membership().invited().containsKey(self) ? RoomView.State.INVITED : RoomView.State.LEFT;
    }

    private List<Contact> build() {
        Set<Address> people = new TreeSet<>(book.addresses());
        people.addAll(talkedWith);
        people.remove(self);
        return contactsOf(people);
    }
}
