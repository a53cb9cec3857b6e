package org.chancery.client.engine;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.chat.ProblemKind;
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
import org.chancery.client.trust.RememberedChains;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContinuedChain;
import org.chancery.protocol.frame.Frame.Deliver;

/// Enters what was delivered into the store: the message, what proves it, how far its chain and the relay's record have
/// come, and a note for everything that does not add up. A letter is entered whole or not at all; several may share a
/// commit, and nothing is told before it is made.
final class Receipt {
    /// Gaps longer than this are not looked through for what is missing already.
    private static final long MAX_KNOWN = 1_000;

    private final Desk desk;
    private final Overview overview;
    private final RoomBook rooms;
    private final RememberedChains chains;
    private final Places places;
    private final HeldRevocations revocations;
    private final Titles titles;
    private final Amending amending;
    private final Asides asides;

    Receipt(
            Desk desk,
            Overview overview,
            RoomBook rooms,
            RememberedChains chains,
            Places places,
            HeldRevocations revocations,
            Titles titles,
            Amending amending,
            Asides asides) {
        this.desk = desk;
        this.overview = overview;
        this.rooms = rooms;
        this.chains = chains;
        this.places = places;
        this.revocations = revocations;
        this.titles = titles;
        this.amending = amending;
        this.asides = asides;
    }

    /// What is in the store under a letter's number.
    enum Known {
        NOTHING,
        /// This very letter.
        THIS,
        /// Another letter, wherever it came and however.
        ANOTHER,
        /// One that is not the last of its chain: a look inside tells whether it is the same.
        SOME
    }

    /// Whether a letter has come before.
    Known known(Delivery delivery) throws StoreException {
        Optional<StoredLine> known = desk.store().history().find(delivery.origin());
        if (known.isEmpty()) {
            return Known.NOTHING;
        }
        if (!known.get().line().conversation().equals(delivery.header().conversation())) {
            return Known.ANOTHER;
        }
        Optional<SenderChain> last = chain(delivery, delivery.header().chain());
        if (last.isPresent() && last.get().letter().equals(delivery.letter())) {
            return Known.THIS;
        }
        return last.isPresent() && last.get().counter() == delivery.header().counter() ? Known.ANOTHER : Known.SOME;
    }

    /// Whether a letter is another one than that which is in the store under its number.
    boolean isAnother(LetterVerdict verdict) throws StoreException {
        if (!(verdict instanceof LetterVerdict.Holds letter)) {
            return false;
        }
        Optional<StoredLine> known = desk.store().history().find(letter.origin());
        return known.isPresent()
                && desk.store().history().isOther(known.get(), letter.envelope().signedData());
    }

    /// A letter has come again: its place in the relay's record is noted, and nothing is shown twice.
    void repeated(Delivery delivery) throws StoreException {
        Telling telling = new Telling();
        Party party = party(delivery.frame());
        desk.store().commit(() -> telling.stored(places.follow(desk.conversation(party), delivery.place())));
        telling.tell(overview);
    }

    /// Stores an opened letter.
    ///
    /// @param another whether its number stands for another letter already
    void opened(Delivery delivery, LetterVerdict.Holds opened, boolean another) throws StoreException {
        Conversation conversation = desk.conversation(opened.party());
        // In a room one sees who joins before one is admitted oneself; what is missing after that, its places tell.
        boolean admitted = conversation.sequence() > 0
                && !opened.party().isRoom()
                && chains.wasThereFor(
                        desk.device(),
                        delivery.frame().from(),
                        delivery.header().sender());
        Content content = opened.content();
        Optional<SenderChain> last = chain(delivery, content.chain());
        LetterCheck.Order order = LetterCheck.order(content, delivery.letter(), last, admitted);
        Optional<ContinuedChain> old = content.continues();
        Optional<SenderChain> oldChain =
                old.isPresent() ? chain(delivery, old.get().chain()) : Optional.empty();
        if (another && !(order instanceof LetterCheck.Order.Broken)) {
            failed(delivery, LetterFailure.COUNTER_REUSED);
            desk.store().conversations().put(advanced(delivery)); // the next one follows on this
            return;
        }
        if (oldChain.isPresent() && order instanceof LetterCheck.Order.Next) {
            switch (LetterCheck.continued(content, oldChain.get())) {
                case LetterCheck.Order.Broken(LetterFailure failure) -> failed(delivery, failure);
                case LetterCheck.Order.Next _ -> enter(delivery, opened, conversation, Optional.empty());
                case LetterCheck.Order.Later(long count) ->
                    enter(
                            delivery,
                            opened,
                            conversation,
                            wasAway(delivery, oldChain)
                                    ? Optional.empty()
                                    : Optional.of(new Run(
                                            old.get().chain(), oldChain.get().counter() + 1, count)));
            }
            return;
        }
        switch (order) {
            case LetterCheck.Order.Broken(LetterFailure failure) -> failed(delivery, failure);
            case LetterCheck.Order.Next _ -> enter(delivery, opened, conversation, Optional.empty());
            case LetterCheck.Order.Later(long count) ->
                enter(
                        delivery,
                        opened,
                        conversation,
                        wasAway(delivery, last)
                                ? Optional.empty()
                                : Optional.of(new Run(content.chain(), content.counter() - count, count)));
        }
    }

    /// Whether this person was out of the room between the sender's last letter and this one: what was said meanwhile
    /// was for others.
    private boolean wasAway(Delivery delivery, Optional<SenderChain> known) throws StoreException {
        Optional<Room> room = rooms.find(delivery.header().conversation());
        Optional<StoredLine> last = desk.store()
                .history()
                .find(new Origin.Letter(
                        delivery.header().sender(),
                        known.map(SenderChain::chain).orElse(delivery.header().chain()),
                        known.map(SenderChain::counter).orElse(0L)));
        OptionalLong from = last.map(StoredLine::line).map(Line::sequence).orElse(OptionalLong.empty());
        return room.isPresent()
                && from.isPresent()
                && room.get()
                        .wasAway(desk.self(), from.getAsLong(), delivery.frame().sequence());
    }

    /// Letters of a chain, one after the other, that did not come.
    private record Run(ChainId chain, long first, long count) {}

    private void enter(Delivery delivery, LetterVerdict.Holds opened, Conversation conversation, Optional<Run> missing)
            throws StoreException {
        Content content = opened.content();
        Place place = delivery.place();
        Telling telling = new Telling();
        desk.store().commit(() -> {
            if (missing.isPresent()) {
                telling.stored(gap(delivery, opened.party(), missing.get()));
            }
            if (!places.agree(conversation, place, content)) {
                telling.stored(places.disagreement(opened.party(), place));
            }
            telling.stored(places.follow(conversation, place, missing.isPresent() ? previous(content) : List.of()));
            StoredLine stored = desk.store()
                    .history()
                    .add(
                            delivery.origin(),
                            opened.line(
                                    desk.self(),
                                    delivery.frame().acceptedAt(),
                                    delivery.frame().sequence()))
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
            desk.problems()
                    .tell(
                            ProblemKind.REVOCATION_LIST,
                            delivery.frame().from()
                                    + " holds newer revocation lists than the relay has handed to this client");
        }
    }

    /// The letter that the writer says was the one before, by its hash.
    private static List<Digest> previous(Content content) {
        byte[] hash = content.previousLetterHash();
        return hash.length == 0 ? List.of() : List.of(Digest.ofBytes(hash));
    }

    private Optional<StoredLine> gap(Delivery delivery, Party party, Run run) throws StoreException {
        Address from = delivery.frame().from();
        if (isAccountedFor(delivery, party, run)) {
            return Optional.empty();
        }
        long free = Math.min(run.count(), Missing.MAX_FREE);
        Optional<StoredLine> note = places.note(
                party,
                delivery.place(),
                new Origin.Gap(delivery.header().sender(), run.chain(), run.first()),
                LetterFailure.missing(run.count(), from),
                free);
        if (note.isPresent()) {
            Missing.Range range = new Missing.Range(run.first(), run.count());
            desk.store().missing().put(missing(note.get(), delivery, run.chain(), free, range));
        }
        return note;
    }

    /// What came and could not be opened has a line that says so already; what was handed on since is here.
    private boolean isAccountedFor(Delivery delivery, Party party, Run run) throws StoreException {
        if (run.count() > MAX_KNOWN) {
            return false;
        }
        DeviceId sender = delivery.header().sender();
        List<Missing> missing = desk.store().missing().of(party, sender, run.chain());
        for (long counter = run.first(); counter < run.first() + run.count(); counter++) {
            long number = counter;
            if (missing.stream().noneMatch(it -> it.has(number))
                    && desk.store()
                            .history()
                            .find(new Origin.Letter(sender, run.chain(), counter))
                            .isEmpty()) {
                return false;
            }
        }
        return true;
    }

    private static Missing missing(StoredLine note, Delivery delivery, ChainId chain, long free, Missing.Range range) {
        return new Missing(
                note.id(),
                note.line().party(),
                delivery.frame().from(),
                delivery.header().sender(),
                chain,
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
                    desk.store()
                            .missing()
                            .put(missing(note.get(), delivery, delivery.header().chain(), 0, range));
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
        desk.problems().wantsLists("letters wait unshown: " + why);
    }

    private void tell(Telling telling, Address from, LetterFailure failure) throws StoreException {
        telling.tell(overview);
        if (telling.isNew()) {
            desk.problems()
                    .tell(
                            ProblemKind.LETTER_NOT_ACCEPTED,
                            "a letter from " + from + " is not shown: " + failure.clause());
        }
    }

    private Optional<SenderChain> chain(Delivery delivery, ChainId chain) throws StoreException {
        return desk.store()
                .conversations()
                .chain(delivery.header().sender(), delivery.header().conversation(), chain);
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
