package org.chancery.pki.sealing;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.SealBody;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.DeviceId;

/// A seal and its key in the hands of somebody who does not keep to the rules: whatever is to be inside a letter, under
/// whatever header, with real cryptography.
public final class ForgedEpoch {
    private final Seal seal;
    private final ContentKey key;
    private final SecureRandom random;

    private ForgedEpoch(Seal seal, ContentKey key, SecureRandom random) {
        this.seal = seal;
        this.key = key;
        this.random = random;
    }

    /// Draws a key, and wraps it for these, whoever they are.
    ///
    /// @param committed whether the seal commits to the key that it wraps
    public static ForgedEpoch draw(
            ConversationId conversation,
            DeviceId sender,
            byte[] membershipHead,
            List<SealMember> members,
            List<RecipientKey> recipients,
            boolean committed,
            SecureRandom random) {
        ContentKey key = ContentKey.draw(random);
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
        ContentKey promised = committed ? key : ContentKey.draw(random);
        return new ForgedEpoch(new Seal(body, promised.commitmentTo(body.id())), key, random);
    }

    public Seal seal() {
        return seal;
    }

    /// The header that a letter of this epoch has to have.
    public LetterHeader header(ChainId chain, long counter) {
        return new LetterHeader(
                LetterHeader.VERSION, seal.conversation(), seal.sender(), seal.id(), chain, counter, seal.commitment());
    }

    /// What is inside a letter: signed for whatever purpose, as a letter under whatever header.
    public static byte[] sign(
            Identity signer, ContentPurpose purpose, LetterHeader header, byte[] content, Instant signingTime) {
        return SignedLetter.sign(signer, purpose, header, content, signingTime);
    }

    /// What is inside a sealed file.
    public static byte[] signFile(Identity signer, byte[] content, Instant signingTime) {
        Surround signed = FileStructure.signedData(
                signer, signingTime, content.length, Digest.over(content).bytes());
        return Surround.join(signed.before(), content, signed.after());
    }

    /// Anything at all, encrypted as a letter.
    public Letter encrypt(LetterHeader header, byte[] inside) {
        return key.encrypt(header, inside, random);
    }
}
