package org.chancery.client.engine;

import java.util.Optional;
import org.chancery.client.store.KnownDevice;
import org.chancery.client.trust.DeviceJudge;
import org.chancery.client.trust.SignerVerdict;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.EnvelopeFailure;
import org.chancery.pki.sealing.EnvelopeOpener;
import org.chancery.pki.sealing.OpenedEnvelope;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContentException;

/// From a delivered letter to its content: the signer judged, the envelope opened, the content decoded and held against
/// what the relay says. In this order, and each failure by its name.
final class Opening {
    /// What came of it.
    sealed interface Outcome {
        /// Opened, and everything that can be checked on the letter alone holds.
        record Opened(OpenedEnvelope envelope, Content content, Address with) implements Outcome {}

        record Failed(LetterFailure failure) implements Outcome {}

        /// The signer's certificate is unknown, or another than the one known: the directory may have it.
        record WantsSigner(LetterFailure otherwise) implements Outcome {}

        /// One's own letter, sent from another device to somebody not known here: the directory may know.
        record WantsPeople() implements Outcome {}

        /// Cannot be decided without newer revocation lists; it waits, unshown.
        record Undecided(String why) implements Outcome {}
    }

    private final Desk desk;
    private final ContactBook book;
    private final DeviceJudge judge;
    private final EnvelopeOpener opener;

    Opening(Desk desk, ContactBook book, DeviceJudge judge) {
        this.desk = desk;
        this.book = book;
        this.judge = judge;
        this.opener = new EnvelopeOpener(desk.identity());
    }

    Outcome open(Delivery delivery) {
        Address from = delivery.frame().from();
        Optional<KnownDevice> sender = book.device(delivery.header().sender());
        if (sender.isEmpty()) {
            return new Outcome.WantsSigner(LetterFailure.SENDER_UNKNOWN);
        }
        if (!sender.get().address().equals(from)) {
            return new Outcome.Failed(LetterFailure.SENDER_MISMATCH);
        }
        return switch (judge.signer(sender.get().chain(), from, delivery.frame().acceptedAt())) {
            case SignerVerdict.Accepted(ValidatedPath path) -> open(delivery, path);
            case SignerVerdict.Revoked _ -> new Outcome.Failed(LetterFailure.SENDER_REVOKED);
            case SignerVerdict.Undecided(String why) -> new Outcome.Undecided(why);
            // A renewed certificate began after the letter, or the one known ended before it.
            case SignerVerdict.Refused(PathFailure failure, String _) ->
                failure == PathFailure.EXPIRED || failure == PathFailure.NOT_YET_VALID
                        ? new Outcome.WantsSigner(LetterFailure.SENDER_REFUSED)
                        : new Outcome.Failed(LetterFailure.SENDER_REFUSED);
        };
    }

    private Outcome open(Delivery delivery, ValidatedPath signer) {
        try {
            OpenedEnvelope envelope =
                    opener.open(delivery.frame().envelopeDer(), ContentPurpose.CONTENT, _ -> Optional.of(signer));
            Content content = Content.decode(envelope.content());
            Optional<Address> with = with(delivery);
            if (with.isEmpty()) {
                return new Outcome.WantsPeople();
            }
            return LetterCheck.content(
                            content,
                            envelope.header(),
                            envelope.signingTime(),
                            delivery.frame().acceptedAt(),
                            ConversationId.direct(desk.self(), with.get()))
                    .<Outcome>map(Outcome.Failed::new)
                    .orElseGet(() -> new Outcome.Opened(envelope, content, with.get()));
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

    /// The other side: the sender or, for a letter from another device of one's own, whoever of those known has this
    /// conversation with us.
    private Optional<Address> with(Delivery delivery) {
        Address from = delivery.frame().from();
        if (!from.equals(desk.self())) {
            return Optional.of(from);
        }
        return book.addresses().stream()
                .filter(address -> delivery.header().conversation().equals(ConversationId.direct(desk.self(), address)))
                .findFirst();
    }

    void close() {
        opener.close();
    }
}
