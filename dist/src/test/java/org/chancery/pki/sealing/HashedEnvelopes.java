package org.chancery.pki.sealing;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;
import org.chancery.pki.envelope.MalformedEnvelopeException;
import org.chancery.pki.envelope.Seal;
import org.chancery.pki.envelope.SealBody;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.envelope.StapledEnvelope;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.ValidatedPath;

/// Seals and letters of the real structures, with keyed hashes where RSA and AES would be: what a simulation of
/// a million steps can afford. The secrets of all devices follow from their names, so nothing is secret from
/// anybody; that a letter is whole, by whom it is and whom it is for can be told all the same, and every
/// failure has its name.
public final class HashedEnvelopes {
    private static final int KEY_OCTETS = 32;
    private static final int WRAP_OCTETS = 384; // as RSA 3072 makes them
    private static final int NOT_OURS = 32;

    private HashedEnvelopes() {}

    /// A seal with its key.
    @SuppressWarnings("ArrayRecordComponent") // of a test, never compared
    public record Drawn(Seal seal, byte[] key) {}

    /// Draws a key, and wraps it.
    public static Drawn draw(
            ConversationId conversation,
            DeviceId sender,
            byte[] membershipHead,
            List<SealMember> members,
            List<RecipientKey> recipients,
            SecureRandom random) {
        byte[] key = new byte[KEY_OCTETS];
        random.nextBytes(key);
        List<Wrap> wraps = recipients.stream()
                .map(recipient -> wrap(recipient, key))
                .sorted(Comparator.comparing(Wrap::device))
                .toList();
        List<SealMember> people = members.stream()
                .sorted(Comparator.comparing(SealMember::address))
                .toList();
        SealBody body = new SealBody(conversation, sender, membershipHead, people, wraps);
        return new Drawn(new Seal(body, commitment(key, body.id())), key);
    }

    private static Wrap wrap(RecipientKey recipient, byte[] key) {
        byte[] identifier = recipient.subjectKeyIdentifier();
        byte[] wrapped = new byte[WRAP_OCTETS];
        byte[] mask = hash("mask", identifier);
        for (int i = 0; i < KEY_OCTETS; i++) {
            wrapped[i] = (byte) (key[i] ^ mask[i]);
        }
        System.arraycopy(hash("wrap", identifier, key), 0, wrapped, KEY_OCTETS, NOT_OURS);
        return new Wrap(recipient.device(), recipient.number(), new KeyTransRecipient(identifier, wrapped).der());
    }

    private static byte[] commitment(byte[] key, byte[] sealId) {
        return hash("commitment", key, sealId);
    }

    /// One letter, and what is inside: length and octets of the header, time, signature, content.
    public static WrittenLetter letter(
            Drawn epoch, LetterHeader header, byte[] content, Instant signingTime, byte[] nonce) {
        byte[] headerDer = header.der();
        byte[] signature = signature(header, signingTime, content);
        byte[] inside = ByteBuffer.allocate(
                        Integer.BYTES + headerDer.length + Long.BYTES + signature.length + content.length)
                .putInt(headerDer.length)
                .put(headerDer)
                .putLong(signingTime.getEpochSecond())
                .put(signature)
                .put(content)
                .array();
        return new WrittenLetter(new Letter(header, nonce, inside, tag(epoch.key(), header, inside)), inside);
    }

    private static byte[] signature(LetterHeader header, Instant signingTime, byte[] content) {
        byte[] time = ByteBuffer.allocate(Long.BYTES)
                .putLong(signingTime.getEpochSecond())
                .array();
        return hash("signature", header.sender().bytes(), header.der(), time, content);
    }

    private static byte[] tag(byte[] key, LetterHeader header, byte[] inside) {
        return Arrays.copyOf(hash("tag", key, header.der(), inside), Letter.TAG_BYTES);
    }

    /// Opens a delivered letter, in the order in which a real one is looked at.
    ///
    /// @param keys of the reader
    public static OpenedEnvelope open(byte[] stapledDer, ReceivingKeys keys, SignerPath signers)
            throws EnvelopeException {
        StapledEnvelope envelope;
        try {
            envelope = EnvelopeStapler.parse(stapledDer);
        } catch (MalformedEnvelopeException e) {
            throw new EnvelopeException(EnvelopeFailure.MALFORMED, "not a letter with one recipient", e);
        }
        LetterHeader header = envelope.letter().header();
        byte[] key = unwrap(envelope.recipient(), keys);
        if (!MessageDigest.isEqual(commitment(key, header.sealId()), header.commitment())) {
            throw new EnvelopeException(EnvelopeFailure.COMMITMENT_MISMATCH, "another key");
        }
        byte[] inside = envelope.letter().ciphertext();
        if (!MessageDigest.isEqual(tag(key, header, inside), envelope.letter().tag())) {
            throw new EnvelopeException(EnvelopeFailure.DECRYPTION_FAILED, "the tag does not hold");
        }
        OpenedEnvelope opened = verify(inside, signers);
        if (!opened.header().equals(header)) {
            throw new EnvelopeException(EnvelopeFailure.HEADER_MISMATCH, "another header was signed");
        }
        return opened;
    }

    /// Verifies what was inside a letter.
    public static OpenedEnvelope verify(byte[] inside, SignerPath signers) throws EnvelopeException {
        Inside in = Inside.of(inside);
        if (!MessageDigest.isEqual(signature(in.header(), in.signingTime(), in.content()), in.signature())) {
            throw new EnvelopeException(EnvelopeFailure.SIGNATURE_INVALID, "the signature does not hold");
        }
        return new OpenedEnvelope(
                in.content(), in.header(), path(signers, in.header().sender()), in.signingTime(), inside);
    }

    /// What was inside a letter, as it stands there.
    @SuppressWarnings("ArrayRecordComponent") // of a test, never compared
    private record Inside(LetterHeader header, Instant signingTime, byte[] signature, byte[] content) {
        static Inside of(byte[] inside) throws EnvelopeException {
            ByteBuffer in = ByteBuffer.wrap(inside);
            try {
                byte[] headerDer = new byte[in.getInt()];
                in.get(headerDer);
                LetterHeader header = LetterHeader.parse(headerDer);
                Instant signingTime = Instant.ofEpochSecond(in.getLong());
                byte[] signature = new byte[KEY_OCTETS];
                in.get(signature);
                byte[] content = new byte[in.remaining()];
                in.get(content);
                return new Inside(header, signingTime, signature, content);
            } catch (MalformedEnvelopeException | BufferUnderflowException | NegativeArraySizeException e) {
                throw new EnvelopeException(EnvelopeFailure.MALFORMED, "nothing that was signed", e);
            }
        }
    }

    /// When what was inside a letter was signed, by itself.
    public static Instant claimedSigningTime(byte[] inside) throws EnvelopeException {
        return Inside.of(inside).signingTime();
    }

    /// Whose letter it is, by itself.
    public static LetterHeader claimedHeader(byte[] inside) throws EnvelopeException {
        return Inside.of(inside).header();
    }

    /// What a letter says, likewise.
    public static byte[] claimedContent(byte[] inside) throws EnvelopeException {
        return Inside.of(inside).content();
    }

    private static ValidatedPath path(SignerPath signers, DeviceId sender) throws EnvelopeException {
        try {
            return signers.find(sender)
                    .orElseThrow(() -> new EnvelopeException(EnvelopeFailure.SIGNER_UNKNOWN, "nobody known"));
        } catch (PathValidationException e) {
            throw new EnvelopeException(EnvelopeFailure.SIGNER_REFUSED, "refused", e);
        }
    }

    private static byte[] unwrap(KeyTransRecipient recipient, ReceivingKeys keys) throws EnvelopeException {
        byte[] identifier = recipient.subjectKeyIdentifier();
        switch (keys.find(identifier)) {
            case ReceivingKeys.Found.Held _ -> {}
            case ReceivingKeys.Found.Destroyed _ ->
                throw new EnvelopeException(EnvelopeFailure.KEY_DESTROYED, "a key that is destroyed");
            case ReceivingKeys.Found.Unknown _ ->
                throw new EnvelopeException(EnvelopeFailure.NOT_ADDRESSED, "another key");
        }
        byte[] wrapped = recipient.encryptedKey();
        byte[] mask = hash("mask", identifier);
        byte[] key = new byte[KEY_OCTETS];
        for (int i = 0; i < KEY_OCTETS; i++) {
            key[i] = (byte) (wrapped[i] ^ mask[i]);
        }
        byte[] proof = Arrays.copyOfRange(wrapped, KEY_OCTETS, KEY_OCTETS + NOT_OURS);
        if (!MessageDigest.isEqual(hash("wrap", identifier, key), proof)) {
            throw new EnvelopeException(EnvelopeFailure.WRAP_MISMATCH, "the wrapped key does not come out");
        }
        return key;
    }

    private static byte[] hash(String label, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(label.getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
            for (byte[] part : parts) {
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC-SHA-256", e);
        }
    }
}
