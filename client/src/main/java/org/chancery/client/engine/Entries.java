package org.chancery.client.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.client.engine.Places.Place;
import org.chancery.client.room.EntryVerdict;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Origin;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.client.trust.RememberedChains;
import org.chancery.pki.envelope.Digest;
import org.chancery.protocol.frame.Frame.DeliverMembership;
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
    private final RoomBook rooms;
    private final RoomRecords records;
    private final RememberedChains chains;
    private final Overview overview;
    private final Places places;
    private final RoomNews news;
    private Optional<Asked> chainAskedFor = Optional.empty(); // for the signer of the entry in front
    private Optional<Asked> askedFor = Optional.empty(); // what is before the entry in front

    Entries(
            Desk desk,
            Outside outside,
            RoomBook rooms,
            RoomRecords records,
            RememberedChains chains,
            Overview overview,
            Places places,
            RoomNews news) {
        this.desk = desk;
        this.outside = outside;
        this.rooms = rooms;
        this.records = records;
        this.chains = chains;
        this.overview = overview;
        this.places = places;
        this.news = news;
    }

    /// Takes an entry at its place.
    ///
    /// @param again what to do when it may be looked at again
    /// @return whether it is done with, and may be acknowledged
    boolean process(DeliverMembership frame, Schedule.Task again) throws StoreException {
        MembershipPlace shown = frame.entry();
        return switch (records.judge(shown.record(), shown.acceptedAt())) {
            case EntryVerdict.Undecided(String why) -> {
                records.undecided(why);
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
            case RoomBook.Step.Forked _ -> refuse(frame, RoomRecords.TWO_HISTORIES);
            case RoomBook.Step.Behind(long after) -> {
                if (records.wasHidden(amendment.room())) {
                    LOG.info("the room {} is not ours to see any longer", amendment.room());
                } else if (askedFor.filter(it -> it.isFor(amendment.hash())).isEmpty()) {
                    askedFor = Asked.about(amendment.hash());
                    records.ask(amendment.room(), after, () -> {
                        askedFor = askedFor.map(it -> it.answered(amendment.hash()));
                        again.run();
                    });
                    return false;
                } else if (!askedFor.get().answered()) {
                    return false;
                } else if (records.isUndecided(amendment.room())) {
                    askedFor = Optional.empty(); // again, when there are newer lists
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
            records.undecided(unjudged.get());
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
        records.inconsistent(frame.conversation(), why);
    }

    /// The connection is lost.
    void forget() {
        records.forget();
        askedFor = Optional.empty();
        chainAskedFor = Optional.empty();
    }
}
