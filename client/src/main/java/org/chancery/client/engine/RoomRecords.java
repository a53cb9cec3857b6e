package org.chancery.client.engine;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.engine.Places.Place;
import org.chancery.client.room.EntryJudge;
import org.chancery.client.room.EntryVerdict;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.frame.Frame.MembershipAnswer;
import org.chancery.protocol.frame.Frame.MembershipQuery;
import org.chancery.protocol.frame.Frame.Refused;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.membership.Amendment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The relay's records of rooms: asks for what is not known of them, and learns what it shows.
final class RoomRecords {
    private static final Logger LOG = LoggerFactory.getLogger(RoomRecords.class);

    /// Before the relay is asked again that would not answer for the moment.
    private static final Duration PAUSE = Duration.ofSeconds(2);

    static final String TWO_HISTORIES = "two entries follow the same one";

    /// The entries of one room that were asked for.
    ///
    /// @param after the place behind which they were asked for first, whatever an answer holds; 0 for the whole
    ///     record
    /// @param last the hash of the last one shown until now that holds
    private record Question(ConversationId room, long after, Schedule.Task again, Optional<Digest> last) {
        Question shown(Digest entry) {
            return new Question(room, after, again, Optional.of(entry));
        }
    }

    /// What became of an entry that was shown.
    private enum Learned {
        YES,
        NO,
        /// It cannot be judged without newer revocation lists.
        UNDECIDED
    }

    private final Desk desk;
    private final Outside outside;
    private final ContactBook book;
    private final RoomBook rooms;
    private final EntryJudge judge;
    private final Overview overview;
    private final Places places;
    private final RoomNews news;
    private final Restoration restoration;
    private final Map<Long, Question> questions = new HashMap<>();
    private final Set<ConversationId> hidden = new HashSet<>(); // whose record the relay would not show
    private final Set<ConversationId> undecided = new HashSet<>(); // whose record waits for revocation lists

    RoomRecords(
            Desk desk,
            Outside outside,
            ContactBook book,
            RoomBook rooms,
            EntryJudge judge,
            Overview overview,
            Places places,
            RoomNews news,
            Restoration restoration) {
        this.desk = desk;
        this.outside = outside;
        this.book = book;
        this.rooms = rooms;
        this.judge = judge;
        this.overview = overview;
        this.places = places;
        this.news = news;
        this.restoration = restoration;
    }

    /// Whether an entry is signed as it has to be, as of this moment.
    EntryVerdict judge(EncodedRecord record, Instant at) {
        return judge.judge(record, at, issuers());
    }

    /// Whether a room's entries are being asked for anew.
    boolean areUnsure(ConversationId conversation) {
        return restoration.isUnsure(conversation);
    }

    /// Asks for the records of rooms that a restored log may have cut short.
    void askAnew(Schedule.Task again) {
        restoration.unsure().forEach(room -> ask(room, 0, again));
    }

    /// Asks for what a room's record has behind the last entry known here: somebody has written by it, or the
    /// relay judges by it. One's own entry may be there, whose answer was lost, and which the relay brings to
    /// others only.
    void catchUp(ConversationId room, Schedule.Task again) {
        ask(room, rooms.find(room).map(Room::sequence).orElse(0L), again);
    }

    /// Asks for what a room's record has behind a place.
    void ask(ConversationId room, long after, Schedule.Task again) {
        ask(new Question(room, after, again, Optional.empty()), after);
    }

    private void ask(Question question, long after) {
        long id = outside.directory().nextId();
        questions.put(id, question);
        outside.relay().accept(new MembershipQuery(id, question.room(), after));
    }

    /// Asks once more from the beginning, if that is still of this connection.
    private void askLater(Question question) {
        long id = outside.directory().nextId();
        questions.put(id, new Question(question.room(), question.after(), question.again(), Optional.empty()));
        outside.schedule().after(PAUSE, () -> {
            if (questions.containsKey(id)) {
                outside.relay().accept(new MembershipQuery(id, question.room(), question.after()));
            }
        });
    }

    /// Whether an answer is to a question of this one.
    boolean isAbout(long id) {
        return questions.containsKey(id);
    }

    /// Takes entries of the record that were asked for.
    void answered(MembershipAnswer answer) throws StoreException {
        Question asked = questions.remove(answer.id());
        if (asked == null) {
            LOG.debug("entries that nobody waits for");
            return;
        }
        undecided.remove(asked.room());
        Question learned = asked;
        for (MembershipPlace shown : answer.entries()) {
            Learned step = learn(asked, shown);
            if (step == Learned.UNDECIDED && isOfUnsure(asked)) {
                askLater(asked); // to end the record before it would be to lose what comes after
                return;
            }
            if (step == Learned.UNDECIDED) {
                undecided.add(asked.room());
            }
            if (step != Learned.YES) {
                settled(learned);
                return;
            }
            learned = learned.shown(shown.record().hash());
        }
        if (answer.more() && !answer.entries().isEmpty()) {
            ask(learned, answer.entries().getLast().sequence());
            return;
        }
        settled(learned);
    }

    /// The relay would not show them: not for the moment, or not to us.
    void refused(long id, Refused refused) throws StoreException {
        Question asked = Objects.requireNonNull(questions.remove(id));
        if (refused.retryAfter().isPresent()) {
            askLater(asked);
            return;
        }
        boolean known = rooms.find(asked.room())
                .filter(room -> room.membership().knows(desk.self()))
                .isPresent();
        if (!known) {
            hidden.add(asked.room()); // an invitation that was taken back before it came
        }
        settled(asked);
    }

    /// Whether it is for all of the record of a room whose end is not known. What lies behind a place says nothing of
    /// that: there may be nothing because the log was cut short before it.
    private boolean isOfUnsure(Question asked) {
        return asked.after() == 0 && restoration.isUnsure(asked.room());
    }

    private void settled(Question asked) throws StoreException {
        if (isOfUnsure(asked)) {
            restoration.settled(asked.room(), asked.last());
        }
        overview.roomsMayHaveChanged();
        news.changed(asked.room());
        asked.again().run();
    }

    private Learned learn(Question asked, MembershipPlace shown) throws StoreException {
        ConversationId room = asked.room();
        return switch (judge(shown.record(), shown.acceptedAt())) {
            case EntryVerdict.Undecided(String why) -> {
                undecided(why);
                yield Learned.UNDECIDED;
            }
            case EntryVerdict.Refused(String why) -> {
                inconsistent(room, why);
                yield Learned.NO;
            }
            case EntryVerdict.Signed(Amendment amendment) -> {
                if (!amendment.room().equals(room)) {
                    inconsistent(room, "it is another room's");
                    yield Learned.NO;
                }
                yield learn(asked, amendment, shown.sequence(), shown.acceptedAt());
            }
        };
    }

    private Learned learn(Question asked, Amendment amendment, long sequence, Instant acceptedAt)
            throws StoreException {
        return switch (rooms.take(amendment, sequence, acceptedAt)) {
            case RoomBook.Step.Known _ -> Learned.YES;
            case RoomBook.Step.Applied _ -> {
                if (asked.after() > 0) { // what was before one knew the room is not told
                    tell(amendment, sequence, acceptedAt);
                }
                yield Learned.YES;
            }
            case RoomBook.Step.Behind _ -> {
                inconsistent(amendment.room(), "entries are left out");
                yield Learned.NO;
            }
            case RoomBook.Step.Forked(Digest after) -> {
                if (restoration.isUnsure(amendment.room())) {
                    restoration.cutBack(amendment.room(), after);
                    yield learn(asked, amendment, sequence, acceptedAt);
                }
                inconsistent(amendment.room(), TWO_HISTORIES);
                yield Learned.NO;
            }
            case RoomBook.Step.Refused(String why) -> {
                inconsistent(amendment.room(), why);
                yield Learned.NO;
            }
        };
    }

    private void tell(Amendment amendment, long sequence, Instant acceptedAt) throws StoreException {
        Place place = new Place(sequence, amendment.hash(), Digest.NONE, amendment.actor(), acceptedAt);
        List<StoredLine> lines = places.happened(Party.room(amendment.room()), place, RoomWords.of(amendment)).stream()
                .toList();
        overview.stored(lines);
    }

    /// Whether the relay has just refused to show a room: then it is no longer ours to see.
    boolean wasHidden(ConversationId room) {
        return hidden.remove(room);
    }

    /// Whether the last answer about a room ended at an entry that cannot be judged without newer revocation lists:
    /// what comes behind it waits for them, too.
    boolean isUndecided(ConversationId room) {
        return undecided.contains(room);
    }

    /// The relay shows what does not hold.
    void inconsistent(ConversationId room, String why) {
        desk.problems()
                .tell(
                        ProblemKind.RELAY_INCONSISTENT,
                        "in " + overview.title(Party.room(room))
                                + " the relay shows a change of the members that does not hold: " + why);
    }

    /// Newer revocation lists come first.
    void undecided(String why) {
        desk.problems().wantsLists("changes of a room's members wait: " + why);
    }

    private Set<X509Certificate> issuers() {
        Set<X509Certificate> issuers =
                new LinkedHashSet<>(desk.identity().chain().issuers());
        issuers.addAll(book.issuers());
        return issuers;
    }

    /// The connection is lost.
    void forget() {
        questions.clear();
        hidden.clear();
        undecided.clear();
    }
}
