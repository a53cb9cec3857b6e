package org.chancery.client.engine;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.store.Line;
import org.chancery.client.store.Origin;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.sealing.OpenedEnvelope;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.MessageReference;

/// What [LetterJudge] says of a letter.
sealed interface LetterVerdict {
    /// Everything that can be checked on the letter alone holds.
    record Holds(OpenedEnvelope envelope, Content content, Address from, Party party) implements LetterVerdict {
        MessageReference reference() {
            return new MessageReference(envelope.header().sender(), content.chain(), content.counter());
        }

        Origin.Letter origin() {
            return new Origin.Letter(envelope.header().sender(), content.chain(), content.counter());
        }

        /// The message, as the relay took it at that time and place.
        Line line(Address self, Instant acceptedAt, long sequence) {
            return new Line(
                    party,
                    from,
                    Optional.of(envelope.header().sender()),
                    from.equals(self),
                    Optional.of(content.body()),
                    content.sentAt(),
                    Optional.of(acceptedAt),
                    OptionalLong.of(sequence),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    record Failed(LetterFailure failure) implements LetterVerdict {}

    /// The signer's certificate is unknown, or another than the one known, or the device is not on the chain as it
    /// is known: the directory may have it.
    record WantsSigner(DeviceId signer, LetterFailure otherwise) implements LetterVerdict {}

    /// It was written by entries of the room's record that are not known here: the relay may show them.
    record WantsEntries(ConversationId room, LetterFailure otherwise) implements LetterVerdict {}

    /// Cannot be decided without newer revocation lists.
    record Undecided(String why) implements LetterVerdict {}
}
