package org.chancery.client.engine;

import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.KnownDevice;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.trust.DeviceJudge;
import org.chancery.client.trust.RememberedChains;
import org.chancery.client.trust.SignerVerdict;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.EnvelopeFailure;
import org.chancery.pki.sealing.OpenedEnvelope;
import org.chancery.pki.sealing.SignerPath;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContentException;

/// Whether a letter holds by itself: its signer judged as of when the relay took it, the letter opened, its content
/// decoded and held against what is said of it. In this order, and each failure by its name; the same for what the
/// relay delivers and for what somebody hands on.
final class LetterJudge {
    /// What is said of a letter by whoever brings it, and nobody has signed.
    private record Claim(DeviceId sender, Instant acceptedAt, long sequence) {}

    private interface Letter {
        OpenedEnvelope open(SignerPath signers) throws EnvelopeException;
    }

    /// What is wrong with the octets themselves is the doing of whoever hands them on.
    private static final Set<LetterFailure> FORGERIES = EnumSet.of(
            LetterFailure.MALFORMED,
            LetterFailure.WRONG_PURPOSE,
            LetterFailure.SIGNATURE_INVALID,
            LetterFailure.UNSUPPORTED_ALGORITHM);

    private final Desk desk;
    private final ContactBook book;
    private final RoomBook rooms;
    private final DeviceJudge judge;
    private final RememberedChains chains;
    private final Sealing sealing;

    LetterJudge(
            Desk desk, ContactBook book, RoomBook rooms, DeviceJudge judge, RememberedChains chains, Sealing sealing) {
        this.desk = desk;
        this.book = book;
        this.rooms = rooms;
        this.judge = judge;
        this.chains = chains;
        this.sealing = sealing;
    }

    /// A letter as the relay delivers it.
    LetterVerdict delivered(Delivery delivery) throws StoreException {
        DeviceId sender = delivery.header().sender();
        Address from = delivery.frame().from();
        if (book.device(sender).filter(known -> !known.address().equals(from)).isPresent()) {
            return new LetterVerdict.Failed(LetterFailure.SENDER_MISMATCH);
        }
        return judge(
                new Claim(
                        sender, delivery.frame().acceptedAt(), delivery.frame().sequence()),
                signers -> sealing.open(delivery.frame().envelopeDer(), signers));
    }

    /// What was inside a letter, as somebody hands it on who has received it.
    LetterVerdict handedOn(Body.Resend resend) throws StoreException {
        DeviceId sender;
        try {
            sender = sealing.claimedHeader(resend.signedDataDer()).sender();
        } catch (EnvelopeException e) {
            return new LetterVerdict.Failed(LetterFailure.RESEND_FORGED);
        }
        LetterVerdict verdict = judge(
                new Claim(sender, resend.acceptedAt(), resend.sequence()),
                signers -> sealing.verify(resend.signedDataDer(), signers));
        return verdict instanceof LetterVerdict.Failed(LetterFailure failure) && FORGERIES.contains(failure)
                ? new LetterVerdict.Failed(LetterFailure.RESEND_FORGED)
                : verdict;
    }

    private LetterVerdict judge(Claim claim, Letter letter) throws StoreException {
        Optional<KnownDevice> sender = book.device(claim.sender());
        if (sender.isEmpty()) {
            return new LetterVerdict.WantsSigner(claim.sender(), LetterFailure.SENDER_UNKNOWN);
        }
        Address from = sender.get().address();
        return switch (judge.signer(sender.get().chain(), from, claim.acceptedAt())) {
            case SignerVerdict.Accepted(ValidatedPath path) -> openIfOnChain(claim, from, path, letter);
            case SignerVerdict.Revoked _ -> new LetterVerdict.Failed(LetterFailure.SENDER_REVOKED);
            case SignerVerdict.Undecided(String why) -> new LetterVerdict.Undecided(why);
            // A renewed certificate began after the letter, or the one known ended before it.
            case SignerVerdict.Refused(PathFailure failure, String _) ->
                failure == PathFailure.EXPIRED || failure == PathFailure.NOT_YET_VALID
                        ? new LetterVerdict.WantsSigner(claim.sender(), LetterFailure.SENDER_REFUSED)
                        : new LetterVerdict.Failed(LetterFailure.SENDER_REFUSED);
        };
    }

    /// A certificate alone makes nobody believed: a device on the chain has to have signed for it.
    private LetterVerdict openIfOnChain(Claim claim, Address from, ValidatedPath signer, Letter letter)
            throws StoreException {
        if (chains.wasOn(from, claim.sender(), claim.acceptedAt())) {
            return open(claim, from, signer, letter);
        }
        return chains.unjudged(from)
                .<LetterVerdict>map(LetterVerdict.Undecided::new)
                .orElse(new LetterVerdict.WantsSigner(claim.sender(), LetterFailure.SENDER_NOT_ON_CHAIN));
    }

    private LetterVerdict open(Claim claim, Address from, ValidatedPath signer, Letter letter) throws StoreException {
        try {
            OpenedEnvelope envelope = letter.open(_ -> Optional.of(signer));
            Content content = Content.decode(envelope.content());
            Optional<LetterFailure> failure = check(claim, from, envelope, content);
            return failure.isPresent()
                    ? failed(failure.get(), content)
                    : new LetterVerdict.Holds(envelope, content, from, party(from, content));
        } catch (EnvelopeException e) {
            LetterFailure failure = LetterFailure.of(e.failure());
            // A renewed certificate has the same key and another digest, which the signature names.
            return e.failure() == EnvelopeFailure.SIGNER_UNKNOWN
                    ? new LetterVerdict.WantsSigner(claim.sender(), failure)
                    : new LetterVerdict.Failed(failure);
        } catch (ContentException e) {
            return new LetterVerdict.Failed(LetterFailure.CONTENT_MALFORMED);
        }
    }

    /// Who knows less of a room than the writer did asks before accusing anybody.
    private static LetterVerdict failed(LetterFailure failure, Content content) {
        return switch (failure) {
            case MEMBERSHIP_MISMATCH, NOT_A_MEMBER, READMITTED, BEFORE_ADMISSION, CONVERSATION_UNKNOWN ->
                new LetterVerdict.WantsEntries(content.conversation(), failure);
            default -> new LetterVerdict.Failed(failure);
        };
    }

    private Optional<LetterFailure> check(Claim claim, Address from, OpenedEnvelope envelope, Content content)
            throws StoreException {
        Optional<LetterFailure> failure =
                LetterCheck.outside(content, envelope.header(), envelope.signingTime(), claim.acceptedAt());
        if (failure.isPresent()) {
            return failure;
        }
        if (content.with().isPresent()) {
            return LetterCheck.ofTwo(content, desk.self(), from);
        }
        Optional<Room> room = rooms.find(content.conversation());
        if (room.isEmpty()) {
            return Optional.of(LetterFailure.CONVERSATION_UNKNOWN);
        }
        if (room.get().readmitted().contains(from)) {
            return Optional.of(LetterFailure.READMITTED);
        }
        return LetterCheck.ofRoom(content, room.get().at(claim.sequence()), desk.self(), from);
    }

    /// Whom the conversation is with, once the content has been found to belong to it. Between two, the content names
    /// the one who did not write it.
    private Party party(Address from, Content content) {
        return content.with()
                .map(with -> desk.person(from.equals(desk.self()) ? with : from))
                .orElse(Party.room(content.conversation()));
    }
}
