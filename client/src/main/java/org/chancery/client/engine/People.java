package org.chancery.client.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.client.chat.Event;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame.DirectoryAnswer;
import org.chancery.protocol.frame.Query;

/// Finds people in the relay's directory, and notes which conversations a person looks at.
final class People {
    /// A directory's answer about a conversation that is merely looked at is good for this long.
    private static final Duration LOOKED_UP = Duration.ofSeconds(30);

    private final Desk desk;
    private final Directory directory;
    private final ContactBook book;
    private final Overview overview;
    private final Audience audience;
    private final Map<Address, Instant> lookedUp = new HashMap<>();
    private boolean online;

    People(Desk desk, Directory directory, ContactBook book, Overview overview, Audience audience) {
        this.desk = desk;
        this.directory = directory;
        this.book = book;
        this.overview = overview;
        this.audience = audience;
    }

    /// There is a connection: everyone, as far as the relay's limit goes, becomes a contact.
    void open() {
        online = true;
        directory.ask(new Query.ByPrefix("", Query.ByPrefix.MAX_LIMIT), this::learn);
    }

    /// The connection is lost.
    void close() {
        online = false;
        lookedUp.clear();
    }

    /// Answers with who is found, by [Event.PeopleFound].
    void find(String prefix) {
        if (!online) {
            found(prefix, book.addresses());
            return;
        }
        directory.ask(new Query.ByPrefix(prefix, Query.ByPrefix.MAX_LIMIT), answer -> {
            Set<Address> people = learn(answer);
            found(prefix, answer.isPresent() ? people : book.addresses());
        });
    }

    /// @return those of whom at least one entry is right
    private Set<Address> learn(Optional<DirectoryAnswer> answer) throws StoreException {
        Set<Address> people = new TreeSet<>();
        for (DirectoryEntry entry : answer.map(DirectoryAnswer::entries).orElse(List.of())) {
            if (book.learn(entry)) {
                people.add(entry.address());
            }
        }
        overview.contactsMayHaveChanged();
        return people;
    }

    private void found(String prefix, Set<Address> people) {
        Set<Address> matching = new TreeSet<>(people);
        matching.removeIf(address -> !address.value().startsWith(prefix) || address.equals(desk.self()));
        audience.tell(new Event.PeopleFound(prefix, overview.contactsOf(matching)));
    }

    /// A person looks at a conversation.
    ///
    /// @return up to which line it had been read, where there was something to read
    OptionalLong look(Party party) throws StoreException {
        OptionalLong before = OptionalLong.empty();
        Optional<Conversation> conversation = desk.store().conversations().find(party.conversation());
        List<StoredLine> newest = desk.store().history().newest(party.conversation(), 0, 1);
        if (!newest.isEmpty()
                && (conversation.isEmpty()
                        || conversation.get().readUpTo() < newest.getFirst().id())) {
            before = OptionalLong.of(conversation.map(Conversation::readUpTo).orElse(0L));
            desk.store()
                    .conversations()
                    .put(desk.conversation(party).read(newest.getFirst().id()));
            overview.read(party.conversation());
        }
        party.person().ifPresent(this::lookUp);
        return before;
    }

    private void lookUp(Address with) {
        Instant now = desk.clock().instant();
        if (!online || !lookedUp.getOrDefault(with, Instant.MIN).isBefore(now.minus(LOOKED_UP))) {
            return;
        }
        lookedUp.put(with, now);
        directory.ask(new Query.ByAddress(with), answer -> {
            if (answer.isPresent()) {
                book.takeListing(with, answer.get().entries());
                overview.contactsMayHaveChanged();
            }
        });
    }
}
