package org.chancery.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.client.chat.Event;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.SyncItem;

/// What a person's devices tell each other: drafts, how far one has read, whom one has verified, whom one does
/// not want to hear. It goes as letters in the conversation of the address with itself, the last word of each
/// after a moment.
final class OwnNotes {
    /// What is written and read in the meantime is told once.
    static final Duration PAUSE = Duration.ofSeconds(10);

    /// For what is done in one go.
    private static final Duration GATHER = Duration.ofSeconds(1);

    /// Of what is unread, those looked at for how far another device has read.
    private static final int MAX_LOOKED_AT = 1_000;

    /// What an item is about: of each, the last counts.
    private record Subject(Class<? extends SyncItem> kind, String what) {
        static Subject of(SyncItem item) {
            return switch (item) {
                case SyncItem.Draft draft ->
                    new Subject(item.getClass(), draft.conversation().hex());
                case SyncItem.Read read ->
                    new Subject(item.getClass(), read.conversation().hex());
                case SyncItem.Mark mark ->
                    new Subject(item.getClass(), mark.address().value());
                case SyncItem.Block block ->
                    new Subject(item.getClass(), block.address().value());
            };
        }
    }

    private final Desk desk;
    private final ContactBook book;
    private final Overview overview;
    private final Schedule schedule;
    private final Outgoing outgoing;
    private final Map<Subject, SyncItem> waiting = new LinkedHashMap<>();
    private boolean pausing;
    private Marks marks = _ -> {};

    OwnNotes(Desk desk, ContactBook book, Overview overview, Schedule schedule, Outgoing outgoing) {
        this.desk = desk;
        this.book = book;
        this.overview = overview;
        this.schedule = schedule;
        this.outgoing = outgoing;
    }

    /// Takes what another device of one's own says of a safety number.
    interface Marks {
        void take(SyncItem.Mark mark) throws StoreException;
    }

    /// Says who takes the marks of one's other devices.
    void marks(Marks taker) {
        marks = taker;
    }

    /// Tells one's other devices, if there are any.
    void tell(SyncItem item) {
        if (!book.hasOthers(desk.self(), desk.device())) {
            return;
        }
        Subject subject = Subject.of(item);
        waiting.remove(subject);
        waiting.put(subject, item);
        if (!pausing) {
            pausing = true;
            schedule.after(GATHER, this::say);
        }
    }

    /// Tells one's other devices what must not be lost when this process ends.
    void tellNow(SyncItem item) throws StoreException {
        if (book.hasOthers(desk.self(), desk.device())) {
            outgoing.say(desk.person(desk.self()), new Body.Sync(List.of(item)));
        }
    }

    private void say() throws StoreException {
        if (waiting.isEmpty()) {
            pausing = false;
            return;
        }
        List<SyncItem> items = new ArrayList<>();
        int characters = 0;
        for (SyncItem item : List.copyOf(waiting.values())) {
            int length = item instanceof SyncItem.Draft(var _, String text) ? text.length() : 0;
            if (items.size() < Body.Sync.MAX_ITEMS && characters + length <= Body.Text.MAX_CHARACTERS) {
                items.add(item);
                characters += length;
                waiting.remove(Subject.of(item));
            }
        }
        outgoing.say(desk.person(desk.self()), new Body.Sync(items));
        schedule.after(PAUSE, this::say);
    }

    /// Takes what another device tells. Part of a commit.
    void take(Body.Sync sync, Telling telling) throws StoreException {
        for (SyncItem item : sync.items()) {
            switch (item) {
                case SyncItem.Draft(ConversationId id, String text) -> draft(id, text, telling);
                case SyncItem.Read(ConversationId id, long upTo) -> read(id, upTo, telling);
                case SyncItem.Mark mark -> telling.then(() -> marks.take(mark));
                case SyncItem.Block(Address address, boolean blocked) -> {
                    block(address, blocked);
                    telling.then(() -> overview.blockingChanged(address));
                }
            }
        }
    }

    private void draft(ConversationId id, String text, Telling telling) throws StoreException {
        desk.store().drafts().put(id, text);
        Optional<Party> party = desk.store().conversations().find(id).map(Conversation::party);
        party.ifPresent(where -> telling.happened(new Event.DraftChanged(where, text)));
    }

    private void read(ConversationId id, long upTo, Telling telling) throws StoreException {
        Optional<Conversation> conversation = desk.store().conversations().find(id);
        if (conversation.isEmpty()) {
            return;
        }
        long before = conversation.get().readUpTo();
        long[] line = {before};
        desk.store().history().look(id, before, MAX_LOOKED_AT, stored -> {
            if (stored.line().sequence().orElse(Long.MAX_VALUE) <= upTo) {
                line[0] = Math.max(line[0], stored.id());
            }
        });
        if (line[0] > before) {
            Conversation read = conversation.get().read(line[0]);
            desk.store().conversations().put(read);
            telling.then(() -> overview.readElsewhere(read));
        }
    }

    /// Words are written, and not sent yet.
    void drafted(Party party, String text) throws StoreException {
        desk.store().drafts().put(party.conversation(), text);
        tell(new SyncItem.Draft(party.conversation(), text));
    }

    /// Somebody is not to be heard, or is again; here, and on one's other devices.
    void blocking(Address address, boolean blocked) throws StoreException {
        block(address, blocked);
        overview.blockingChanged(address);
        tellNow(new SyncItem.Block(address, blocked));
    }

    private void block(Address address, boolean blocked) throws StoreException {
        if (address.equals(desk.self())) {
            return;
        }
        if (blocked) {
            desk.store().blocked().add(address);
        } else {
            desk.store().blocked().remove(address);
        }
    }
}
