package org.chancery.client.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.chancery.client.store.OutboxEntry;
import org.chancery.client.store.SealedLetter;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.protocol.frame.PublishKey;

/// What waits to be published in one conversation, and how far the first of it has come.
final class Pending {
    private final ConversationId id;
    private final Deque<OutboxEntry> entries = new ArrayDeque<>();

    /// Whether the first entry waits for an answer or for a moment.
    private boolean busy;

    /// How often a letter of the first entry was refused.
    private int refusals;

    /// Counts turns given back, so that what was put off for an earlier one is void.
    private int turn;

    /// Whether the first entry waits for the room to have another membership.
    private boolean awaitsRoom;

    /// Whether the relay has said that it holds a letter with the first entry's number.
    private boolean taken;

    /// Whether the relay has said of the newest letter, since it was sent last, that it has no room for it: it has not
    /// taken it then, now or before.
    private boolean refused;

    Pending(ConversationId id) {
        this.id = id;
    }

    ConversationId id() {
        return id;
    }

    void add(OutboxEntry entry) {
        entries.addLast(entry);
    }

    int size() {
        return entries.size();
    }

    Optional<OutboxEntry> first() {
        return Optional.ofNullable(entries.peekFirst());
    }

    /// The first entry, where the relay's answer is about it.
    Optional<OutboxEntry> first(PublishKey key) {
        return first().filter(entry -> entry.newest()
                .map(SealedLetter::letter)
                .filter(letter -> letter.header().chain().equals(key.chain())
                        && letter.header().counter() == key.counter())
                .isPresent());
    }

    void replaceFirst(OutboxEntry entry) {
        entries.removeFirst();
        entries.addFirst(entry);
    }

    void removeFirst() {
        entries.removeFirst();
        pause();
        refusals = 0;
        taken = false;
        refused = false;
    }

    /// Takes the turn.
    ///
    /// @return false where it is taken already
    boolean begin() {
        boolean begun = !busy;
        busy = true;
        return begun;
    }

    /// Gives the turn back.
    void pause() {
        busy = false;
        awaitsRoom = false;
        turn++;
    }

    int turn() {
        return turn;
    }

    void awaitRoom() {
        awaitsRoom = true;
    }

    boolean awaitsRoom() {
        return awaitsRoom;
    }

    int refused() {
        return ++refusals;
    }

    void markSent() {
        refused = false;
    }

    void markRefused() {
        refused = true;
    }

    boolean isRefused() {
        return refused;
    }

    void markTaken() {
        taken = true;
    }

    /// Whether the relay holds such a letter is to be found out anew.
    void markOpen() {
        taken = false;
    }

    boolean isTaken() {
        return taken;
    }
}
