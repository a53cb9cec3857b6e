package org.chancery.pki.sealing;

import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.SealBody;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// Begins epochs: draws a content-encryption key and wraps it for every device that may read. Thread safe if its
/// source of randomness is.
public final class EnvelopeSealer {
    private final SecureRandom random;

    public EnvelopeSealer(SecureRandom random) {
        this.random = random;
    }

    /// Draws a new key and wraps it for each recipient, at about 0.2 ms a recipient. How long the epoch lasts is
    /// the caller's rule; a change of members or devices must end it.
    ///
    /// @param membershipHead hash of the room's last membership entry; no octets between two people
    /// @param sender the device whose letters the epoch carries; it reads them later only if its certificate is
    /// among the recipients
    /// @param members everyone in the conversation, in any order
    /// @param recipients a certificate for each device, in any order
    /// @throws EnvelopeException RECIPIENT_KEY_UNSUPPORTED naming the first that cannot receive, TOO_LARGE for
    /// too many of either
    /// @throws IllegalArgumentException for no member, no recipient, or one named twice
    public SealedEpoch newEpoch(
            ConversationId conversation,
            DeviceId sender,
            byte[] membershipHead,
            List<Address> members,
            List<X509Certificate> recipients)
            throws EnvelopeException {
        requireAtMost("members", members.size(), SealBody.MAX_MEMBERS);
        requireAtMost("recipients", recipients.size(), SealBody.MAX_WRAPS);
        ContentKey key = ContentKey.draw(random);
        try {
            List<Wrap> wraps = new ArrayList<>(recipients.size());
            for (X509Certificate recipient : recipients) {
                byte[] recipientInfoDer = key.wrapFor(recipient).der();
                wraps.add(new Wrap(DeviceId.of(recipient.getPublicKey()), recipientInfoDer));
            }
            wraps.sort(Comparator.comparing(Wrap::device));
            SealBody body = new SealBody(
                    conversation,
                    sender,
                    membershipHead,
                    members.stream().sorted().toList(),
                    wraps);
            return new SealedEpoch(new Seal(body, key.commitmentTo(body.id())), key, random);
        } catch (EnvelopeException | RuntimeException e) {
            key.close();
            throw e;
        }
    }

    /// As the other, between two people.
    public SealedEpoch newEpoch(
            ConversationId conversation, DeviceId sender, List<Address> members, List<X509Certificate> recipients)
            throws EnvelopeException {
        return newEpoch(conversation, sender, new byte[0], members, recipients);
    }

    private static void requireAtMost(String what, int count, int max) throws EnvelopeException {
        if (count > max) {
            throw new EnvelopeException(EnvelopeFailure.TOO_LARGE, count + " " + what + ", at most " + max);
        }
    }
}
