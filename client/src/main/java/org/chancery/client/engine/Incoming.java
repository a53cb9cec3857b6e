package org.chancery.client.engine;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.engine.Enquiry.Question;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame.Acknowledge;
import org.chancery.protocol.frame.Frame.Deliver;
import org.chancery.protocol.frame.Frame.DeliverMembership;
import org.chancery.protocol.frame.Frame.Gap;
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

    private final Outside outside;
    private final SharedCommit commit;
    private final ContactBook book;
    private final LetterJudge judge;
    private final HandedOn handedOn;
    private final Receipt receipt;
    private final Entries entries;
    private final RoomRecords records;
    private final Lapses lapses;
    private final Deque<Arrival> earlier = new ArrayDeque<>(); // fetched by a restored store: before whatever waits
    private final Deque<Arrival> waiting = new ArrayDeque<>();
    private Optional<Schedule.Task> afterEarlier = Optional.empty();
    private boolean held; // what waits, because something earlier is fetched
    private Enquiry enquiry = new Enquiry(); // for the letter in front
    private long waitingOctets;
    private boolean begun; // on this connection letters may be judged
    private boolean stopped; // the letter or entry in front waits

    Incoming(
            Outside outside,
            SharedCommit commit,
            ContactBook book,
            LetterJudge judge,
            HandedOn handedOn,
            Receipt receipt,
            Entries entries,
            RoomRecords records,
            Lapses lapses) {
        this.outside = outside;
        this.commit = commit;
        this.book = book;
        this.judge = judge;
        this.handedOn = handedOn;
        this.receipt = receipt;
        this.entries = entries;
        this.records = records;
        this.lapses = lapses;
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
        enquiry = new Enquiry(); // what was answered could not be judged then
        lookAgain();
    }

    /// Something comes before whatever waits, and before what is delivered from now on.
    void hold() {
        held = true;
    }

    /// Takes some of it.
    ///
    /// @param then what to do once it is done with
    void takeEarlier(List<Arrival> arrivals, Schedule.Task then) throws StoreException {
        earlier.addAll(arrivals);
        afterEarlier = Optional.of(then);
        if (!stopped) {
            proceed();
        }
    }

    /// That was all of it.
    void release() throws StoreException {
        held = false;
        lookAgain();
    }

    private void lookAgain() throws StoreException {
        stopped = false;
        proceed();
    }

    /// The relay's log is another one: rooms are looked at from their beginning, and their letters wait for that.
    void askAnew() {
        records.askAnew(this::lookAgain);
    }

    /// The connection is lost; the next one delivers again what was not acknowledged.
    void forget() {
        earlier.clear();
        waiting.clear();
        afterEarlier = Optional.empty();
        held = false;
        enquiry = new Enquiry();
        entries.forget();
        waitingOctets = 0;
        begun = false;
        stopped = false;
    }

    /// Whether everything that was delivered is done with.
    boolean isIdle() {
        return earlier.isEmpty() && waiting.isEmpty();
    }

    private void proceed() throws StoreException {
        while (canProceed()) {
            commit.of(this::proceedTogether);
        }
        if (earlier.isEmpty() && afterEarlier.isPresent()) {
            Schedule.Task then = afterEarlier.get();
            afterEarlier = Optional.empty();
            then.run();
        }
    }

    private boolean canProceed() {
        return begun && !stopped && !next().isEmpty();
    }

    /// From where the next one is taken.
    private Deque<Arrival> next() {
        return held ? earlier : waiting;
    }

    private void proceedTogether() throws StoreException {
        long begunNanos = outside.schedule().passedNanos();
        for (int taken = 0;
                taken < MOST_TOGETHER
                        && canProceed()
                        && (taken == 0 || outside.schedule().passedNanos() - begunNanos < LONGEST_TOGETHER.toNanos());
                taken++) {
            Deque<Arrival> next = next();
            Arrival arrival = next.getFirst();
            boolean done = !records.areUnsure(arrival.conversation())
                    && switch (arrival) {
                        case Arrival.ALetter(Deliver frame) -> process(frame);
                        case Arrival.AnEntry(DeliverMembership frame) -> entries.process(frame, this::lookAgain);
                        case Arrival.AGap(Gap frame) -> {
                            lapses.gap(frame);
                            yield true;
                        }
                    };
            if (done) {
                next.removeFirst();
                waitingOctets -= held ? 0 : arrival.octets();
                enquiry = new Enquiry();
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
        Receipt.Known known = receipt.known(delivery);
        if (known == Receipt.Known.THIS) {
            receipt.repeated(delivery);
            return true;
        }
        LetterVerdict verdict = judge.delivered(delivery);
        boolean another = known == Receipt.Known.ANOTHER || receipt.isAnother(verdict);
        if (known == Receipt.Known.SOME && !another) {
            receipt.repeated(delivery);
            return true;
        }
        return switch (verdict) {
            case LetterVerdict.Holds letter -> {
                boolean ready = areAnswered(handedOn.questions(letter));
                if (ready) {
                    receipt.opened(delivery, letter, another);
                }
                yield ready;
            }
            case LetterVerdict.Failed(LetterFailure failure) -> {
                receipt.failed(delivery, failure);
                yield true;
            }
            case LetterVerdict.WantsSigner(DeviceId signer, LetterFailure otherwise) ->
                isSettled(delivery, new Question.Signer(signer), otherwise);
            case LetterVerdict.WantsEntries(ConversationId room, LetterFailure otherwise) ->
                isSettled(delivery, new Question.Entries(room), otherwise);
            case LetterVerdict.Undecided(String why) -> {
                receipt.undecided(why);
                yield false;
            }
        };
    }

    /// Asks once; a letter that fails again after the answer has failed. Looked at in between, because revocation lists
    /// came, it goes on waiting.
    private boolean isSettled(Delivery delivery, Question question, LetterFailure otherwise) throws StoreException {
        if (!areAnswered(Set.of(question))) {
            return false;
        }
        boolean refused = otherwise == LetterFailure.SENDER_UNKNOWN
                && enquiry.isUnbelieved(delivery.header().sender());
        receipt.failed(delivery, refused ? LetterFailure.SENDER_REFUSED : otherwise);
        return true;
    }

    /// Asks what has not been asked for the letter in front.
    private boolean areAnswered(Set<Question> questions) throws StoreException {
        boolean all = true;
        for (Question question : questions) {
            all &= enquiry.isAnswered(question);
            if (enquiry.begin(question)) {
                ask(enquiry, question);
            }
        }
        return all;
    }

    private void ask(Enquiry by, Question question) {
        switch (question) {
            case Question.Signer(DeviceId device) -> askDirectory(by, question, new Query.ByDevice(device));
            case Question.Entries(ConversationId room) ->
                records.catchUp(room, () -> {
                    if (!records.isUndecided(room)) { // else again, when there are newer lists
                        by.answered(question);
                    }
                    lookAgain();
                });
        }
    }

    private void askDirectory(Enquiry by, Question question, Query query) {
        outside.directory().ask(query, answer -> {
            if (answer.isEmpty()) {
                outside.schedule().after(PAUSE, () -> {
                    by.again(question);
                    lookAgain();
                });
                return;
            }
            for (DirectoryEntry entry : answer.get().entries()) {
                if (!book.learn(entry)) {
                    by.unbelieved(entry.device());
                }
            }
            by.answered(question);
            lookAgain();
        });
    }
}
