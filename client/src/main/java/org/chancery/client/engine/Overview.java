package org.chancery.client.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;

/// What the audience sees of all conversations: every message as it is stored or changes, and the list of contacts.
///
/// The list is for any thread; all else for the engine's.
final class Overview {
    /// More unread messages than these are shown as these.
    private static final int MAX_UNREAD = 9_999;

    /// More different problems than these on one connection are somebody's doing, and tell nothing new.
    private static final int MAX_PROBLEMS = 1_000;

    private record Summary(Optional<Message> last, int unread) {
        static final Summary EMPTY = new Summary(Optional.empty(), 0);
    }

    private final Address self;
    private final MessageStore store;
    private final ContactBook book;
    private final Audience audience;
    private final Map<Address, Summary> summaries = new HashMap<>();
    private volatile List<Contact> contacts = List.of();
    private final Set<String> toldProblems = new HashSet<>();
    private boolean stale = true;

    Overview(Address self, MessageStore store, ContactBook book, Audience audience) throws StoreException {
        this.self = self;
        this.store = store;
        this.book = book;
        this.audience = audience;
        for (Conversation conversation : store.conversations().all()) {
            if (conversation.id().equals(ConversationId.direct(self, conversation.with()))) {
                summaries.put(conversation.with(), summarize(conversation));
            }
        }
        contacts = build();
    }

    private Summary summarize(Conversation conversation) throws StoreException {
        List<StoredLine> last = store.history().newest(conversation.id(), 0, 1);
        List<StoredLine> since = store.history().newest(conversation.id(), conversation.readUpTo(), MAX_UNREAD);
        int unread =
                (int) since.stream().filter(stored -> !stored.line().mine()).count();
        return new Summary(last.stream().findFirst().map(Messages::of), unread);
    }

    List<Contact> contacts() {
        return contacts;
    }

    /// A new line is in the store.
    void stored(StoredLine stored) {
        Message message = Messages.of(stored);
        Line line = stored.line();
        Summary before = summaries.getOrDefault(line.with(), Summary.EMPTY);
        int unread = Math.min(MAX_UNREAD, before.unread() + (line.mine() ? 0 : 1));
        summaries.put(line.with(), new Summary(Optional.of(message), unread));
        stale = true;
        audience.tell(new Event.MessageStored(message));
    }

    /// A line in the store is another than before.
    void changed(StoredLine stored) {
        Message message = Messages.of(stored);
        summaries.computeIfPresent(
                stored.line().with(),
                (_, before) -> before.last().map(Message::id).equals(Optional.of(message.id()))
                        ? new Summary(Optional.of(message), before.unread())
                        : before);
        stale = true;
        audience.tell(new Event.MessageChanged(message));
    }

    /// A person has seen the conversation with `with`.
    void read(Address with) {
        summaries.computeIfPresent(with, (_, before) -> new Summary(before.last(), 0));
        stale = true;
    }

    /// Something about the contacts may be another than before.
    void contactsMayHaveChanged() {
        stale = true;
    }

    /// Tells of a problem, once on each connection.
    void problem(ProblemKind kind, String sentence, Optional<String> action) {
        if (toldProblems.size() >= MAX_PROBLEMS || !toldProblems.add(sentence)) {
            return;
        }
        audience.tell(new Event.Problem(kind, sentence, action));
    }

    /// There is a new connection: what is still wrong is told again.
    void forgetProblems() {
        toldProblems.clear();
    }

    /// The contacts that are known by the addresses `people`.
    List<Contact> contactsOf(Set<Address> people) {
        List<Contact> found = new ArrayList<>();
        for (Address address : people) {
            Summary summary = summaries.getOrDefault(address, Summary.EMPTY);
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
    }

    private List<Contact> build() {
        Set<Address> people = new TreeSet<>(book.addresses());
        people.addAll(summaries.keySet());
        people.remove(self);
        return contactsOf(people);
    }
}
