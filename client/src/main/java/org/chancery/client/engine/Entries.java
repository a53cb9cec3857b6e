package org.chancery.client.engine;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.engine.Places.Place;
import org.chancery.client.room.EntryJudge;
import org.chancery.client.room.EntryVerdict;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Origin;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.client.trust.RememberedChains;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.frame.Frame.DeliverMembership;
import org.chancery.protocol.frame.Frame.MembershipAnswer;
import org.chancery.protocol.frame.Frame.MembershipQuery;
import org.chancery.protocol.frame.Frame.Refused;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.frame.Query;
import org.chancery.protocol.membership.Amendment;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// From a membership entry that the relay shows to the room as it stands after it: verified, applied, noted in the
/// conversation. Whoever is new to a room has its whole record shown first.
final class Entries {
    private static final Logger LOG = LoggerFactory.getLogger(Entries.class);

    /// Before the relay is asked again that would not answer for the moment.
    private static final Duration PAUSE = Duration.ofSeconds(2);

    private static final String TWO_HISTORIES = "two entries follow the same one";

    /// The entries of one room that were asked for.
    ///
    /// @param after the place behind which they were asked for first, whatever an answer holds; 0 for the whole
    ///     record
    private record Question(ConversationId room, long after, Schedule.Task again) {}

    /// What was asked for the entry in front. Until there is an answer that waits, whatever else it is looked at
    /// again for.
    private record Asked(Digest entry, boolean answered) {
        static Optional<Asked> about(Digest entry) {
            return Optional.of(new Asked(entry, false));
        }

        boolean isFor(Digest other) {
            return entry.equals(other);
        }

        /// The same, where the answer is for `other` and there is one.
        Asked answered(Digest other) {
            return new Asked(entry, answered || isFor(other));
        }
    }

    private final Desk desk;
    private final Outside outside;
    private final ContactBook book;
    private final RoomBook rooms;
    private final EntryJudge judge;
    private final RememberedChains chains;
    private final Overview overview;
    private final Places places;
    private final RoomNews news;
    private final Restoration restoration;
    private final Map<Long, Question> questions = new HashMap<>();
    private Optional<Asked> chainAskedFor = Optional.empty(); // for the signer of the entry in front
    private final Set<ConversationId> hidden = new HashSet<>(); // whose record the relay would not show
    private Optional<Asked> askedFor = Optional.empty(); // what is before the entry in front

    Entries(
            Desk desk,
            Outside outside,
            ContactBook book,
            RoomBook rooms,
            EntryJudge judge,
            RememberedChains chains,
            Overview overview,
            Places places,
            RoomNews news,
            Restoration restoration) {
        this.desk = desk;
        this.outside = outside;
        this.book = book;
        this.rooms = rooms;
        this.judge = judge;
        this.chains = chains;
        this.overview = overview;
        this.places = places;
        this.news = news;
        this.restoration = restoration;
    }

    /// Takes an entry at its place.
    ///
    /// @param again what to do when it may be looked at again
    /// @return whether it is done with, and may be acknowledged
    boolean process(DeliverMembership frame, Schedule.Task again) throws StoreException {
        MembershipPlace shown = frame.entry();
        return switch (judge.judge(shown.record(), shown.acceptedAt(), issuers())) {
            case EntryVerdict.Undecided(String why) -> {
                undecided(why);
                yield false;
            }
            case EntryVerdict.Refused(String why) -> {
                refuse(frame, why);
                yield true;
            }
            case EntryVerdict.Signed(Amendment amendment) -> process(frame, amendment, again);
        };
    }

    private boolean process(DeliverMembership frame, Amendment amendment, Schedule.Task again) throws StoreException {
        if (!amendment.room().equals(frame.conversation())) {
            refuse(frame, "it is another room's");
            return true;
        }
        if (!isOnChain(amendment, frame.entry().acceptedAt())) {
            return offChain(frame, amendment, again);
        }
        chainAskedFor = Optional.empty();
        Place place = new Place(
                frame.entry().sequence(),
                amendment.hash(),
                frame.transcript(),
                amendment.actor(),
                frame.entry().acceptedAt());
        switch (enter(amendment, place)) {
            case RoomBook.Step.Applied _, RoomBook.Step.Known _ -> {}
            case RoomBook.Step.Refused(String why) -> refuse(frame, why);
            case RoomBook.Step.Forked _ -> refuse(frame, TWO_HISTORIES);
            case RoomBook.Step.Behind(long after) -> {
                if (hidden.remove(amendment.room())) {
                    LOG.info("the room {} is not ours to see any longer", amendment.room());
                } else if (askedFor.filter(it -> it.isFor(amendment.hash())).isEmpty()) {
                    askedFor = Asked.about(amendment.hash());
                    ask(amendment.room(), after, () -> {
                        askedFor = askedFor.map(it -> it.answered(amendment.hash()));
                        again.run();
                    });
                    return false;
                } else if (!askedFor.get().answered()) {
                    return false;
                } else {
                    refuse(frame, "the relay does not show the entries before it");
                }
            }
        }
        askedFor = Optional.empty();
        return true;
    }

    /// A certificate alone changes nothing: a device on the chain has to have signed for the one that signed. Of
    /// a room's past that is not asked: the entry that names it vouches for all of it, and chains may have begun
    /// anew since.
    private boolean isOnChain(Amendment amendment, Instant acceptedAt) {
        return chains.wasOn(amendment.actor(), amendment.device(), acceptedAt);
    }

    /// Asks once what the chain is by now.
    private boolean offChain(DeliverMembership frame, Amendment amendment, Schedule.Task again) throws StoreException {
        Optional<String> unjudged = chains.unjudged(amendment.actor());
        if (unjudged.isPresent()) {
            chainAskedFor = Optional.empty(); // again, when there are newer lists
            undecided(unjudged.get());
            return false;
        }
        Optional<Asked> asked = chainAskedFor.filter(it -> it.isFor(amendment.hash()));
        if (asked.isPresent()) {
            if (asked.get().answered()) {
                chainAskedFor = Optional.empty();
                refuse(frame, "a device of " + amendment.actor() + " has signed it that was not on their device chain");
            }
            return asked.get().answered();
        }
        chainAskedFor = Asked.about(amendment.hash());
        outside.directory().ask(new Query.ByAddress(amendment.actor()), answer -> {
            if (answer.isPresent()) {
                chainAskedFor = chainAskedFor.map(it -> it.answered(amendment.hash()));
                again.run();
                return;
            }
            outside.schedule().after(PAUSE, () -> {
                chainAskedFor = Optional.empty();
                again.run();
            });
        });
        return false;
    }

    /// How the relay's record is followed to a place.
    private interface Following {
        List<StoredLine> to(Conversation conversation, Place place) throws StoreException;
    }

    /// Applies an entry at its place, and follows the relay's record to there: one commit.
    private RoomBook.Step enter(Amendment amendment, Place place) throws StoreException {
        return enter(amendment, place, places::follow);
    }

    /// Likewise, an entry of this device, of which the relay has just said that it has it.
    RoomBook.Step enterOwn(Amendment amendment, Place place) throws StoreException {
        return enter(amendment, place, places::followOwn);
    }

    private RoomBook.Step enter(Amendment amendment, Place place, Following following) throws StoreException {
        Party party = Party.room(amendment.room());
        List<StoredLine> entered = new ArrayList<>();
        List<RoomBook.Step> steps = new ArrayList<>();
        desk.store().commit(() -> {
            RoomBook.Step step = rooms.take(amendment, place.sequence(), place.acceptedAt());
            steps.add(step);
            switch (step) {
                case RoomBook.Step.Applied _ -> {
                    entered.addAll(following.to(desk.conversation(party), place));
                    places.happened(party, place, RoomWords.of(amendment)).ifPresent(entered::add);
                }
                case RoomBook.Step.Known _ -> entered.addAll(following.to(desk.conversation(party), place));
                case RoomBook.Step.Behind _, RoomBook.Step.Forked _, RoomBook.Step.Refused _ -> {}
            }
        });
        RoomBook.Step step = steps.getFirst();
        overview.stored(entered);
        if (step instanceof RoomBook.Step.Applied(Room room, Amendment applied)) {
            overview.roomsMayHaveChanged();
            news.applied(room, applied);
        }
        return step;
    }

    private void ask(ConversationId room, long after, Schedule.Task again) {
        ask(new Question(room, after, again), after);
    }

    private void ask(Question question, long after) {
        long id = outside.directory().nextId();
        questions.put(id, question);
        outside.relay().accept(new MembershipQuery(id, question.room(), after));
    }

    /// Asks once more, if that is still of this connection.
    private void askLater(Question question) {
        long id = outside.directory().nextId();
        questions.put(id, question);
        outside.schedule().after(PAUSE, () -> {
            if (questions.containsKey(id)) {
                outside.relay().accept(new MembershipQuery(id, question.room(), question.after()));
            }
        });
    }

    /// Asks for what a room's record has behind the last entry known here: somebody has written by it, or the
    /// relay judges by it. One's own entry may be there, whose answer was lost, and which the relay brings to
    /// others only.
    void catchUp(ConversationId room, Schedule.Task again) {
        ask(room, rooms.find(room).map(Room::sequence).orElse(0L), again);
    }

    /// Whether a room's entries are being asked for anew.
    boolean areUnsure(ConversationId conversation) {
        return restoration.isUnsure(conversation);
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
        for (MembershipPlace shown : answer.entries()) {
            if (!learn(asked, shown)) {
                break;
            }
        }
        if (answer.more() && !answer.entries().isEmpty()) {
            ask(asked, answer.entries().getLast().sequence());
            return;
        }
        Optional<Digest> last = answer.entries().isEmpty()
                ? Optional.empty()
                : Optional.of(answer.entries().getLast().record().hash());
        settled(asked, last);
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
        settled(asked, Optional.empty());
    }

    private void settled(Question asked, Optional<Digest> last) throws StoreException {
        if (restoration.isUnsure(asked.room())) {
            restoration.settled(asked.room(), last);
        }
        overview.roomsMayHaveChanged();
        news.changed(asked.room());
        asked.again().run();
    }

    /// Asks for the records of rooms that a restored log may have cut short.
    void askAnew(Schedule.Task again) {
        restoration.unsure().forEach(room -> ask(room, 0, again));
    }

    /// @return whether the next one may follow on it
    private boolean learn(Question asked, MembershipPlace shown) throws StoreException {
        ConversationId room = asked.room();
        return switch (judge.judge(shown.record(), shown.acceptedAt(), issuers())) {
            case EntryVerdict.Undecided(String why) -> {
                undecided(why);
                yield false;
            }
            case EntryVerdict.Refused(String why) -> {
                inconsistent(room, why);
                yield false;
            }
            case EntryVerdict.Signed(Amendment amendment) -> {
                if (!amendment.room().equals(room)) {
                    inconsistent(room, "it is another room's");
                    yield false;
                }
                yield learn(asked, amendment, shown.sequence(), shown.acceptedAt());
            }
        };
    }

    private boolean learn(Question asked, Amendment amendment, long sequence, Instant acceptedAt)
            throws StoreException {
        return switch (rooms.take(amendment, sequence, acceptedAt)) {
            case RoomBook.Step.Known _ -> true;
            case RoomBook.Step.Applied _ -> {
                if (asked.after() > 0) { // what was before one knew the room is not told
                    tell(amendment, sequence, acceptedAt);
                }
                yield true;
            }
            case RoomBook.Step.Behind _ -> {
                inconsistent(amendment.room(), "entries are left out");
                yield false;
            }
            case RoomBook.Step.Forked(Digest after) -> {
                if (restoration.isUnsure(amendment.room())) {
                    restoration.cutBack(amendment.room(), after);
                    yield learn(asked, amendment, sequence, acceptedAt);
                }
                inconsistent(amendment.room(), TWO_HISTORIES);
                yield false;
            }
            case RoomBook.Step.Refused(String why) -> {
                inconsistent(amendment.room(), why);
                yield false;
            }
        };
    }

    private void tell(Amendment amendment, long sequence, Instant acceptedAt) throws StoreException {
        Place place = new Place(sequence, amendment.hash(), Digest.NONE, amendment.actor(), acceptedAt);
        List<StoredLine> lines = places.happened(Party.room(amendment.room()), place, RoomWords.of(amendment)).stream()
                .toList();
        overview.stored(lines);
    }

    private void refuse(DeliverMembership frame, String why) throws StoreException {
        Party party = Party.room(frame.conversation());
        Digest hash = Digest.over(frame.entry().record().der());
        if (rooms.find(frame.conversation()).isPresent()) {
            Place place = new Place(
                    frame.entry().sequence(),
                    hash,
                    frame.transcript(),
                    desk.self(),
                    frame.entry().acceptedAt());
            List<StoredLine> entered = new ArrayList<>();
            desk.store().commit(() -> {
                places.note(
                                party,
                                place,
                                new Origin.Place(frame.conversation(), place.sequence(), hash),
                                LetterFailure.ENTRY_REFUSED.named("a change of the members is not accepted: " + why))
                        .ifPresent(entered::add);
                entered.addAll(places.follow(desk.conversation(party), place));
            });
            overview.stored(entered);
        }
        inconsistent(frame.conversation(), why);
    }

    private void inconsistent(ConversationId room, String why) {
        desk.problems()
                .tell(
                        ProblemKind.RELAY_INCONSISTENT,
                        "in " + overview.title(Party.room(room))
                                + " the relay shows a change of the members that does not hold: " + why);
    }

    private void undecided(String why) {
        desk.problems().wantsLists("changes of a room's members wait: " + why);
    }

    private Set<X509Certificate> issuers() {
        Set<X509Certificate> issuers =
                new LinkedHashSet<>(desk.identity().chain().issuers());
        issuers.addAll(book.issuers());
        return issuers;
    }

    /// One's own entry, to be found in the relay's record.
    EntryVerdict own(EncodedRecord record) {
        return judge.judge(record, desk.clock().instant(), issuers());
    }

    /// The connection is lost.
    void forget() {
        questions.clear();
        hidden.clear();
        askedFor = Optional.empty();
        chainAskedFor = Optional.empty();
    }
}
