package org.chancery.client.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Line;
import org.chancery.client.store.Missing;
import org.chancery.client.store.Origin;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.MessageReference;

/// Asks for letters that are missing, and answers those who ask.
///
/// Whoever has a letter may answer. So that not all do, each waits for a moment of its own choice, its author's
/// device the shortest, and is silent where another has answered by then.
final class Asking {
    /// What one command asks for: more is asked for by the next.
    private static final int MAX_ASKS = 10;

    private static final Duration AUTHOR_WAITS = Duration.ofMillis(500);
    private static final Duration OTHERS_WAIT = Duration.ofSeconds(4);

    /// The same letter is handed on once in this time, whoever asks.
    private static final Duration ENOUGH = Duration.ofSeconds(30);

    /// Answers under way, and those given lately.
    private static final int MAX_ANSWERS = 1_000;

    /// Answers that wait for the relay at a time, in one conversation.
    static final int AHEAD = 4;

    /// @param party where it is handed on
    private record Wanted(Party party, MessageReference letter) {}

    private final Desk desk;
    private final Schedule schedule;
    private final Outgoing outgoing;
    private final Originals originals;
    private final Answerer answerer;
    private final Allowances allowances;
    private final Set<Wanted> underWay = new HashSet<>();
    private final Set<Wanted> due = new LinkedHashSet<>(); // of those
    private final Set<Wanted> ends = new HashSet<>(); // of what was asked for without knowing how much there is
    private final Map<Wanted, Instant> given = new LinkedHashMap<>();

    Asking(Desk desk, RoomBook rooms, Schedule schedule, Outgoing outgoing, Sealing sealing) {
        this.desk = desk;
        this.schedule = schedule;
        this.outgoing = outgoing;
        this.originals = new Originals(desk.store().history(), sealing);
        this.answerer = new Answerer(desk, rooms, originals);
        this.allowances = new Allowances(desk.clock());
    }

    /// Asks for what the line `line` says is missing.
    void ask(long line) throws StoreException {
        Optional<Missing> missing = desk.store().missing().find(line);
        if (missing.isEmpty()) {
            desk.problems().refuse("message " + line + " does not say that something is missing");
            return;
        }
        int asks = 0;
        int left = Body.Ask.MAX_COUNT;
        for (Missing.Range range : missing.get().ranges()) {
            if (left == 0 || asks == MAX_ASKS) {
                break;
            }
            int count = (int) Math.min(left, range.count());
            outgoing.say(
                    missing.get().party(),
                    new Body.Ask(missing.get().device(), missing.get().chain(), range.first(), count));
            left -= count;
            asks++;
        }
    }

    /// Asks for these letters of a chain, those in a row together.
    ///
    /// @param numbers rising
    void ask(Party party, DeviceId device, ChainId chain, NavigableSet<Long> numbers) throws StoreException {
        NavigableSet<Long> left = numbers;
        for (int asks = 0; asks < MAX_ASKS && !left.isEmpty(); asks++) {
            long first = left.first();
            int count = 1;
            while (count < Body.Ask.MAX_COUNT && left.contains(first + count)) {
                count++;
            }
            outgoing.say(party, new Body.Ask(device, chain, first, count));
            left = left.tailSet(first + count, true);
        }
    }

    /// Asks for what there may be of a chain from a number on, as long as more comes.
    void askOn(Party party, DeviceId device, ChainId chain, long first) throws StoreException {
        long last = first + Body.Ask.MAX_COUNT - 1;
        ends.add(new Wanted(party, new MessageReference(device, chain, last)));
        outgoing.say(party, new Body.Ask(device, chain, first, Body.Ask.MAX_COUNT));
    }

    /// Somebody asks.
    void asked(Line by, Body.Ask ask) throws StoreException {
        if (by.device().equals(Optional.of(desk.device()))
                || desk.store().blocked().contains(by.from())) {
            return;
        }
        Set<Wanted> own = new LinkedHashSet<>(); // this device is their author
        Set<Wanted> others = new LinkedHashSet<>();
        for (int i = 0; i < ask.count() && underWay.size() < MAX_ANSWERS; i++) {
            MessageReference letter = new MessageReference(ask.device(), ask.chain(), ask.from() + i);
            Optional<StoredLine> held = desk.store().history().find(by.conversation(), letter);
            Optional<Body.Resend> answer = held.isPresent() ? originals.of(held.get()) : Optional.empty();
            Optional<Party> in = answer.isPresent() ? answerer.where(by.from(), held.get()) : Optional.empty();
            if (in.isEmpty()) {
                continue;
            }
            Wanted wanted = new Wanted(in.get(), letter);
            if (!underWay.contains(wanted)
                    && !isGiven(wanted)
                    && allowances.take(by.from(), answer.get().signedDataDer().length)) {
                underWay.add(wanted);
                boolean author = held.get().line().device().equals(Optional.of(desk.device()));
                (author ? own : others).add(wanted);
            }
        }
        answerAfter(Duration.ZERO, AUTHOR_WAITS, own);
        answerAfter(AUTHOR_WAITS, OTHERS_WAIT, others);
    }

    /// Answers in the order in which it was asked for, in which it was said.
    private void answerAfter(Duration least, Duration most, Set<Wanted> all) {
        if (!all.isEmpty()) {
            long pause = desk.random().nextLong(least.toMillis(), most.toMillis());
            schedule.after(Duration.ofMillis(pause), () -> {
                all.stream().filter(underWay::contains).forEach(due::add); // but for what another has answered
                look();
            });
        }
    }

    /// There is a moment. Few answers wait for the relay at a time: what a person says in between comes before the
    /// others.
    void look() throws StoreException {
        for (Wanted wanted : List.copyOf(due)) {
            if (outgoing.isOpen() && outgoing.waiting(wanted.party().conversation()) < AHEAD) {
                due.remove(wanted);
                underWay.remove(wanted);
                give(wanted);
            }
        }
    }

    private void give(Wanted wanted) throws StoreException {
        Optional<StoredLine> held = find(wanted.letter());
        boolean seemly = held.isPresent()
                && (!wanted.party().isRoom() || answerer.isForAll(held.get().line())); // who may have come since
        Optional<Body.Resend> answer = seemly ? originals.of(held.get()) : Optional.empty();
        if (answer.isPresent()) {
            remember(wanted);
            outgoing.say(wanted.party(), answer.get());
        }
    }

    private Optional<StoredLine> find(MessageReference letter) throws StoreException {
        return desk.store().history().find(new Origin.Letter(letter.device(), letter.chain(), letter.counter()));
    }

    /// A letter was handed on.
    ///
    /// @param party where
    void answered(Party party, Optional<MessageReference> letter, Telling telling) throws StoreException {
        Optional<StoredLine> held = letter.isPresent() ? find(letter.get()) : Optional.empty();
        if (held.isEmpty()) {
            return;
        }
        MessageReference last = letter.get();
        Party own = held.get().line().party();
        for (Party in : Set.copyOf(List.of(party, own))) {
            Wanted wanted = new Wanted(in, last);
            underWay.remove(wanted);
            due.remove(wanted);
            remember(wanted);
        }
        if (ends.remove(new Wanted(own, last))) {
            telling.then(() -> askOn(own, last.device(), last.chain(), last.counter() + 1));
        }
    }

    private boolean isGiven(Wanted wanted) {
        Instant at = given.get(wanted);
        return at != null && at.plus(ENOUGH).isAfter(desk.clock().instant());
    }

    private void remember(Wanted wanted) {
        given.remove(wanted);
        given.put(wanted, desk.clock().instant());
        if (given.size() > MAX_ANSWERS) {
            given.remove(given.keySet().iterator().next());
        }
    }
}
