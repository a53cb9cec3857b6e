package org.chancery.client.engine;

import java.util.Optional;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.KnownDevice;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.trust.DeviceJudge;
import org.chancery.client.trust.RememberedChains;
import org.chancery.client.trust.SignerVerdict;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.EnvelopeFailure;
import org.chancery.pki.sealing.OpenedEnvelope;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContentException;

/// From a delivered letter to its content: the signer judged, the envelope opened, the content decoded and held against
/// what the relay says. In this order, and each failure by its name.
final class Opening {
    /// What came of it.
    sealed interface Outcome {
        /// Opened, and everything that can be checked on the letter alone holds.
        record Opened(OpenedEnvelope envelope, Content content, Party party) implements Outcome {}

        record Failed(LetterFailure failure) implements Outcome {}

        /// The signer's certificate is unknown, or another than the one known, or the device is not on the chain as it
        /// is known: the directory may have it.
        record WantsSigner(LetterFailure otherwise) implements Outcome {}

        /// It was written by entries of the room's record that are not known here: the relay may show them.
        record WantsEntries(LetterFailure otherwise) implements Outcome {}

        /// Cannot be decided without newer revocation lists; it waits, unshown.
        record Undecided(String why) implements Outcome {}
    }

    private final Desk desk;
    private final ContactBook book;
    private final RoomBook rooms;
    private final DeviceJudge judge;
    private final RememberedChains chains;
    private final Sealing sealing;

    Opening(Desk desk, ContactBook book, RoomBook rooms, DeviceJudge judge, RememberedChains chains, Sealing sealing) {
        this.desk = desk;
        this.book = book;
        this.rooms = rooms;
        this.judge = judge;
        this.chains = chains;
        this.sealing = sealing;
    }

    Outcome open(Delivery delivery) throws StoreException {
        Address from = delivery.frame().from();
        Optional<KnownDevice> sender = book.device(delivery.header().sender());
        if (sender.isEmpty()) {
            return new Outcome.WantsSigner(LetterFailure.SENDER_UNKNOWN);
        }
        if (!sender.get().address().equals(from)) {
            return new Outcome.Failed(LetterFailure.SENDER_MISMATCH);
        }
        return switch (judge.signer(sender.get().chain(), from, delivery.frame().acceptedAt())) {
            case SignerVerdict.Accepted(ValidatedPath path) -> openIfOnChain(delivery, path);
            case SignerVerdict.Revoked _ -> new Outcome.Failed(LetterFailure.SENDER_REVOKED);
            case SignerVerdict.Undecided(String why) -> new Outcome.Undecided(why);
            // A renewed certificate began after the letter, or the one known ended before it.
            case SignerVerdict.Refused(PathFailure failure, String _) ->
                failure == PathFailure.EXPIRED || failure == PathFailure.NOT_YET_VALID
                        ? new Outcome.WantsSigner(LetterFailure.SENDER_REFUSED)
                        : new Outcome.Failed(LetterFailure.SENDER_REFUSED);
        };
    }

    /// A certificate alone makes nobody believed: a device on the chain has to have signed for it.
    private Outcome openIfOnChain(Delivery delivery, ValidatedPath signer) throws StoreException {
        Address from = delivery.frame().from();
        if (chains.wasOn(from, delivery.header().sender(), delivery.frame().acceptedAt())) {
            return open(delivery, signer);
        }
        return chains.unjudged(from)
                .<Outcome>map(Outcome.Undecided::new)
                .orElse(new Outcome.WantsSigner(LetterFailure.SENDER_NOT_ON_CHAIN));
    }

    private Outcome open(Delivery delivery, ValidatedPath signer) throws StoreException {
        try {
            OpenedEnvelope envelope =
                    sealing.open(delivery.frame().envelopeDer(), ContentPurpose.CONTENT, _ -> Optional.of(signer));
            Content content = Content.decode(envelope.content());
            return check(delivery, envelope, content)
                    .map(Opening::failed)
                    .orElseGet(() -> new Outcome.Opened(
                            envelope, content, party(delivery.frame().from(), content)));
        } catch (EnvelopeException e) {
            LetterFailure failure = LetterFailure.of(e.failure());
            // A renewed certificate has the same key and another digest, which the signature names.
            return e.failure() == EnvelopeFailure.SIGNER_UNKNOWN
                    ? new Outcome.WantsSigner(failure)
                    : new Outcome.Failed(failure);
        } catch (ContentException e) {
            return new Outcome.Failed(LetterFailure.CONTENT_MALFORMED);
        }
    }

    /// Who knows less of a room than the writer did asks before accusing anybody.
    private static Outcome failed(LetterFailure failure) {
        return switch (failure) {
            case MEMBERSHIP_MISMATCH, NOT_A_MEMBER, BEFORE_ADMISSION, CONVERSATION_UNKNOWN ->
                new Outcome.WantsEntries(failure);
            default -> new Outcome.Failed(failure);
        };
    }

    private Optional<LetterFailure> check(Delivery delivery, OpenedEnvelope envelope, Content content)
            throws StoreException {
        Optional<LetterFailure> failure = LetterCheck.outside(
                content,
                envelope.header(),
                envelope.signingTime(),
                delivery.frame().acceptedAt());
        if (failure.isPresent()) {
            return failure;
        }
        Address from = delivery.frame().from();
        if (content.with().isPresent()) {
            return LetterCheck.ofTwo(content, desk.self(), from);
        }
        Optional<Room> room = rooms.find(content.conversation());
        if (room.isEmpty()) {
            return Optional.of(LetterFailure.CONVERSATION_UNKNOWN);
        }
        if (room.get().readmitted().contains(from)) {
            return Optional.of(LetterFailure.NOT_A_MEMBER);
        }
        return LetterCheck.ofRoom(content, room.get().at(delivery.frame().sequence()), desk.self(), from);
    }

    /// Whom the conversation is with, once the content has been found to belong to it. Between two, the content names
    /// the one who did not write it.
    private Party party(Address from, Content content) {
        return content.with()
                .map(with -> desk.person(from.equals(desk.self()) ? with : from))
                .orElse(Party.room(content.conversation()));
    }
}
