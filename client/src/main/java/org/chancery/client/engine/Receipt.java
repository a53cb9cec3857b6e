package org.chancery.client.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.engine.Places.Place;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
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
    private final Desk desk;
    private final Overview overview;
    private final RoomBook rooms;
    private final Places places;
    private final HeldRevocations revocations;
    private final Titles titles;

    Receipt(Desk desk, Overview overview, RoomBook rooms, Places places, HeldRevocations revocations, Titles titles) {
        this.desk = desk;
        this.overview = overview;
        this.rooms = rooms;
        this.places = places;
        this.revocations = revocations;
        this.titles = titles;
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
        List<StoredLine> notes = new ArrayList<>();
        desk.store().commit(() -> {
            Conversation conversation = desk.conversation(known.get().line().party());
            notes.addAll(places.follow(conversation, delivery.place()));
        });
        notes.forEach(overview::stored);
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
            case LetterCheck.Order.Later(long missing) -> enter(delivery, opened, conversation, missing);
        }
    }

    private void enter(Delivery delivery, Opening.Outcome.Opened opened, Conversation conversation, long missing)
            throws StoreException {
        Content content = opened.content();
        Place place = delivery.place();
        List<StoredLine> entered = new ArrayList<>();
        desk.store().commit(() -> {
            if (missing > 0) {
                gap(delivery, opened, missing).ifPresent(entered::add);
            }
            if (!places.agree(conversation, content)) {
                places.contradiction(opened.party(), place).ifPresent(entered::add);
            }
            entered.addAll(places.follow(conversation, place));
            StoredLine stored = desk.store()
                    .history()
                    .add(delivery.origin(), line(delivery, opened))
                    .orElseThrow(() -> new IllegalStateException("a letter that is no repetition is stored already"));
            desk.store().history().addEvidence(stored, opened.envelope().signedData());
            desk.store().conversations().put(advanced(delivery));
            titles.said(opened.party(), delivery.frame().from(), content.body());
            entered.add(stored);
        });
        entered.forEach(overview::stored);
        if (content.crlNumber() > revocations.number() && !revocations.areUnderWay()) {
            overview.problem(
                    ProblemKind.REVOCATION_LIST,
                    delivery.frame().from() + " holds newer revocation lists than the relay has handed to this client",
                    Optional.empty());
        }
    }

    private Optional<StoredLine> gap(Delivery delivery, Opening.Outcome.Opened opened, long missing)
            throws StoreException {
        Content content = opened.content();
        Address from = delivery.frame().from();
        return places.note(
                opened.party(),
                delivery.place(),
                new Origin.Gap(delivery.header().sender(), content.chain(), content.counter() - missing),
                LetterFailure.MISSING.named(
                        missing == 1
                                ? "a message of " + from + " is missing"
                                : missing + " messages of " + from + " are missing"));
    }

    /// Stores a letter that is not accepted, and why.
    void failed(Delivery delivery, LetterFailure failure) throws StoreException {
        Party party = party(delivery.frame());
        Place place = delivery.place();
        List<StoredLine> entered = new ArrayList<>();
        desk.store().commit(() -> {
            Origin origin = new Origin.Place(delivery.frame().conversation(), place.sequence(), delivery.letter());
            places.note(party, place, origin, failure.sentence()).ifPresent(entered::add);
            if (isOf(delivery.frame(), party)) {
                entered.addAll(places.follow(desk.conversation(party), place));
            }
        });
        tell(entered, delivery.frame().from(), failure);
    }

    /// Stores that something was delivered which is no letter at all. The relay's record cannot be followed over it.
    void unreadable(Deliver frame, LetterFailure failure) throws StoreException {
        Party party = party(frame);
        Digest octets = Digest.over(frame.envelopeDer());
        Place place = new Place(frame.sequence(), octets, frame.transcript(), frame.from(), frame.acceptedAt());
        List<StoredLine> entered = new ArrayList<>();
        desk.store().commit(() -> {
            if (isOf(frame, party)) {
                desk.store().conversations().put(desk.conversation(party));
            }
            places.note(
                            party,
                            place,
                            new Origin.Place(frame.conversation(), frame.sequence(), octets),
                            failure.sentence())
                    .ifPresent(entered::add);
        });
        tell(entered, frame.from(), failure);
    }

    void undecided(String why) {
        overview.problem(
                ProblemKind.REVOCATION_LIST,
                "letters wait unshown: " + why,
                Optional.of("publish fresh lists (ca crl) and start the relay with --crl for each authority"));
    }

    private void tell(List<StoredLine> entered, Address from, LetterFailure failure) {
        entered.forEach(overview::stored);
        if (!entered.isEmpty()) {
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
