package org.chancery.dist.vectors;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.MGF1ParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.sealing.EnvelopeSealer;
import org.chancery.pki.sealing.RecipientKey;
import org.chancery.pki.sealing.SealedEpoch;
import org.chancery.pki.sealing.WrittenLetter;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Content;
import org.chancery.protocol.content.ContinuedChain;

/// One device that writes in one conversation, to one reader whose private key is known: what is inside a letter can be
/// made anew by other means.
final class Scribe {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Identity own;
    private final Optional<Address> with;
    private final PrivateKey reader;
    private final SealedEpoch epoch;
    private ChainId chain = ChainId.random(RANDOM);
    private Optional<ContinuedChain> continues = Optional.empty();
    private byte[] previous = {};
    private long counter;

    /// @param head of a room; none between two
    Scribe(
            Identity own,
            ConversationId conversation,
            Optional<Address> with,
            Optional<Digest> head,
            List<SealMember> members,
            RecipientKey recipient,
            PrivateKey reader)
            throws Exception {
        this.own = own;
        this.with = with;
        this.reader = reader;
        this.epoch = new EnvelopeSealer(RANDOM)
                .newEpoch(
                        conversation,
                        own.deviceId(),
                        head.map(Digest::bytes).orElse(new byte[0]),
                        members,
                        List.of(recipient));
    }

    /// What a letter says; changed where a letter is to be refused for it.
    @SuppressWarnings("ArrayRecordComponent") // made here, never compared
    record Draft(
            Content content, ChainId chain, long counter, ContentPurpose purpose, Instant signedAt, byte[] octets) {
        Draft saying(byte[] other) {
            return new Draft(content, chain, counter, purpose, signedAt, other);
        }

        Draft as(ContentPurpose other) {
            return new Draft(content, chain, counter, other, signedAt, octets);
        }
    }

    /// A letter, and what is inside.
    @SuppressWarnings("ArrayRecordComponent") // likewise
    record Written(Letter letter, byte[] signedData) {}

    /// The next letter of the chain.
    Draft draft(String text, LogOfOne log, Instant now) throws Exception {
        return draft(text, log.places(), log.transcript(), now);
    }

    Draft draft(String text, long seen, Digest transcript, Instant now) throws Exception {
        Content content = content(text, seen, transcript, previous, now);
        return new Draft(content, chain, counter + 1, ContentPurpose.CONTENT, now, content.encode());
    }

    /// The same, behind another letter than the last.
    Draft following(byte[] another, LogOfOne log, Instant now) throws Exception {
        Content content = content("another line", log.places(), log.transcript(), another, now);
        return new Draft(content, chain, counter + 1, ContentPurpose.CONTENT, now, content.encode());
    }

    private Content content(String text, long seen, Digest transcript, byte[] before, Instant now) {
        return new Content(
                epoch.seal().conversation(),
                with,
                chain,
                counter + 1,
                before,
                continues,
                seen,
                seen == 0 ? new byte[0] : transcript.bytes(),
                epoch.seal().membershipHead(),
                1,
                now,
                new Body.Text(text));
    }

    /// Signs and seals, and does not count it.
    Written write(Draft draft) throws Exception {
        WrittenLetter written =
                epoch.write(own, draft.purpose(), draft.chain(), draft.counter(), draft.octets(), draft.signedAt());
        return new Written(written.letter(), written.signedDataDer());
    }

    /// The next one follows on this.
    Written sent(Draft draft) throws Exception {
        Written written = write(draft);
        counter++;
        previous = written.letter().hash().bytes();
        continues = Optional.empty();
        return written;
    }

    /// Begins anew behind what it remembers.
    void beginAnew() {
        beginAnew(0);
    }

    /// The same, behind so many letters more, which it says that it has written.
    void beginAnew(int more) {
        continues = Optional.of(new ContinuedChain(chain, counter + more));
        chain = ChainId.random(RANDOM);
        counter = 0;
    }

    /// Claims another end of the old chain.
    void beginAnewBehind(byte[] another) {
        beginAnew();
        previous = another;
    }

    /// As the reader is brought it.
    byte[] stapled(Letter letter) {
        return EnvelopeStapler.staple(letter, wrap());
    }

    Wrap wrap() {
        return epoch.seal().wraps().getFirst();
    }

    /// The same letter with other octets inside, encrypted by other means under its own key.
    Letter inside(Letter letter, byte[] signedData) throws Exception {
        byte[] nonce = new byte[Letter.NONCE_BYTES];
        RANDOM.nextBytes(nonce);
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key(), "AES"), new GCMParameterSpec(128, nonce));
        byte[] sealed = cipher.doFinal(signedData);
        int length = sealed.length - Letter.TAG_BYTES;
        return new Letter(
                letter.header(),
                nonce,
                Arrays.copyOf(sealed, length),
                Arrays.copyOfRange(sealed, length, sealed.length));
    }

    private byte[] key() throws GeneralSecurityException, MalformedEnvelopeException {
        Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
        cipher.init(
                Cipher.DECRYPT_MODE,
                reader,
                new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
        return cipher.doFinal(KeyTransRecipient.parse(wrap().recipientInfoDer()).encryptedKey());
    }

    /// The letter with another header outside.
    static Letter under(Letter letter, LetterHeader header) {
        return new Letter(header, letter.nonce(), letter.ciphertext(), letter.tag());
    }

    /// `octets` with the last occurrence of one run replaced by another of the same length.
    static byte[] replaced(byte[] octets, String one, String other) {
        String hex = HexFormat.of().formatHex(octets);
        int at = hex.lastIndexOf(one);
        if (at < 0 || one.length() != other.length()) {
            throw new IllegalArgumentException("no " + one);
        }
        return HexFormat.of().parseHex(hex.substring(0, at) + other + hex.substring(at + one.length()));
    }

    static byte[] flipped(byte[] octets) {
        byte[] other = octets.clone();
        other[other.length - 1] ^= 1;
        return other;
    }
}
