package org.chancery.client.engine;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.chancery.client.chat.Event;
import org.chancery.client.engine.Enquiry.Question;
import org.chancery.client.engine.Places.Place;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Line;
import org.chancery.client.store.Missing;
import org.chancery.client.store.Origin;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.MessageReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes letters that somebody else received and hands on. Nothing is believed but what the letter's own sender
/// signed; it is judged as of when it was taken, as far as that agrees with the time it was signed, and put
/// where it was missing.
final class HandedOn {
    /// Why a letter does not hold.
    private static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        private final LetterFailure failure;

        Refused(LetterFailure failure) {
            super(failure.name());
            this.failure = failure;
        }
    }

    private static final Logger LOG = LoggerFactory.getLogger(HandedOn.class);

    private final Desk desk;
    private final RoomBook rooms;
    private final LetterJudge judge;
    private final Places places;
    private final Amending amending;
    private final BooleanSupplier recovering;

    /// @param recovering whether a restored store is being brought up to date
    HandedOn(
            Desk desk,
            RoomBook rooms,
            LetterJudge judge,
            Places places,
            Amending amending,
            BooleanSupplier recovering) {
        this.desk = desk;
        this.rooms = rooms;
        this.judge = judge;
        this.places = places;
        this.amending = amending;
        this.recovering = recovering;
    }

    /// What has to be known first for the letters that a letter carries: who their authors are, and who belonged to
    /// the rooms. A new device knows little.
    Set<Question> questions(LetterVerdict.Holds carrier) throws StoreException {
        Set<Question> questions = new LinkedHashSet<>();
        for (Body.Resend letter : carried(carrier)) {
            switch (judge.handedOn(letter)) {
                case LetterVerdict.WantsSigner(DeviceId signer, LetterFailure _) ->
                    questions.add(new Question.Signer(signer));
                case LetterVerdict.WantsEntries(ConversationId room, LetterFailure _) -> {
                    if (rooms.find(room).isPresent() || isAmongOwn(carrier.from(), carrier.party())) {
                        questions.add(new Question.Entries(room));
                    }
                }
                case LetterVerdict.Holds _, LetterVerdict.Failed _, LetterVerdict.Undecided _ -> {}
            }
        }
        return questions;
    }

    private List<Body.Resend> carried(LetterVerdict.Holds carrier) {
        return switch (carrier.content().body()) {
            case Body.Resend resend -> List.of(resend);
            case Body.History history when isAmongOwn(carrier.from(), carrier.party()) -> history.letters();
            default -> List.of();
        };
    }

    /// Takes what `by` hands on at `place`. Part of a commit.
    ///
    /// @return which letter it is; empty where it is none that holds
    Optional<MessageReference> take(Line by, Body.Resend resend, Place place, Telling telling) throws StoreException {
        try {
            LetterVerdict.Holds original = verified(resend);
            requirePlace(by, original, resend.sequence());
            Optional<StoredLine> held = desk.store().history().find(original.origin());
            if (held.isEmpty() && recovering.getAsBoolean() && missing(original).isEmpty()) {
                LOG.debug("a letter that is handed on comes before its place: it is asked for once that is known");
            } else if (held.isEmpty()) {
                enter(original, resend, 0, telling);
            } else if (desk.store()
                    .history()
                    .isOther(held.get(), original.envelope().signedData())) {
                throw new Refused(LetterFailure.RESEND_CONFLICT);
            }
            return Optional.of(original.reference());
        } catch (Refused e) {
            Origin origin = new Origin.Place(by.conversation(), place.sequence(), Digest.over(resend.signedDataDer()));
            String sentence =
                    e.failure.named(by.from() + " hands on a message that is not shown: " + e.failure.clause());
            telling.stored(places.note(by.party(), place, origin, sentence));
            return Optional.empty();
        }
    }

    /// Takes what another device of one's own hands to this one, the newest first. Part of a commit.
    ///
    /// @return how many of these letters do not hold, and are not taken
    int takeHistory(Body.History history, Telling telling) throws StoreException {
        int refused = 0;
        for (Body.Resend letter : history.letters()) {
            try {
                LetterVerdict.Holds original = verified(letter);
                if (desk.store().history().find(original.origin()).isEmpty()) {
                    long place = Earlier.place(desk);
                    enter(original, letter, place, telling);
                    Earlier.read(desk, original.party(), place);
                }
            } catch (Refused e) {
                LOG.info("a letter of the history that a device of one's own hands over: {}", e.failure);
                refused++;
            }
        }
        return refused;
    }

    /// One that cannot be judged is refused, and can be asked for again: whoever hands on old letters must not be able
    /// to hold up new ones.
    private LetterVerdict.Holds verified(Body.Resend resend) throws Refused, StoreException {
        return switch (judge.handedOn(resend)) {
            case LetterVerdict.Holds letter -> letter;
            case LetterVerdict.Failed(LetterFailure failure) -> throw new Refused(failure);
            case LetterVerdict.WantsSigner(DeviceId _, LetterFailure failure) -> throw new Refused(failure);
            case LetterVerdict.WantsEntries(ConversationId _, LetterFailure failure) -> throw new Refused(failure);
            case LetterVerdict.Undecided _ -> throw new Refused(LetterFailure.SENDER_UNDECIDED);
        };
    }

    /// Letters are handed on in their own conversation, those of a room also to one alone by who belonged to it then;
    /// among one's own devices those of every conversation are.
    private void requirePlace(Line by, LetterVerdict.Holds letter, long sequence) throws Refused, StoreException {
        ConversationId conversation = letter.content().conversation();
        if (!isAmongOwn(by.from(), by.party())
                && !conversation.equals(by.conversation())
                && !isToOneAlone(by, conversation, sequence)) {
            throw new Refused(LetterFailure.RESEND_ELSEWHERE);
        }
    }

    private boolean isToOneAlone(Line by, ConversationId conversation, long sequence) throws StoreException {
        Optional<Room> room = rooms.find(conversation);
        return !by.party().isRoom()
                && room.isPresent()
                && room.get()
                        .at(sequence)
                        .filter(then -> then.members().containsKey(by.from()))
                        .isPresent();
    }

    /// Whether a letter is between one's own devices.
    boolean isAmongOwn(Address from, Party party) {
        return from.equals(desk.self()) && party.equals(desk.person(desk.self()));
    }

    /// @param otherwise its place where nothing says that it is missing; 0: the end
    private void enter(LetterVerdict.Holds original, Body.Resend resend, long otherwise, Telling telling)
            throws StoreException {
        MessageReference letter = original.reference();
        List<Missing> missing = missing(original);
        long place = missing.stream()
                .min(Comparator.comparingLong(Missing::line))
                .map(first -> first.place(letter.counter()))
                .orElse(otherwise);
        for (Missing one : missing) {
            found(one, one.without(letter.counter()), place, telling);
        }
        Line line = original.line(desk.self(), resend.acceptedAt(), resend.sequence());
        StoredLine stored = desk.store()
                .history()
                .insert(place, original.origin(), line)
                .orElseThrow(() -> new IllegalStateException("a letter that is not held is stored already"));
        desk.store().history().addEvidence(stored, original.envelope().signedData());
        telling.entered(amending.entered(stored));
    }

    /// Who says that it is missing.
    private List<Missing> missing(LetterVerdict.Holds original) throws StoreException {
        MessageReference letter = original.reference();
        return desk.store().missing().of(original.party(), letter.device(), letter.chain()).stream()
                .filter(it -> it.has(letter.counter()))
                .toList();
    }

    /// The line that said so says less from now on, or goes.
    private void found(Missing before, Missing after, long place, Telling telling) throws StoreException {
        desk.store().missing().put(after);
        if (after.ranges().isEmpty()) {
            // put() knows it by its line only
            desk.store().history().remove(before.line());
            if (before.line() != place) {
                telling.happened(new Event.MessageGone(before.party().conversation(), before.line()));
            }
            return;
        }
        Optional<StoredLine> note = desk.store().history().find(before.line());
        if (note.isPresent()) {
            Line fewer = note.get().line().failed(LetterFailure.missing(after.count(), before.from()));
            telling.changed(desk.store().history().rewrite(note.get().with(fewer)));
        }
    }
}
