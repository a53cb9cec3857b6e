package org.chancery.client.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Continuation;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.protocol.frame.Frame.Deliver;
import org.chancery.protocol.frame.Frame.HistoryAnswer;
import org.chancery.protocol.frame.Frame.HistoryQuery;
import org.chancery.protocol.frame.Frame.Refused;

/// Brings a restored store up to date.
///
/// The relay takes what this device had acknowledged for settled, and brings only what came after. So it is asked, in
/// each conversation, for the letters since the backup, before anything newer is looked at: order is what a letter is
/// judged by. Conversations that began since are not in the store: each answer names the next that the device has, so
/// that one answer after the other leads through all. Most letters were sealed to keys that went with the old store,
/// and are noted as such. Once everything that waited has come, the authors of what cannot be read or did not come, and
/// whoever else was there, are asked for it; and so are all for this device's own letters, of which the relay brings it
/// none. Until then a conversation is pending in the store, so that a start in between begins anew.
final class Recovery {
    /// Before the first that anybody can have: a name is a hash.
    private static final ConversationId NOBODYS = ConversationId.ofBytes(new byte[ConversationId.BYTES]);

    /// There is nothing behind this place.
    private static final long END = Long.MAX_VALUE;

    private static final Duration PAUSE = Duration.ofSeconds(1);

    private final Desk desk;
    private final Outside outside;
    private final Incoming incoming;
    private final RoomBook rooms;
    private final RoomRecords records;
    private final Unread unread;
    private final Schedule.Task ended;
    private final Map<ConversationId, Continuation> left = new LinkedHashMap<>(); // to be fetched
    private final List<Continuation> open = new ArrayList<>(); // fetched, and not asked for yet
    private ConversationId current = NOBODYS; // is being fetched
    private Optional<Long> question = Optional.empty();
    private long after;
    private int connection; // what was put off in an earlier one is void
    private boolean sameLog; // as the backup's
    private boolean underWay;
    private boolean fetching;
    private boolean caughtUp;

    /// @param ended what to do once a store is up to date
    Recovery(
            Desk desk,
            Outside outside,
            Incoming incoming,
            RoomBook rooms,
            RoomRecords records,
            Asking asking,
            Schedule.Task ended) {
        this.desk = desk;
        this.outside = outside;
        this.incoming = incoming;
        this.rooms = rooms;
        this.records = records;
        this.unread = new Unread(desk, asking);
        this.ended = ended;
    }

    /// A connection begins, and letters may be judged.
    ///
    /// @param incarnation of the relay's log: the places of another one say nothing of what is new in this
    void begin(String incarnation) throws StoreException {
        Optional<String> behind = desk.store().settings().behind();
        sameLog = behind.isEmpty() || behind.get().equals(incarnation);
        for (Continuation pending : desk.store().continuations().pending()) {
            left.put(pending.conversation(), pending);
        }
        if (!left.isEmpty() || behind.isPresent()) {
            underWay = true;
            fetching = true;
            incoming.hold();
            fetch(NOBODYS);
        }
    }

    /// Looks at a conversation. Of one that is not known its record comes first, for it may be a room.
    private void fetch(ConversationId conversation) throws StoreException {
        current = conversation;
        if (left.containsKey(conversation)) {
            after = sameLog ? left.get(conversation).seen() : 0;
            ask();
        } else if (conversation.equals(NOBODYS)
                || desk.store().settings().behind().isEmpty()) {
            after = END;
            ask();
        } else if (desk.store().conversations().find(conversation).isPresent()) { // by what was said here since
            after = 0;
            ask();
        } else {
            after = 0;
            records.catchUp(conversation, this::ask);
        }
    }

    private void ask() {
        long id = outside.directory().nextId();
        question = Optional.of(id);
        outside.relay().accept(new HistoryQuery(id, current, after, HistoryQuery.MAX_LIMIT));
    }

    /// Whether some of what came since the backup is not known yet.
    boolean isFetching() {
        return fetching;
    }

    /// Whether the store is not up to date yet: nothing is written before, for a letter says what its writer has seen.
    boolean isUnderWay() {
        return underWay;
    }

    /// The relay has answered.
    void answered(HistoryAnswer answer) throws StoreException {
        if (!isAbout(answer.id())) {
            return;
        }
        question = Optional.empty();
        boolean known = begun(answer);
        List<Arrival> fetched = new ArrayList<>();
        for (Deliver letter : answer.letters()) {
            if (known && letter.conversation().equals(current)) {
                fetched.add(new Arrival.ALetter(letter));
            }
        }
        incoming.takeEarlier(fetched, () -> goOn(answer));
    }

    /// What the relay has shown is done with.
    private void goOn(HistoryAnswer answer) throws StoreException {
        if (answer.more() && answer.through() > after) {
            after = answer.through();
            ask();
        } else {
            next(answer.through(), answer.next());
        }
    }

    /// A conversation that began since the backup, as its letters or a room's record say whose it is.
    ///
    /// @return false where nothing says so: it is a room in which this person is no longer, and whose record the
    ///     relay shows them no more, by which its letters would be judged
    private boolean begun(HistoryAnswer answer) throws StoreException {
        if (left.containsKey(current) || after == END) {
            return true;
        }
        Optional<Party> party = party(answer);
        if (party.isEmpty()) {
            return false;
        }
        Conversation conversation = desk.conversation(party.get());
        desk.store().commit(() -> {
            desk.store().conversations().put(conversation);
            desk.store()
                    .continuations()
                    .begin(conversation, desk.device(), desk.store().history().newest(), true);
        });
        Optional<Continuation> begun = desk.store().continuations().find(current);
        begun.ifPresent(continuation -> left.put(current, continuation));
        return true;
    }

    private Optional<Party> party(HistoryAnswer answer) throws StoreException {
        Optional<Conversation> known = desk.store().conversations().find(current);
        if (known.isPresent() || rooms.find(current).isPresent()) {
            return Optional.of(known.map(Conversation::party).orElse(Party.room(current)));
        }
        return answer.letters().stream()
                .map(letter -> desk.person(letter.from()))
                .filter(person -> person.conversation().equals(current))
                .findFirst();
    }

    /// The relay shows nothing more of a conversation up to `through`.
    ///
    /// @param behind which of this device's conversations is next
    private void next(long through, Optional<ConversationId> behind) throws StoreException {
        Continuation done = left.remove(current);
        if (done != null) {
            open.add(done);
            passOver(done, through);
        }
        if (behind.isPresent() && behind.get().hex().compareTo(current.hex()) > 0) {
            fetch(behind.get());
        } else if (!left.isEmpty()) { // which the relay has not named
            fetch(left.keySet().iterator().next());
        } else {
            fetching = false;
            incoming.release();
        }
    }

    /// This device's own letters among them are at no place that it knows of: its record begins behind them.
    private void passOver(Continuation done, long through) throws StoreException {
        Optional<Conversation> conversation = desk.store().conversations().find(done.conversation());
        if (conversation.isPresent() && conversation.get().sequence() < through) {
            desk.store().conversations().put(conversation.get().saw(through, Digest.NONE));
        }
    }

    boolean isAbout(long id) {
        return question.equals(Optional.of(id));
    }

    /// The relay would not answer for the moment; or not at all, and then what is missing is found in another
    /// way.
    void refused(Refused refused) throws StoreException {
        question = Optional.empty();
        int asked = connection;
        if (refused.retryAfter().isPresent()) {
            outside.schedule().after(PAUSE, () -> {
                if (asked == connection) {
                    ask();
                }
            });
        } else {
            next(after, Optional.empty());
        }
    }

    /// What waited at the relay when the connection began has been delivered.
    void caughtUp() {
        caughtUp = true;
    }

    /// Nothing that was delivered waits here.
    void atRest() throws StoreException {
        if (!underWay || fetching || !caughtUp) {
            return;
        }
        for (Continuation done : open) {
            unread.askFor(done);
            desk.store().continuations().put(done.asked());
        }
        open.clear();
        desk.store().settings().forgetBehind();
        underWay = false;
        ended.run();
    }

    /// The connection is lost; the next one begins anew.
    void forget() {
        left.clear();
        open.clear();
        current = NOBODYS;
        question = Optional.empty();
        underWay = false;
        fetching = false;
        caughtUp = false;
        connection++;
    }
}
