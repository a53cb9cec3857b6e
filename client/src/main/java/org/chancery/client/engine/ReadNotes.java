package org.chancery.client.engine;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.SyncItem;

/// Tells others, and one's own other devices, how far one has read: the last place after a moment, not every one.
final class ReadNotes {
    /// More people than these have no use for it.
    static final int MAX_PEOPLE = 20;

    /// Of what was unread, the newest are looked at.
    private static final int MAX_LOOKED_AT = 1_000;

    /// For what is read in one go.
    private static final Duration GATHER = Duration.ofSeconds(1);

    /// Between two notes in one conversation.
    static final Duration PAUSE = Duration.ofSeconds(10);

    private final Desk desk;
    private final Circle circle;
    private final Outgoing outgoing;
    private final OwnNotes ownNotes;
    private final Schedule schedule;
    private final boolean told;
    private final Map<ConversationId, Long> waiting = new HashMap<>();
    private final Set<ConversationId> pausing = new HashSet<>();

    /// @param told whether others are told at all
    ReadNotes(Desk desk, Circle circle, Outgoing outgoing, OwnNotes ownNotes, Schedule schedule, boolean told) {
        this.desk = desk;
        this.circle = circle;
        this.outgoing = outgoing;
        this.ownNotes = ownNotes;
        this.schedule = schedule;
        this.told = told;
    }

    /// A person has looked at a conversation, which had been read up to a line before.
    void read(Party party, long readBefore) throws StoreException {
        long[] upTo = {0};
        desk.store().history().look(party.conversation(), readBefore, MAX_LOOKED_AT, stored -> {
            if (!stored.line().mine()) {
                upTo[0] = Math.max(upTo[0], stored.line().sequence().orElse(0));
            }
        });
        if (upTo[0] == 0) {
            return;
        }
        ownNotes.tell(new SyncItem.Read(party.conversation(), upTo[0]));
        if (isTold(party)) {
            waiting.merge(party.conversation(), upTo[0], Math::max);
            if (pausing.add(party.conversation())) {
                schedule.after(GATHER, () -> say(party));
            }
        }
    }

    private boolean isTold(Party party) throws StoreException {
        if (!told || party.equals(desk.person(desk.self()))) {
            return false;
        }
        if (party.person().isPresent()) {
            return !desk.store().blocked().contains(party.person().get());
        }
        return circle.people(party).size() <= MAX_PEOPLE;
    }

    private void say(Party party) throws StoreException {
        Long upTo = waiting.remove(party.conversation());
        if (upTo == null) {
            pausing.remove(party.conversation());
            return;
        }
        if (desk.store().readMarks().raise(party.conversation(), desk.self(), upTo) && isTold(party)) {
            outgoing.say(party, new Body.ReadNote(upTo));
        }
        schedule.after(PAUSE, () -> say(party));
    }
}
