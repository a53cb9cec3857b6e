package org.chancery.bench.envelope;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import javax.crypto.spec.SecretKeySpec;

/// What no implementation of the envelope on this JDK can do without: its operations, on octets of the same lengths,
/// and nothing around them. No structure is written or read, nothing compared but signature and tag.
final class Primitives {
    private static final OAEPParameterSpec OAEP =
            new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT);

    private static final PSSParameterSpec PSS =
            new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, PSSParameterSpec.TRAILER_FIELD_BC);

    /// What a signature is over: five attributes.
    private static final int ATTRIBUTE_OCTETS = 420;

    private static final int KEY_OCTETS = 32;
    private static final int NONCE_OCTETS = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random;
    private final KeyPair signer;
    private final Lengths lengths;
    private final byte[] attributes = new byte[ATTRIBUTE_OCTETS];
    private final byte[] key;
    private final byte[] nonce;
    private final byte[] encrypted;
    private final byte[] signature;

    /// How many octets there are of what an operation is given.
    ///
    /// @param content what a letter says
    /// @param plaintext what of it is encrypted: the content, signed
    /// @param seal with all its wraps
    record Lengths(int content, int plaintext, int seal) {}

    Primitives(SecureRandom random, KeyPair signer, Lengths lengths) throws GeneralSecurityException {
        this.random = random;
        this.signer = signer;
        this.lengths = lengths;
        this.key = octets(KEY_OCTETS);
        this.nonce = octets(NONCE_OCTETS);
        this.encrypted = gcm(Cipher.ENCRYPT_MODE, key, nonce).doFinal(new byte[lengths.plaintext()]);
        this.signature = sign();
    }

    /// A key drawn, wrapped for each of the readers and committed to, and a first letter.
    Object seal(List<RSAPublicKey> readers) throws GeneralSecurityException {
        byte[] drawn = octets(KEY_OCTETS);
        Cipher cipher = oaep();
        int octets = 0;
        for (RSAPublicKey reader : readers) {
            cipher.init(Cipher.ENCRYPT_MODE, reader, OAEP);
            octets += cipher.doFinal(drawn).length;
        }
        byte[] id = sha256(new byte[lengths.seal()]);
        return commit(drawn, id).length + octets + next(drawn).length;
    }

    /// The next letter under a key.
    byte[] next() throws GeneralSecurityException {
        return next(key);
    }

    private byte[] next(byte[] under) throws GeneralSecurityException {
        byte[] digest = sha256(new byte[lengths.content()]);
        System.arraycopy(digest, 0, attributes, 0, digest.length);
        sign();
        return gcm(Cipher.ENCRYPT_MODE, under, octets(NONCE_OCTETS)).doFinal(new byte[lengths.plaintext()]);
    }

    /// A key wrapped for a reader.
    byte[] wrap(PublicKey reader) throws GeneralSecurityException {
        Cipher cipher = oaep();
        cipher.init(Cipher.ENCRYPT_MODE, reader, OAEP);
        return cipher.doFinal(key);
    }

    /// A letter by a wrap, commitment and signature checked.
    Object open(PrivateKey reader, byte[] wrap) throws GeneralSecurityException {
        Cipher cipher = oaep();
        cipher.init(Cipher.DECRYPT_MODE, reader, OAEP);
        return open(cipher.doFinal(wrap));
    }

    /// The next letter by a key that is there.
    Object openNext() throws GeneralSecurityException {
        return open(key);
    }

    private byte[] open(byte[] under) throws GeneralSecurityException {
        commit(under, nonce);
        byte[] plaintext = gcm(Cipher.DECRYPT_MODE, under, nonce).doFinal(encrypted);
        sha256(new byte[lengths.content()]);
        Signature verification = pss();
        verification.initVerify(signer.getPublic());
        verification.update(new byte[ATTRIBUTE_OCTETS]);
        if (!verification.verify(signature)) {
            throw new GeneralSecurityException("not verified");
        }
        return plaintext;
    }

    private byte[] sign() throws GeneralSecurityException {
        Signature signing = pss();
        signing.initSign(signer.getPrivate());
        signing.update(attributes);
        return signing.sign();
    }

    private static Signature pss() throws GeneralSecurityException {
        Signature signature = Signature.getInstance("RSASSA-PSS");
        signature.setParameter(PSS);
        return signature;
    }

    private static Cipher oaep() throws GeneralSecurityException {
        return Cipher.getInstance("RSA/ECB/OAEPWithSHA-256AndMGF1Padding");
    }

    private static Cipher gcm(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static byte[] commit(byte[] key, byte[] to) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        return mac.doFinal(to);
    }

    private static byte[] sha256(byte[] octets) throws GeneralSecurityException {
        return MessageDigest.getInstance("SHA-256").digest(octets);
    }

    private byte[] octets(int count) {
        byte[] octets = new byte[count];
        random.nextBytes(octets);
        return octets;
    }
}
