package org.chancery.client.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.engine.Places.Place;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
import org.chancery.client.store.Missing;
import org.chancery.client.store.Origin;
import org.chancery.client.store.Party;
import org.chancery.client.store.SenderChain;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.client.trust.HeldRevocations;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.frame.Frame.Deliver;

/// Enters what was delivered into the store: the message, what proves it, how far its chain and the relay's record have
/// come, and a note for everything that does not add up. One commit a letter; told after it.
final class Receipt {
    /// Gaps longer than this are not looked through for what is missing already.
    private static final long MAX_KNOWN = 100;

    private final Desk desk;
    private final Overview overview;
    private final RoomBook rooms;
    private final Places places;
    private final HeldRevocations revocations;
    private final Titles titles;
    private final Amending amending;
    private final Asides asides;

    Receipt(
            Desk desk,
            Overview overview,
            RoomBook rooms,
            Places places,
            HeldRevocations revocations,
            Titles titles,
            Amending amending,
            Asides asides) {
        this.desk = desk;
        this.overview = overview;
        this.rooms = rooms;
        this.places = places;
        this.revocations = revocations;
        this.titles = titles;
        this.amending = amending;
        this.asides = asides;
    }

    /// Whether this very letter is in the store; then its place in the relay's record is noted, and nothing is shown
    /// twice. Another letter under the same number is no repetition.
    boolean repeated(Delivery delivery) throws StoreException {
        Optional<StoredLine> known = desk.store().history().find(delivery.origin());
        Optional<SenderChain> chain = chain(delivery);
        boolean another = chain.isPresent()
                && chain.get().counter() == delivery.header().counter()
                && !chain.get().letter().equals(delivery.letter());
        if (known.isEmpty() || another) {
            return false;
        }
        Telling telling = new Telling();
        desk.store().commit(() -> {
            Conversation conversation = desk.conversation(known.get().line().party());
            telling.stored(places.follow(conversation, delivery.place()));
        });
        telling.tell(overview);
        return true;
    }

    /// Stores an opened letter.
    void opened(Delivery delivery, Opening.Outcome.Opened opened) throws StoreException {
        Conversation conversation = desk.conversation(opened.party());
        // In a room one sees who joins before one is admitted oneself; what is missing after that, its places tell.
        boolean admitted = conversation.sequence() > 0 && !opened.party().isRoom();
        switch (LetterCheck.order(opened.content(), delivery.letter(), chain(delivery), admitted)) {
            case LetterCheck.Order.Broken(LetterFailure failure) -> failed(delivery, failure);
            case LetterCheck.Order.Next _ -> enter(delivery, opened, conversation, 0);
            case LetterCheck.Order.Later(long missing) ->
                enter(delivery, opened, conversation, wasAway(delivery) ? 0 : missing);
        }
    }

    /// Whether this person was out of the room between the sender's last letter and this one: what was said meanwhile
    /// was for others.
    private boolean wasAway(Delivery delivery) throws StoreException {
        Optional<Room> room = rooms.find(delivery.header().conversation());
        Optional<StoredLine> last = desk.store()
                .history()
                .find(new Origin.Letter(
                        delivery.header().sender(),
                        delivery.header().chain(),
                        chain(delivery).map(SenderChain::counter).orElse(0L)));
        OptionalLong from = last.map(StoredLine::line).map(Line::sequence).orElse(OptionalLong.empty());
        return room.isPresent()
                && from.isPresent()
                && room.get()
                        .wasAway(desk.self(), from.getAsLong(), delivery.frame().sequence());
    }

    private void enter(Delivery delivery, Opening.Outcome.Opened opened, Conversation conversation, long missing)
            throws StoreException {
        Content content = opened.content();
        Place place = delivery.place();
        Telling telling = new Telling();
        desk.store().commit(() -> {
            if (missing > 0) {
                telling.stored(gap(delivery, opened, missing));
            }
            if (!places.agree(conversation, content)) {
                telling.stored(places.contradiction(opened.party(), place));
            }
            telling.stored(places.follow(conversation, place));
            StoredLine stored = desk.store()
                    .history()
                    .add(delivery.origin(), line(delivery, opened))
                    .orElseThrow(() -> new IllegalStateException("a letter that is no repetition is stored already"));
            desk.store().history().addEvidence(stored, opened.envelope().signedData());
            desk.store().conversations().put(advanced(delivery));
            titles.said(opened.party(), delivery.frame().from(), content.body());
            telling.entered(amending.entered(stored));
            asides.said(stored, place, telling);
        });
        telling.tell(overview);
        amending.scrub(desk.store());
        if (content.crlNumber() > revocations.number() && !revocations.areUnderWay()) {
            overview.problem(
                    ProblemKind.REVOCATION_LIST,
                    delivery.frame().from() + " holds newer revocation lists than the relay has handed to this client",
                    Optional.empty());
        }
    }

    private Optional<StoredLine> gap(Delivery delivery, Opening.Outcome.Opened opened, long count)
            throws StoreException {
        Content content = opened.content();
        Address from = delivery.frame().from();
        long first = content.counter() - count;
        if (isKnownToBeMissing(delivery, opened.party(), first, count)) {
            return Optional.empty();
        }
        long free = Math.min(count, Missing.MAX_FREE);
        Optional<StoredLine> note = places.note(
                opened.party(),
                delivery.place(),
                new Origin.Gap(delivery.header().sender(), content.chain(), first),
                Asking.missing(count, from),
                free);
        if (note.isPresent()) {
            desk.store().missing().put(missing(note.get(), delivery, free, new Missing.Range(first, count)));
        }
        return note;
    }

    /// What came and could not be opened has a line that says so already.
    private boolean isKnownToBeMissing(Delivery delivery, Party party, long first, long count) throws StoreException {
        if (count > MAX_KNOWN) {
            return false;
        }
        for (long counter = first; counter < first + count; counter++) {
            if (desk.store()
                    .missing()
                    .of(party, delivery.header().sender(), delivery.header().chain(), counter)
                    .isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static Missing missing(StoredLine note, Delivery delivery, long free, Missing.Range range) {
        return new Missing(
                note.id(),
                note.line().party(),
                delivery.frame().from(),
                delivery.header().sender(),
                delivery.header().chain(),
                range.first(),
                free,
                List.of(range));
    }

    /// Stores a letter that is not accepted, and why.
    void failed(Delivery delivery, LetterFailure failure) throws StoreException {
        Party party = party(delivery.frame());
        Place place = delivery.place();
        Telling telling = new Telling();
        desk.store().commit(() -> {
            Origin origin = new Origin.Place(delivery.frame().conversation(), place.sequence(), delivery.letter());
            Optional<StoredLine> note = places.note(party, place, origin, failure.sentence());
            telling.stored(note);
            if (isOf(delivery.frame(), party)) {
                if (note.isPresent() && failure.isCurable()) {
                    Missing.Range range = new Missing.Range(delivery.header().counter(), 1);
                    desk.store().missing().put(missing(note.get(), delivery, 0, range));
                }
                telling.stored(places.follow(desk.conversation(party), place));
            }
        });
        tell(telling, delivery.frame().from(), failure);
    }

    /// Stores that something was delivered which is no letter at all. The relay's record cannot be followed over it.
    void unreadable(Deliver frame, LetterFailure failure) throws StoreException {
        Party party = party(frame);
        Digest octets = Digest.over(frame.envelopeDer());
        Place place = new Place(frame.sequence(), octets, frame.transcript(), frame.from(), frame.acceptedAt());
        Telling telling = new Telling();
        desk.store().commit(() -> {
            if (isOf(frame, party)) {
                desk.store().conversations().put(desk.conversation(party));
            }
            Origin origin = new Origin.Place(frame.conversation(), frame.sequence(), octets);
            telling.stored(places.note(party, place, origin, failure.sentence()));
        });
        tell(telling, frame.from(), failure);
    }

    void undecided(String why) {
        overview.problem(
                ProblemKind.REVOCATION_LIST,
                "letters wait unshown: " + why,
                Optional.of("publish fresh lists (ca crl) and start the relay with --crl for each authority"));
    }

    private void tell(Telling telling, Address from, LetterFailure failure) throws StoreException {
        telling.tell(overview);
        if (telling.isNew()) {
            overview.problem(
                    ProblemKind.LETTER_NOT_ACCEPTED,
                    "a letter from " + from + " is not shown: " + failure.clause(),
                    Optional.empty());
        }
    }

    private Line line(Delivery delivery, Opening.Outcome.Opened opened) {
        return new Line(
                opened.party(),
                delivery.frame().from(),
                Optional.of(delivery.header().sender()),
                delivery.frame().from().equals(desk.self()),
                Optional.of(opened.content().body()),
                opened.content().sentAt(),
                Optional.of(delivery.frame().acceptedAt()),
                OptionalLong.of(delivery.frame().sequence()),
                Optional.empty(),
                Optional.empty());
    }

    private Optional<SenderChain> chain(Delivery delivery) throws StoreException {
        return desk.store()
                .conversations()
                .chain(
                        delivery.header().sender(),
                        delivery.header().conversation(),
                        delivery.header().chain());
    }

    private static SenderChain advanced(Delivery delivery) {
        return new SenderChain(
                delivery.header().sender(),
                delivery.header().conversation(),
                delivery.header().chain(),
                delivery.header().counter(),
                delivery.letter());
    }

    /// Where a letter that failed is noted: in the conversation that the relay names if that is known here, else in the
    /// one with whom the relay says it is from.
    private Party party(Deliver frame) throws StoreException {
        if (rooms.find(frame.conversation()).isPresent()) {
            return Party.room(frame.conversation());
        }
        Optional<Conversation> known = desk.store().conversations().find(frame.conversation());
        return known.map(Conversation::party).orElse(desk.person(frame.from()));
    }

    /// Whether the relay names the conversation with `party`: what it says of others would stay, and stand in for the
    /// truth later.
    private static boolean isOf(Deliver frame, Party party) {
        return frame.conversation().equals(party.conversation());
    }
}
