package org.chancery.client.engine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.engine.Places.Place;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.KnownDevice;
import org.chancery.client.store.Line;
import org.chancery.client.store.Missing;
import org.chancery.client.store.Origin;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.client.trust.DeviceJudge;
import org.chancery.client.trust.RememberedChains;
import org.chancery.client.trust.SignerVerdict;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.EnvelopeFailure;
import org.chancery.pki.sealing.OpenedEnvelope;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContentException;
import org.chancery.protocol.content.MessageReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes letters that somebody else received and hands on. Nothing is believed but what the letter's own sender
/// signed; it is judged as of when it was taken, as far as that agrees with the time it was signed, and put
/// where it was missing.
final class HandedOn {
    /// A letter that holds.
    private record Original(OpenedEnvelope envelope, Content content, Address from, Party party) {
        MessageReference reference() {
            return new MessageReference(envelope.header().sender(), content.chain(), content.counter());
        }

        Origin.Letter origin() {
            return new Origin.Letter(envelope.header().sender(), content.chain(), content.counter());
        }
    }

    /// Why it does not.
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
    private final ContactBook book;
    private final RoomBook rooms;
    private final DeviceJudge judge;
    private final RememberedChains chains;
    private final Sealing sealing;
    private final Places places;
    private final Amending amending;

    HandedOn(
            Desk desk,
            ContactBook book,
            RoomBook rooms,
            DeviceJudge judge,
            RememberedChains chains,
            Sealing sealing,
            Places places,
            Amending amending) {
        this.desk = desk;
        this.book = book;
        this.rooms = rooms;
        this.judge = judge;
        this.chains = chains;
        this.sealing = sealing;
        this.places = places;
        this.amending = amending;
    }

    /// Takes what `by` hands on at `place`. Part of a commit.
    ///
    /// @return which letter it is; empty where it is none that holds
    Optional<MessageReference> take(Line by, Body.Resend resend, Place place, Telling telling) throws StoreException {
        try {
            Original original = verify(resend);
            requirePlace(by, original, resend.sequence());
            Optional<StoredLine> held = desk.store().history().find(original.origin());
            if (held.isEmpty()) {
                enter(original, resend, 0, telling);
            } else if (differs(held.get(), original)) {
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
                Original original = verify(letter);
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

    private Original verify(Body.Resend resend) throws Refused, StoreException {
        try {
            OpenedEnvelope envelope =
                    sealing.verify(resend.signedDataDer(), ContentPurpose.CONTENT, device -> signer(device, resend));
            Content content = Content.decode(envelope.content());
            Address from = author(envelope.header().sender()).orElseThrow().address();
            if (!chains.wasOn(from, envelope.header().sender(), resend.acceptedAt())) {
                throw new Refused(LetterFailure.SENDER_NOT_ON_CHAIN);
            }
            Optional<LetterFailure> failure =
                    LetterCheck.outside(content, envelope.header(), envelope.signingTime(), resend.acceptedAt());
            if (failure.isEmpty()) {
                failure = belongs(content, from, resend.sequence());
            }
            if (failure.isPresent()) {
                throw new Refused(failure.get());
            }
            Party party = content.with()
                    .map(with -> desk.person(from.equals(desk.self()) ? with : from))
                    .orElse(Party.room(content.conversation()));
            return new Original(envelope, content, from, party);
        } catch (EnvelopeException e) {
            throw new Refused(
                    e.failure() == EnvelopeFailure.SIGNER_UNKNOWN || e.failure() == EnvelopeFailure.SIGNER_REFUSED
                            ? LetterFailure.of(e.failure())
                            : LetterFailure.RESEND_FORGED);
        } catch (ContentException e) {
            throw new Refused(LetterFailure.CONTENT_MALFORMED);
        }
    }

    private Optional<KnownDevice> author(DeviceId device) {
        return book.device(device);
    }

    private Optional<ValidatedPath> signer(DeviceId device, Body.Resend resend) {
        Optional<KnownDevice> known = author(device);
        if (known.isEmpty()) {
            return Optional.empty();
        }
        return switch (judge.signer(known.get().chain(), known.get().address(), resend.acceptedAt())) {
            case SignerVerdict.Accepted(ValidatedPath path) -> Optional.of(path);
            case SignerVerdict.Revoked _, SignerVerdict.Refused _, SignerVerdict.Undecided _ -> Optional.empty();
        };
    }

    private Optional<LetterFailure> belongs(Content content, Address from, long sequence) throws StoreException {
        if (content.with().isPresent()) {
            return LetterCheck.ofTwo(content, desk.self(), from);
        }
        Optional<Room> room = rooms.find(content.conversation());
        return room.isEmpty()
                ? Optional.of(LetterFailure.CONVERSATION_UNKNOWN)
                : LetterCheck.ofRoom(content, room.get().at(sequence), desk.self(), from);
    }

    /// Letters are handed on in their own conversation, those of a room also to one alone by who belonged to it then;
    /// among one's own devices those of every conversation are.
    private void requirePlace(Line by, Original original, long sequence) throws Refused, StoreException {
        boolean amongOwn = by.mine() && by.party().equals(desk.person(desk.self()));
        boolean there = original.content().conversation().equals(by.conversation());
        if (!amongOwn && !there && !isToOneAlone(by, original, sequence)) {
            throw new Refused(LetterFailure.RESEND_ELSEWHERE);
        }
    }

    private boolean isToOneAlone(Line by, Original original, long sequence) throws StoreException {
        Optional<Room> room = rooms.find(original.content().conversation());
        return !by.party().isRoom()
                && room.isPresent()
                && room.get()
                        .at(sequence)
                        .filter(then -> then.members().containsKey(by.from()))
                        .isPresent();
    }

    /// What has been deleted since proves nothing any more, and is no other message.
    private boolean differs(StoredLine held, Original original) throws StoreException {
        Optional<byte[]> known = desk.store().history().evidence(held.id());
        return known.isPresent()
                && !Arrays.equals(known.get(), original.envelope().signedData());
    }

    /// @param otherwise its place where nothing says that it is missing; 0: the end
    private void enter(Original original, Body.Resend resend, long otherwise, Telling telling) throws StoreException {
        MessageReference letter = original.reference();
        List<Missing> missing =
                desk.store().missing().of(original.party(), letter.device(), letter.chain(), letter.counter());
        long place = missing.stream()
                .min(Comparator.comparingLong(Missing::line))
                .map(first -> first.place(letter.counter()))
                .orElse(otherwise);
        for (Missing one : missing) {
            found(one, one.without(letter.counter()), place, telling);
        }
        Line line = new Line(
                original.party(),
                original.from(),
                Optional.of(letter.device()),
                original.from().equals(desk.self()),
                Optional.of(original.content().body()),
                original.content().sentAt(),
                Optional.of(resend.acceptedAt()),
                OptionalLong.of(resend.sequence()),
                Optional.empty(),
                Optional.empty());
        StoredLine stored = desk.store()
                .history()
                .insert(place, original.origin(), line)
                .orElseThrow(() -> new IllegalStateException("a letter that is not held is stored already"));
        desk.store().history().addEvidence(stored, original.envelope().signedData());
        telling.entered(amending.entered(stored));
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
            Line fewer = note.get().line().failed(Asking.missing(after.count(), before.from()));
            telling.changed(desk.store().history().rewrite(note.get().with(fewer)));
        }
    }
}
