package org.chancery.client.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.InvalidKeySpecException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.KDF;
import javax.crypto.SecretKey;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.HKDFParameterSpec;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.keystore.Passphrase;

/// The secret of one store: 32 random octets, from which the keys for records, for names and for key files are derived.
///
/// It lies in `store.key`, wrapped with AES-256-GCM under a key that PBKDF2 draws from the keystore's passphrase, so
/// that a new passphrase rewraps 81 octets instead of every record:
/// ```
/// offset  octets
///      0       4  "CHSK"
///      4       1  version, 1
///      5       4  PBKDF2-HMAC-SHA-256 iterations, big-endian
///      9      16  salt
///     25      12  nonce
///     37      48  the secret and its tag; octets 0 to 24 are the AAD
/// ```
final class StoreKey {
    /// As the keystore's own: whoever has one file has the other beside it.
    static final int ITERATIONS = 600_000;

    private static final int MAX_ITERATIONS = 5_000_000; // seconds of work, not hours, for a file from elsewhere
    private static final byte[] MAGIC = "CHSK".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final int SALT_OCTETS = 16;
    private static final int NONCE_OCTETS = 12;
    private static final int SECRET_OCTETS = 32;
    private static final int TAG_BITS = 128;
    private static final int AAD_OCTETS = 4 + 1 + 4 + SALT_OCTETS;
    private static final int FILE_OCTETS = AAD_OCTETS + NONCE_OCTETS + SECRET_OCTETS + TAG_BITS / 8;

    private StoreKey() {}

    /// The cipher of the store whose key file is `file`; draws and writes a new key where there is none.
    ///
    /// @throws StoreException [StoreFailure#WRONG_PASSPHRASE], [StoreFailure#UNSUPPORTED], [StoreFailure#DAMAGED]
    static RecordCipher open(Path file, Passphrase passphrase, SecureRandom random) throws IOException {
        byte[] secret = Files.exists(file)
                ? read(Files.readAllBytes(file), String.valueOf(file.getFileName()), passphrase)
                : create(file, passphrase, random);
        return cipher(secret, random);
    }

    /// The cipher of a store whose key file has these octets.
    ///
    /// @param name of the file, for people
    /// @throws StoreException as [#open(Path, Passphrase, SecureRandom)]
    static RecordCipher of(byte[] file, String name, Passphrase passphrase, SecureRandom random) throws StoreException {
        return cipher(read(file, name, passphrase), random);
    }

    private static RecordCipher cipher(byte[] secret, SecureRandom random) {
        try {
            KDF hkdf = KDF.getInstance("HKDF-SHA256");
            return new RecordCipher(
                    derive(hkdf, secret, "chancery store records v1", "AES"),
                    derive(hkdf, secret, "chancery store names v1", "HmacSHA256"),
                    derive(hkdf, secret, "chancery key files v1", "HmacSHA256"),
                    random);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HKDF-SHA256", e);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private static SecretKey derive(KDF hkdf, byte[] secret, String label, String algorithm)
            throws GeneralSecurityException {
        return hkdf.deriveKey(
                algorithm,
                HKDFParameterSpec.ofExtract()
                        .addIKM(secret)
                        .thenExpand(label.getBytes(StandardCharsets.US_ASCII), SECRET_OCTETS));
    }

    private static byte[] create(Path file, Passphrase passphrase, SecureRandom random) throws IOException {
        byte[] secret = new byte[SECRET_OCTETS];
        byte[] salt = new byte[SALT_OCTETS];
        byte[] nonce = new byte[NONCE_OCTETS];
        random.nextBytes(secret);
        random.nextBytes(salt);
        random.nextBytes(nonce);
        // Without a passphrase there is nothing to stretch: the mode of the files is all that protects them.
        int iterations = passphrase.isNone() ? 1 : ITERATIONS;
        ByteBuffer out = ByteBuffer.allocate(FILE_OCTETS);
        out.put(MAGIC).put(VERSION).putInt(iterations).put(salt).put(nonce);
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, passphrase, iterations, salt, nonce);
            cipher.updateAAD(out.array(), 0, AAD_OCTETS);
            out.put(cipher.doFinal(secret));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot wrap the store's key", e);
        }
        AtomicFile.write(file, out.array(), Access.PRIVATE, false);
        return secret;
    }

    private static byte[] read(byte[] file, String name, Passphrase passphrase) throws StoreException {
        if (file.length != FILE_OCTETS) {
            throw StoreException.damaged(name + " has " + file.length + " octets, expected " + FILE_OCTETS, null);
        }
        ByteBuffer in = ByteBuffer.wrap(file);
        byte[] magic = take(in, MAGIC.length);
        byte version = in.get();
        int iterations = in.getInt();
        if (!Arrays.equals(magic, MAGIC) || version != VERSION || iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new StoreException(StoreFailure.UNSUPPORTED, name + " is no store key of version " + VERSION, null);
        }
        byte[] salt = take(in, SALT_OCTETS);
        byte[] nonce = take(in, NONCE_OCTETS);
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, passphrase, iterations, salt, nonce);
            cipher.updateAAD(in.array(), 0, AAD_OCTETS);
            return cipher.doFinal(in.array(), in.position(), in.remaining());
        } catch (AEADBadTagException e) {
            throw new StoreException(StoreFailure.WRONG_PASSPHRASE, "the passphrase does not open " + name, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot unwrap the store's key", e);
        }
    }

    private static Cipher cipher(int mode, Passphrase passphrase, int iterations, byte[] salt, byte[] nonce)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        SecretKeySpec key = new SecretKeySpec(stretch(passphrase, iterations, salt), "AES");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }

    private static byte[] stretch(Passphrase passphrase, int iterations, byte[] salt) throws GeneralSecurityException {
        char[] characters = passphrase.exposedCharacters();
        PBEKeySpec spec = new PBEKeySpec(characters, salt, iterations, SECRET_OCTETS * 8);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                    .generateSecret(spec)
                    .getEncoded();
        } catch (InvalidKeySpecException e) {
            throw new IllegalStateException("PBKDF2 refused its own parameters", e);
        } finally {
            spec.clearPassword();
            Arrays.fill(characters, '\0');
        }
    }

    private static byte[] take(ByteBuffer in, int octets) {
        byte[] taken = new byte[octets];
        in.get(taken);
        return taken;
    }
}
