package org.chancery.pki.sealing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.LetterHeader;

/// A content-encryption key: AES-256, wiped when closed. Not thread safe.
///
/// The JCA keeps copies of its own while an operation lasts, which only the garbage collector takes away.
final class ContentKey implements AutoCloseable {
    static final int BYTES = 32;

    /// Keeps the HMAC's use of the key apart from any other; what follows has a fixed length.
    private static final byte[] COMMITMENT_LABEL = "chancery seal v1\0".getBytes(StandardCharsets.US_ASCII);

    private final byte[] octets;
    private boolean closed;

    private ContentKey(byte[] octets) {
        this.octets = octets;
    }

    static ContentKey draw(SecureRandom random) {
        byte[] octets = new byte[BYTES];
        random.nextBytes(octets);
        return new ContentKey(octets);
    }

    /// @throws EnvelopeException WRAP_MISMATCH if no key of 32 octets comes out, RECIPIENT_KEY_UNSUPPORTED
    static ContentKey unwrap(byte[] encryptedKey, PrivateKey own) throws EnvelopeException {
        byte[] octets = KeyTransport.decrypt(own, encryptedKey);
        if (octets.length != BYTES) {
            Arrays.fill(octets, (byte) 0);
            throw new EnvelopeException(
                    EnvelopeFailure.WRAP_MISMATCH, "a key of " + octets.length + " octets, must be " + BYTES);
        }
        return new ContentKey(octets);
    }

    KeyTransRecipient wrapFor(RecipientKey recipient) {
        byte[] encryptedKey = KeyTransport.encrypt(recipient.key(), open());
        return new KeyTransRecipient(recipient.subjectKeyIdentifier(), encryptedKey);
    }

    /// HMAC-SHA-256 under this key: no second key gives the same, so all who check it decrypt with one key.
    byte[] commitmentTo(byte[] sealId) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(open(), "HmacSHA256"));
            mac.update(COMMITMENT_LABEL);
            return mac.doFinal(sealId);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the platform lacks HMAC-SHA-256", e);
        }
    }

    /// @throws EnvelopeException COMMITMENT_MISMATCH if the header commits to another key or seal
    void requireCommitment(LetterHeader header) throws EnvelopeException {
        if (!MessageDigest.isEqual(commitmentTo(header.sealId()), header.commitment())) {
            throw new EnvelopeException(
                    EnvelopeFailure.COMMITMENT_MISMATCH, "the wrapped key is not the one the letter commits to");
        }
    }

    /// Under a random nonce: two letters of one key collide with less than 2^-60 for the letters an epoch may have.
    Letter encrypt(LetterHeader header, byte[] plaintext, SecureRandom random) {
        byte[] nonce = new byte[Letter.NONCE_BYTES];
        random.nextBytes(nonce);
        byte[] sealed;
        try {
            sealed = gcm(Cipher.ENCRYPT_MODE, nonce).doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM of " + plaintext.length + " octets", e);
        }
        int length = sealed.length - Letter.TAG_BYTES;
        return new Letter(
                header, nonce, Arrays.copyOf(sealed, length), Arrays.copyOfRange(sealed, length, sealed.length));
    }

    /// @throws EnvelopeException DECRYPTION_FAILED if the tag does not hold
    byte[] decrypt(Letter letter) throws EnvelopeException {
        byte[] ciphertext = letter.ciphertext();
        byte[] sealed = Arrays.copyOf(ciphertext, ciphertext.length + Letter.TAG_BYTES);
        System.arraycopy(letter.tag(), 0, sealed, ciphertext.length, Letter.TAG_BYTES);
        try {
            return gcm(Cipher.DECRYPT_MODE, letter.nonce()).doFinal(sealed);
        } catch (AEADBadTagException e) {
            throw new EnvelopeException(EnvelopeFailure.DECRYPTION_FAILED, "the GCM tag does not hold", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM of " + sealed.length + " octets", e);
        }
    }

    /// For a stream, encrypting under one nonce.
    Cipher encryptor(byte[] nonce) {
        try {
            return gcm(Cipher.ENCRYPT_MODE, nonce);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM", e);
        }
    }

    /// The key itself, for the one cipher that is not the JCA's. The caller wipes its copy.
    byte[] exposedOctets() {
        return open().clone();
    }

    ContentKey copy() {
        return new ContentKey(exposedOctets());
    }

    private Cipher gcm(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(open(), "AES"), new GCMParameterSpec(Letter.TAG_BYTES * Byte.SIZE, nonce));
        return cipher;
    }

    private byte[] open() {
        if (closed) {
            throw new IllegalStateException("the key is wiped");
        }
        return octets;
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(octets, (byte) 0);
    }
}
