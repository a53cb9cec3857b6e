package org.chancery.client.engine;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
import org.chancery.client.store.SealedLetter;
import org.chancery.client.trust.HeldRevocations;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.sealing.EnvelopeException;
import org.chancery.pki.sealing.EnvelopeSealer;
import org.chancery.pki.sealing.RecipientKey;
import org.chancery.pki.sealing.SealedEpoch;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContentException;

/// From a text to a sealed letter: what is signed, and to whom it is sealed. An epoch has one message: every letter has
/// a key of its own.
final class LetterWriter {
    private static final byte[] NO_HASH = {};

    /// The devices that will be able to read.
    ///
    /// @param theirs of the other side; at least one
    /// @param own of one's own address, this one among them
    record Recipients(List<X509Certificate> theirs, List<X509Certificate> own) {
        List<RecipientKey> all() throws EnvelopeException {
            Set<X509Certificate> all = new LinkedHashSet<>(theirs);
            all.addAll(own);
            List<RecipientKey> keys = new ArrayList<>();
            for (X509Certificate certificate : all) {
                keys.add(RecipientKey.of(certificate));
            }
            return keys;
        }
    }

    /// What came of it.
    sealed interface Written {
        record Ready(SealedLetter letter) implements Written {}

        record Unsealable(String sentence) implements Written {}
    }

    private final Desk desk;
    private final HeldRevocations revocations;
    private final EnvelopeSealer sealer;

    LetterWriter(Desk desk, HeldRevocations revocations) {
        this.desk = desk;
        this.revocations = revocations;
        this.sealer = new EnvelopeSealer(desk.random());
    }

    /// Writes the next letter of this device's chain in `conversation`. It is signed as of now, not as of when the text
    /// was typed: the relay's time of receipt will be held against it.
    Written write(Conversation conversation, Line line, Recipients recipients) {
        Instant now = desk.clock().instant();
        long counter = conversation.counter() + 1;
        Content content = new Content(
                conversation.id(),
                conversation.chain(),
                counter,
                octets(conversation.previousLetter()),
                conversation.sequence(),
                octets(conversation.transcript()),
                NO_HASH,
                revocations.number(),
                now,
                new Body.Text(line.text()));
        try (SealedEpoch epoch = sealer.newEpoch(
                conversation.id(),
                desk.device(),
                Stream.of(desk.self(), conversation.with())
                        .map(SealMember::withoutChain)
                        .toList(),
                recipients.all())) {
            return new Written.Ready(new SealedLetter(
                    epoch.seal(),
                    epoch.letter(
                            desk.identity(),
                            ContentPurpose.CONTENT,
                            conversation.chain(),
                            counter,
                            content.encode(),
                            now),
                    now));
        } catch (ContentException e) {
            return new Written.Unsealable("the message cannot be sent: " + e.getMessage());
        } catch (EnvelopeException e) {
            return new Written.Unsealable("the message cannot be sealed: " + e.getMessage());
        }
    }

    private static byte[] octets(Digest digest) {
        return digest.equals(Digest.NONE) ? NO_HASH : digest.bytes();
    }
}
