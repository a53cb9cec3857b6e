package org.chancery.client.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals every record of a store with AES-256-GCM to the place where it lies, and blinds the names by which records
/// are found.
///
/// A sealed record is a random 12-octet nonce, the ciphertext and a 16-octet tag. The AAD is the table, the row id,
/// the row's name and its parent's name: a row that is moved, or whose columns are changed, no longer opens. A name is
/// HMAC-SHA-256 over what it stands for, so the file does not tell who talks with whom.
///
/// Random nonces under one key are good for 2^32 records; nobody types that many.
final class RecordCipher {
    static final int NAME_OCTETS = 32;

    private static final int NONCE_OCTETS = 12;
    private static final int TAG_BITS = 128;

    private final SecretKey recordKey;
    private final SecretKey fileKey;
    private final SecureRandom random;

    // Kept: to look for them and to expand their keys is most of what a short record costs. Guarded by this.
    private final Cipher cipher;
    private final Mac names;

    RecordCipher(SecretKey recordKey, SecretKey nameKey, SecretKey fileKey, SecureRandom random) {
        this.recordKey = recordKey;
        this.fileKey = fileKey;
        this.random = random;
        try {
            this.cipher = Cipher.getInstance("AES/GCM/NoPadding");
            this.names = Mac.getInstance("HmacSHA256");
            names.init(nameKey);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES and HMAC", e);
        }
    }

    /// The blinded name of what `parts` stand for in `table`. Each part is preceded by its length, so that no two
    /// lists of parts run together to the same octets.
    synchronized byte[] name(Table table, byte[]... parts) {
        names.update(label(table));
        for (byte[] part : parts) {
            names.update(ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
            names.update(part);
        }
        return names.doFinal();
    }

    /// An AES-256 key for a file that has this secret in it.
    SecretKey exposedFileKey(byte[] secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(fileKey);
            return new SecretKeySpec(mac.doFinal(secret), "AES");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HmacSHA256", e);
        }
    }

    synchronized byte[] seal(Table table, long id, byte[] name, byte[] parent, byte[] body) {
        byte[] nonce = new byte[NONCE_OCTETS];
        random.nextBytes(nonce);
        try {
            begin(Cipher.ENCRYPT_MODE, nonce, aad(table, id, name, parent));
            byte[] sealed = cipher.doFinal(body);
            return ByteBuffer.allocate(nonce.length + sealed.length)
                    .put(nonce)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot seal a record", e);
        }
    }

    synchronized byte[] open(Table table, long id, byte[] name, byte[] parent, byte[] sealed) throws StoreException {
        if (sealed.length < NONCE_OCTETS + TAG_BITS / 8) {
            throw StoreException.damaged("record " + id + " of " + table + " is cut short", null);
        }
        byte[] nonce = new byte[NONCE_OCTETS];
        System.arraycopy(sealed, 0, nonce, 0, NONCE_OCTETS);
        try {
            begin(Cipher.DECRYPT_MODE, nonce, aad(table, id, name, parent));
            return cipher.doFinal(sealed, NONCE_OCTETS, sealed.length - NONCE_OCTETS);
        } catch (AEADBadTagException e) {
            throw StoreException.damaged("record " + id + " of " + table + " is not what was written there", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java cannot open a record", e);
        }
    }

    private void begin(int mode, byte[] nonce, byte[] aad) throws GeneralSecurityException {
        cipher.init(mode, recordKey, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(aad);
    }

    /// table, zero, row id, name, parent: the names have one length (an absent parent is empty and comes last), so
    /// that the octets can be read in one way only.
    private static byte[] aad(Table table, long id, byte[] name, byte[] parent) {
        byte[] label = label(table);
        return ByteBuffer.allocate(label.length + Long.BYTES + name.length + parent.length)
                .put(label)
                .putLong(id)
                .put(name)
                .put(parent)
                .array();
    }

    private static byte[] label(Table table) {
        return (table.sqlName() + '\0').getBytes(StandardCharsets.US_ASCII);
    }
}
