package org.chancery.client.keys;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;

/// The octets of one key's file:
/// ```
/// offset  octets
///      0       4  "CHEK"
///      4       1  version, 1
///      5       4  number, big-endian
///      9       8  start, milliseconds since 1970, big-endian
///     17      32  secret, random
///     49      12  nonce
///     61       n  the private key (PKCS#8) by AES-256-GCM, and its tag; octets 0 to 48 are the AAD
/// ```
/// The AES key is made of the secret and one of the store's ([KeyWrap]). The secret is nowhere else: with these octets
/// it is gone, and then no passphrase and no copy of the store opens what another copy of them holds.
final class KeyFile {
    private static final byte[] MAGIC = "CHEK".getBytes(StandardCharsets.US_ASCII);
    private static final byte VERSION = 1;
    private static final int SECRET_AT = 4 + 1 + 4 + 8;
    private static final int SECRET_OCTETS = 32;
    private static final int AAD_OCTETS = SECRET_AT + SECRET_OCTETS;
    private static final int NONCE_OCTETS = 12;
    private static final int TAG_OCTETS = 16;

    /// RSA of 3072 bits takes 1,800 octets.
    static final int MAX_OCTETS = 4096;

    private KeyFile() {}

    static byte[] write(DeviceKey key, KeyWrap wrap, SecureRandom random) {
        byte[] secret = new byte[SECRET_OCTETS];
        byte[] nonce = new byte[NONCE_OCTETS];
        random.nextBytes(secret);
        random.nextBytes(nonce);
        ByteBuffer out = ByteBuffer.allocate(MAX_OCTETS);
        out.put(MAGIC).put(VERSION).putInt(key.number()).putLong(key.start().toEpochMilli());
        out.put(secret).put(nonce);
        byte[] privateKeyDer = key.exposedPrivateKeyDer();
        try {
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, wrap, secret, nonce);
            cipher.updateAAD(out.array(), 0, AAD_OCTETS);
            out.put(cipher.doFinal(privateKeyDer));
            return Arrays.copyOf(out.array(), out.position());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot wrap an envelope key", e);
        } finally {
            Arrays.fill(privateKeyDer, (byte) 0);
            Arrays.fill(secret, (byte) 0);
            Arrays.fill(out.array(), (byte) 0);
        }
    }

    /// The key in a file; empty if the octets are no such file, or of another store.
    static Optional<DeviceKey> read(byte[] octets, KeyWrap wrap) {
        if (octets.length < AAD_OCTETS + NONCE_OCTETS + TAG_OCTETS || octets.length > MAX_OCTETS) {
            return Optional.empty();
        }
        ByteBuffer in = ByteBuffer.wrap(octets);
        byte[] magic = take(in, MAGIC.length);
        byte version = in.get();
        int number = in.getInt();
        Instant start = Instant.ofEpochMilli(in.getLong());
        byte[] secret = take(in, SECRET_OCTETS);
        byte[] nonce = take(in, NONCE_OCTETS);
        if (!Arrays.equals(magic, MAGIC) || version != VERSION || number < 1) {
            return Optional.empty();
        }
        byte[] privateKeyDer = {};
        try {
            Cipher cipher = cipher(Cipher.DECRYPT_MODE, wrap, secret, nonce);
            cipher.updateAAD(octets, 0, AAD_OCTETS);
            privateKeyDer = cipher.doFinal(octets, in.position(), in.remaining());
            return Optional.of(key(number, start, privateKeyDer));
        } catch (GeneralSecurityException e) {
            return Optional.empty(); // the tag of a file from elsewhere does not hold
        } finally {
            Arrays.fill(privateKeyDer, (byte) 0);
            Arrays.fill(secret, (byte) 0);
        }
    }

    /// A key of its PKCS#8 form.
    static DeviceKey key(int number, Instant start, byte[] privateKeyDer) throws GeneralSecurityException {
        KeyFactory factory = KeyFactory.getInstance("RSA");
        if (factory.generatePrivate(new PKCS8EncodedKeySpec(privateKeyDer)) instanceof RSAPrivateCrtKey key) {
            RSAPublicKey publicKey = (RSAPublicKey)
                    factory.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent()));
            return new DeviceKey(number, start, key, publicKey);
        }
        throw new GeneralSecurityException("a private key without its primes");
    }

    private static Cipher cipher(int mode, KeyWrap wrap, byte[] secret, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, wrap.exposedKeyOf(secret), new GCMParameterSpec(TAG_OCTETS * Byte.SIZE, nonce));
        return cipher;
    }

    private static byte[] take(ByteBuffer in, int octets) {
        byte[] taken = new byte[octets];
        in.get(taken);
        return taken;
    }
}
