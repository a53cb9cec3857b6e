package org.chancery.client.ui;

import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.chat.SelfView;
import org.chancery.client.chat.Trust;
import org.chancery.client.engine.Engine;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Everything the window shows, without the window: events in, [Change]s out, and the acts a person can do.
///
/// Lives on the event thread. The store is read on `background` alone, so a slow disk never holds up the window.
final class ChatModel implements Consumer<Event> {
    private static final Logger LOG = LoggerFactory.getLogger(ChatModel.class);
    /// Messages shown when a conversation opens, and by how much that grows each time its beginning is reached.
    static final int FIRST_MESSAGES = 250;

    private static final int MORE = 4;

    private static final Event.Problem UNREADABLE = new Event.Problem(
            ProblemKind.STORE, "What was said before cannot be read from the disk.", Optional.of("The log says why."));

    private final Messenger messenger;
    private final Times times;
    private final Executor background;
    private final Executor eventThread;
    private final ContactListModel people;
    private final List<Consumer<Change>> listeners = new ArrayList<>();
    private ConnectionState connection = new ConnectionState.Offline("not started", Optional.empty());
    private @Nullable ConversationModel conversation;
    private Event.@Nullable Problem problem;
    private boolean watched = true;

    ChatModel(Messenger messenger, Times times, Executor background, Executor eventThread) {
        this.messenger = messenger;
        this.times = times;
        this.background = background;
        this.eventThread = eventThread;
        this.people = new ContactListModel(times);
    }

    void onChange(Consumer<Change> listener) {
        listeners.add(listener);
    }

    /// Begins to listen. How things stand is among the first that is told.
    ///
    /// @return closed when nobody looks any more
    Engine.Subscription start() {
        return messenger.subscribe(new EventBridge(eventThread, this));
    }

    SelfView self() {
        return messenger.self();
    }

    ContactListModel people() {
        return people;
    }

    Optional<ConversationModel> conversation() {
        return Optional.ofNullable(conversation);
    }

    ConnectionLine connection() {
        return ConnectionLine.of(connection, times);
    }

    boolean online() {
        return connection instanceof ConnectionState.Online;
    }

    Optional<Event.Problem> problem() {
        return Optional.ofNullable(problem);
    }

    Times times() {
        return times;
    }

    @Override
    public void accept(Event event) {
        switch (event) {
            case Event.ConnectionChanged(ConnectionState state) -> {
                connection = state;
                tell(Change.CONNECTION);
                tell(Change.CONTACT);
            }
            case Event.ContactsChanged(List<Contact> contacts) -> contacts(contacts);
            case Event.MessageStored(Message message) -> stored(message);
            case Event.MessageChanged(Message message) -> put(message);
            case Event.PeopleFound(String prefix, List<Contact> found) -> {
                people.found(prefix, found);
                tell(Change.PEOPLE);
            }
            case Event.MessageGone(ConversationId id, long message) -> gone(id, message);
            case Event.BlockingChanged(Address address, boolean _) -> reload(address);
            case Event.HistoryHandedOver _,
                    Event.DirectoryListed _,
                    Event.RoomsChanged _,
                    Event.RoomActed _,
                    Event.DraftChanged _,
                    Event.ReadBy _,
                    Event.OwnDevicesChanged _,
                    Event.DeviceActed _,
                    Event.Verified _,
                    Event.TrustActed _,
                    Event.TransferChanged _ -> {}
            case Event.Problem raised -> {
                problem = raised;
                tell(Change.PROBLEM);
            }
        }
    }

    /// Shows the conversation with `address`; ignored for somebody neither the contacts nor the directory has named.
    void open(Address address) {
        if (conversation != null && conversation.contact().address().equals(address)) {
            return;
        }
        people.contact(address).ifPresent(contact -> {
            conversation = new ConversationModel(contact, times, FIRST_MESSAGES);
            people.open(address);
            messenger.submit(new Command.OpenConversation(party(address)));
            load(conversation);
            tell(Change.SELECTION);
        });
    }

    /// Fetches what was said before the first line shown, if there is more.
    void earlier() {
        if (conversation != null && !conversation.complete() && !conversation.loading()) {
            conversation.widen(MORE);
            load(conversation);
        }
    }

    /// Sends `text` to whom the conversation is with.
    ///
    /// @return whether it was handed over; what is blank, too long or cannot be sent now stays where it was typed
    boolean send(String text) {
        if (conversation == null || !composing().open() || text.isBlank() || text.length() > Command.MAX_TEXT_LENGTH) {
            return false;
        }
        Address to = conversation.contact().address();
        people.draft(to, "");
        messenger.submit(new Command.SendText(party(to), text.strip()));
        tell(Change.PEOPLE);
        return true;
    }

    /// Keeps what has been typed for when the person comes back to this conversation.
    void draft(String text) {
        if (conversation != null) {
            people.draft(conversation.contact().address(), text);
        }
    }

    /// Narrows the list and asks the directory: for the address typed, and for everyone, among whom a name may match.
    void search(String text) {
        boolean begins = !people.searching();
        people.query(text);
        if (people.searching()) {
            if (begins) {
                messenger.submit(new Command.FindPeople(""));
            }
            messenger.submit(new Command.FindPeople(text.strip()));
        }
        tell(Change.PEOPLE);
    }

    void retry() {
        messenger.submit(new Command.RetryNow());
    }

    void dismissProblem() {
        problem = null;
        tell(Change.PROBLEM);
    }

    /// Whether somebody looks: what arrives while nobody does stays unread.
    void watched(boolean looking) {
        watched = looking;
        if (looking && conversation != null && conversation.contact().unread() > 0) {
            messenger.submit(
                    new Command.OpenConversation(party(conversation.contact().address())));
        }
    }

    Composing composing() {
        if (conversation == null) {
            return Composing.closed("Choose somebody to write to");
        }
        if (connection instanceof ConnectionState.Ended ended) {
            return Composing.closed(ended.sentence());
        }
        Contact contact = conversation.contact();
        String name = firstName(contact);
        if (contact.trust() == Trust.REVOKED) {
            return Composing.closed("The certificate of " + name + " is revoked: nothing can be sent");
        }
        if (contact.trust() == Trust.EXPIRED) {
            return Composing.closed(
                    "The certificate of " + name + " has expired: nothing can be sent until it is renewed");
        }
        return new Composing(
                true, "Message " + name, online() ? "" : "Offline: what you write waits and goes out by itself");
    }

    private void contacts(List<Contact> changed) {
        people.contacts(changed);
        if (conversation != null) {
            people.contact(conversation.contact().address()).ifPresent(conversation::contact);
            tell(Change.CONTACT);
            tell(Change.LINES);
        }
        tell(Change.PEOPLE);
    }

    private void stored(Message message) {
        put(message);
        if (watched && shows(message) && !message.mine()) {
            messenger.submit(new Command.OpenConversation(message.party()));
        }
    }

    private void put(Message message) {
        if (conversation != null && shows(message)) {
            conversation.put(message);
            tell(Change.LINES);
        }
    }

    private void gone(ConversationId id, long message) {
        if (conversation != null
                && id.equals(party(conversation.contact().address()).conversation())) {
            conversation.remove(message);
            tell(Change.LINES);
        }
    }

    /// Somebody is not shown any more, or again.
    private void reload(Address address) {
        if (conversation != null && conversation.contact().address().equals(address)) {
            conversation.clear();
            load(conversation);
            tell(Change.LINES);
        }
    }

    private boolean shows(Message message) {
        return conversation != null
                && message.with().equals(Optional.of(conversation.contact().address()));
    }

    private void load(ConversationModel asked) {
        asked.loading(true);
        Address with = asked.contact().address();
        int limit = asked.limit();
        background.execute(() -> {
            try {
                List<Message> stored = messenger.messages(party(with), limit);
                eventThread.execute(() -> loaded(asked, stored));
            } catch (UncheckedIOException unreadable) {
                LOG.error("the messages with {} cannot be read", with, unreadable);
                eventThread.execute(() -> accept(UNREADABLE));
            }
        });
    }

    private void loaded(ConversationModel asked, List<Message> stored) {
        asked.loaded(stored);
        if (asked == conversation) {
            tell(Change.LINES);
        }
    }

    private Party party(Address other) {
        return Party.person(messenger.self().address(), other);
    }

    private void tell(Change change) {
        listeners.forEach(listener -> listener.accept(change));
    }

    /// `Bob` of `Bob Keller`; the whole address where the certificate names nobody.
    private static String firstName(Contact contact) {
        return contact.displayName().strip().split(" ", 2)[0];
    }
}
