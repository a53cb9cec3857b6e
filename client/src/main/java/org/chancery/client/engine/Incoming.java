package org.chancery.client.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame.Acknowledge;
import org.chancery.protocol.frame.Frame.Deliver;
import org.chancery.protocol.frame.Frame.DeliverMembership;
import org.chancery.protocol.frame.Query;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a delivered letter or membership entry to a line in the store, then to the screen, then acknowledged:
/// strictly in the order of delivery, so that one that waits for a certificate keeps its turn, and every letter
/// is judged by the members of its moment.
///
/// A letter that fails a check is stored with its cause and acknowledged all the same: no letter can stop those
/// behind it. One that cannot be judged for want of a revocation list waits, unshown and not acknowledged.
///
/// Those that are there together share a commit, and are shown and acknowledged after it.
final class Incoming {
    private static final Logger LOG = LoggerFactory.getLogger(Incoming.class);

    /// What may wait for the directory or a revocation list; beyond it the connection is made anew, and the
    /// relay delivers again what was not acknowledged.
    private static final long MAX_WAITING_OCTETS = 64L << 20;

    /// Letters and entries that share a commit, and with it an fsync: so many that it costs each little, and so few
    /// that the relay, which has at most some hundreds under way, is not left waiting for an acknowledgement.
    static final int MOST_TOGETHER = 128;

    /// No longer than this, the first of them waits for the last; nor does a window's thread that reads.
    private static final Duration LONGEST_TOGETHER = Duration.ofMillis(50);

    /// Before a question is asked again that the relay would not answer for the moment.
    private static final Duration PAUSE = Duration.ofSeconds(2);

    /// How far a question has come.
    private enum Asked {
        NOT_YET,
        WAITING,
        ANSWERED
    }

    private final Outside outside;
    private final SharedCommit commit;
    private final ContactBook book;
    private final Opening opening;
    private final Foreknowledge foreknowledge;
    private final Receipt receipt;
    private final Entries entries;
    private final Deque<Arrival> waiting = new ArrayDeque<>();
    private final Set<Query> asked = new HashSet<>(); // of the directory, for the letter in front
    private final Set<Query> answered = new HashSet<>(); // of those
    private final Set<DeviceId> unbelieved = new HashSet<>(); // whose certificate is shown and holds for nobody
    private final Set<ConversationId> wantedRooms = new HashSet<>(); // whose record was asked for, for the same
    private final Set<ConversationId> shown = new HashSet<>(); // of those
    private Asked record = Asked.NOT_YET; // of a room, for the letter in front
    private long waitingOctets;
    private boolean begun; // on this connection letters may be judged
    private boolean stopped; // the letter or entry in front waits

    Incoming(
            Outside outside,
            SharedCommit commit,
            ContactBook book,
            Opening opening,
            Foreknowledge foreknowledge,
            Receipt receipt,
            Entries entries) {
        this.foreknowledge = foreknowledge;
        this.outside = outside;
        this.commit = commit;
        this.book = book;
        this.opening = opening;
        this.receipt = receipt;
        this.entries = entries;
    }

    /// Takes letters and entries, in their order.
    ///
    /// @return false where more wait than can be held
    boolean delivered(List<Arrival> arrivals) throws StoreException {
        waiting.addAll(arrivals);
        arrivals.forEach(arrival -> waitingOctets += arrival.octets());
        if (!stopped) {
            proceed();
        }
        return waitingOctets <= MAX_WAITING_OCTETS;
    }

    /// Revocation lists have come, all there were when the connection began: what waited for them is looked at
    /// again.
    void retry() throws StoreException {
        begun = true;
        asked.clear(); // what was answered could not be judged then
        answered.clear();
        unbelieved.clear();
        lookAgain();
    }

    /// Takes letters that come before whatever waits.
    void before(List<Arrival> earlier) {
        for (Arrival arrival : earlier.reversed()) {
            waiting.addFirst(arrival);
            waitingOctets += arrival.octets();
        }
    }

    private void lookAgain() throws StoreException {
        stopped = false;
        proceed();
    }

    /// The relay's log is another one: rooms are looked at from their beginning, and their letters wait for that.
    void askAnew() {
        entries.askAnew(this::lookAgain);
    }

    /// The connection is lost; the next one delivers again what was not acknowledged.
    void forget() {
        waiting.clear();
        asked.clear();
        answered.clear();
        unbelieved.clear();
        wantedRooms.clear();
        shown.clear();
        record = Asked.NOT_YET;
        entries.forget();
        waitingOctets = 0;
        begun = false;
        stopped = false;
    }

    /// Whether everything that was delivered is done with.
    boolean isIdle() {
        return waiting.isEmpty();
    }

    private void proceed() throws StoreException {
        while (canProceed()) {
            commit.of(this::proceedTogether);
        }
    }

    private boolean canProceed() {
        return begun && !stopped && !waiting.isEmpty();
    }

    private void proceedTogether() throws StoreException {
        long begunNanos = outside.schedule().passedNanos();
        for (int taken = 0;
                taken < MOST_TOGETHER
                        && canProceed()
                        && (taken == 0 || outside.schedule().passedNanos() - begunNanos < LONGEST_TOGETHER.toNanos());
                taken++) {
            Arrival arrival = waiting.getFirst();
            boolean done = !entries.areUnsure(arrival.conversation())
                    && switch (arrival) {
                        case Arrival.ALetter(Deliver frame) -> process(frame);
                        case Arrival.AnEntry(DeliverMembership frame) -> entries.process(frame, this::lookAgain);
                    };
            if (done) {
                waiting.removeFirst();
                waitingOctets -= arrival.octets();
                asked.clear();
                answered.clear();
                unbelieved.clear();
                wantedRooms.clear();
                shown.clear();
                record = Asked.NOT_YET;
                outside.relay().accept(new Acknowledge(arrival.conversation(), arrival.sequence()));
            } else {
                stopped = true;
            }
        }
    }

    /// @return whether the letter is done with, and may be acknowledged
    private boolean process(Deliver frame) throws StoreException {
        Delivery delivery;
        try {
            delivery = Delivery.of(frame);
        } catch (MalformedEnvelopeException e) {
            LOG.info("delivery {} of {}: {}", frame.sequence(), frame.conversation(), e.getMessage());
            receipt.unreadable(frame, LetterFailure.MALFORMED);
            return true;
        }
        if (!delivery.header().conversation().equals(frame.conversation())) {
            receipt.failed(delivery, LetterFailure.WRONG_CONVERSATION);
            return true;
        }
        Receipt.Known known = receipt.known(delivery, opening);
        if (known == Receipt.Known.THIS) {
            receipt.repeated(delivery);
            return true;
        }
        return switch (opening.open(delivery)) {
            case Opening.Outcome.Opened opened -> {
                boolean foreknown = isForeknown(opened);
                if (foreknown) {
                    receipt.opened(delivery, opened, known == Receipt.Known.ANOTHER);
                }
                yield foreknown;
            }
            case Opening.Outcome.Failed(LetterFailure failure) -> {
                receipt.failed(delivery, failure);
                yield true;
            }
            case Opening.Outcome.WantsSigner(LetterFailure otherwise) ->
                settled(delivery, new Query.ByDevice(delivery.header().sender()), otherwise);
            case Opening.Outcome.WantsEntries(LetterFailure otherwise) -> settledByRecord(delivery, otherwise);
            case Opening.Outcome.Undecided(String why) -> {
                receipt.undecided(why);
                yield false;
            }
        };
    }

    /// Asks for the room's record once, likewise.
    private boolean settledByRecord(Delivery delivery, LetterFailure otherwise) throws StoreException {
        if (record == Asked.ANSWERED) {
            receipt.failed(delivery, otherwise);
            return true;
        }
        if (record == Asked.NOT_YET) {
            record = Asked.WAITING;
            entries.catchUp(delivery.frame().conversation(), () -> {
                record = Asked.ANSWERED;
                lookAgain();
            });
        }
        return false;
    }

    /// Asks the directory once; a letter that fails again after the answer has failed. Looked at in between,
    /// because revocation lists came, it goes on waiting.
    private boolean settled(Delivery delivery, Query query, LetterFailure otherwise) throws StoreException {
        if (answered.contains(query)) {
            boolean shown = otherwise == LetterFailure.SENDER_UNKNOWN
                    && unbelieved.contains(delivery.header().sender());
            receipt.failed(delivery, shown ? LetterFailure.SENDER_REFUSED : otherwise);
            return true;
        }
        if (asked.add(query)) {
            ask(query);
        }
        return false;
    }

    /// Whether everything is known by which the letters are verified that it hands over, or the relay has been
    /// asked.
    private boolean isForeknown(Opening.Outcome.Opened opened) throws StoreException {
        Foreknowledge.Wanted wanted = foreknowledge.wanted(opened);
        boolean known = true;
        for (DeviceId device : wanted.devices()) {
            Query query = new Query.ByDevice(device);
            known &= answered.contains(query);
            if (asked.add(query)) {
                ask(query);
            }
        }
        for (ConversationId room : wanted.rooms()) {
            known &= shown.contains(room);
            if (wantedRooms.add(room)) {
                entries.catchUp(room, () -> {
                    shown.add(room);
                    lookAgain();
                });
            }
        }
        return known;
    }

    private void ask(Query query) {
        outside.directory().ask(query, answer -> {
            if (answer.isEmpty()) {
                outside.schedule().after(PAUSE, () -> {
                    asked.remove(query);
                    lookAgain();
                });
                return;
            }
            answered.add(query);
            for (DirectoryEntry entry : answer.get().entries()) {
                if (!book.learn(entry)) {
                    unbelieved.add(entry.device());
                }
            }
            lookAgain();
        });
    }
}
