package org.chancery.pki.sealing;

import java.security.SecureRandom;
import java.util.Comparator;
import java.util.List;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.SealBody;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.DeviceId;

/// Begins epochs: draws a content-encryption key and wraps it for every device that may read. Thread safe if its
/// source of randomness is.
public final class EnvelopeSealer {
    private final SecureRandom random;

    public EnvelopeSealer(SecureRandom random) {
        this.random = random;
    }

    /// Draws a new key and wraps it for each recipient, at about 0.2 ms a recipient. How long the epoch lasts is
    /// the caller's rule; a change of members, of devices or of their keys must end it.
    ///
    /// @param membershipHead hash of the room's last membership entry; no octets between two people
    /// @param sender the device whose letters the epoch carries; it reads them later only if it is among the
    /// recipients
    /// @param members everyone in the conversation, in any order
    /// @param recipients a key for each device, in any order
    /// @throws EnvelopeException TOO_LARGE for too many of either
    /// @throws IllegalArgumentException for no member, no recipient, or one named twice
    public SealedEpoch newEpoch(
            ConversationId conversation,
            DeviceId sender,
            byte[] membershipHead,
            List<SealMember> members,
            List<RecipientKey> recipients)
            throws EnvelopeException {
        requireAtMost("members", members.size(), SealBody.MAX_MEMBERS);
        requireAtMost("recipients", recipients.size(), SealBody.MAX_WRAPS);
        ContentKey key = ContentKey.draw(random);
        try {
            List<Wrap> wraps = recipients.stream()
                    .map(recipient -> new Wrap(
                            recipient.device(),
                            recipient.number(),
                            key.wrapFor(recipient).der()))
                    .sorted(Comparator.comparing(Wrap::device))
                    .toList();
            List<SealMember> people = members.stream()
                    .sorted(Comparator.comparing(SealMember::address))
                    .toList();
            SealBody body = new SealBody(conversation, sender, membershipHead, people, wraps);
            return new SealedEpoch(new Seal(body, key.commitmentTo(body.id())), key, random);
        } catch (RuntimeException e) {
            key.close();
            throw e;
        }
    }

    /// As the other, between two people.
    public SealedEpoch newEpoch(
            ConversationId conversation, DeviceId sender, List<SealMember> members, List<RecipientKey> recipients)
            throws EnvelopeException {
        return newEpoch(conversation, sender, new byte[0], members, recipients);
    }

    private static void requireAtMost(String what, int count, int max) throws EnvelopeException {
        if (count > max) {
            throw new EnvelopeException(EnvelopeFailure.TOO_LARGE, count + " " + what + ", at most " + max);
        }
    }
}
