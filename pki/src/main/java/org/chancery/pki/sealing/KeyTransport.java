package org.chancery.pki.sealing;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.NoSuchPaddingException;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;

/// RSAES-OAEP with SHA-256, MGF1 with SHA-256 and the empty label (RFC 8017 section 7.1), on whole octet strings.
final class KeyTransport {
    /// The name alone would leave MGF1 at SHA-1; the parameters say all of it.
    private static final String TRANSFORMATION = "RSA/ECB/OAEPWithSHA-256AndMGF1Padding";

    private static final OAEPParameterSpec PARAMETERS =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private KeyTransport() {}

    static byte[] encrypt(RSAPublicKey recipient, byte[] key) {
        try {
            Cipher cipher = cipher();
            cipher.init(Cipher.ENCRYPT_MODE, recipient, PARAMETERS);
            return cipher.doFinal(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("RSAES-OAEP of " + key.length + " octets", e);
        }
    }

    /// @throws EnvelopeException RECIPIENT_KEY_UNSUPPORTED for a key that is not RSA, WRAP_MISMATCH if nothing
    /// comes out
    static byte[] decrypt(PrivateKey own, byte[] encryptedKey) throws EnvelopeException {
        if (!(own instanceof RSAKey)) {
            throw new EnvelopeException(
                    EnvelopeFailure.RECIPIENT_KEY_UNSUPPORTED,
                    "a key of " + own.getAlgorithm() + ", only RSA can open");
        }
        Cipher cipher = cipher();
        try {
            cipher.init(Cipher.DECRYPT_MODE, own, PARAMETERS);
        } catch (InvalidKeyException | InvalidAlgorithmParameterException e) {
            throw new EnvelopeException(
                    EnvelopeFailure.RECIPIENT_KEY_UNSUPPORTED, "the key does not decrypt, as one on a card", e);
        }
        try {
            return cipher.doFinal(encryptedKey);
        } catch (GeneralSecurityException e) {
            // One answer whatever went wrong: the difference is what Manger's attack on OAEP feeds on.
            throw new EnvelopeException(
                    EnvelopeFailure.WRAP_MISMATCH, "the wrapped key does not decrypt under this key");
        }
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance(TRANSFORMATION);
        } catch (NoSuchAlgorithmException | NoSuchPaddingException e) {
            throw new IllegalStateException("the platform lacks " + TRANSFORMATION, e);
        }
    }
}
