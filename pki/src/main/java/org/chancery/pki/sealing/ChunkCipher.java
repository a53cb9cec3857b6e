package org.chancery.pki.sealing;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.FileKey;
import org.chancery.pki.envelope.FileShape;
import org.chancery.pki.envelope.Letter;

/// AES-256-GCM over the chunks of one file (the STREAM construction of Hoang, Reyhanitabar, Rogaway and Vizár,
/// 2015: the place of a chunk and whether it is the last are in its nonce, so that a stream cut short, joined
/// or shuffled does not open). A key belongs to one file, so the nonce needs no random part.
///
/// ```
/// nonce            0 (7 octets)  chunk, from 0 (4 octets, big-endian)  1 for the last chunk, else 0 (1 octet)
/// associated data  "chancery file v1" 0 (17 octets)  file id (16)  length (8, big-endian)  chunk octets (4,
/// big-endian)
/// ```
///
/// One thread at a time.
final class ChunkCipher {
    private static final byte[] LABEL = "chancery file v1\0".getBytes(StandardCharsets.US_ASCII);

    private final FileShape shape;
    private final SecretKeySpec key;
    private final byte[] associatedData;

    ChunkCipher(FileKey key, FileId id, FileShape shape) {
        byte[] octets = key.exposedOctets();
        this.key = new SecretKeySpec(octets, "AES");
        Arrays.fill(octets, (byte) 0);
        this.shape = shape;
        this.associatedData = ByteBuffer.allocate(LABEL.length + FileId.BYTES + Long.BYTES + Integer.BYTES)
                .put(LABEL)
                .put(id.bytes())
                .putLong(shape.length())
                .putInt(shape.chunkBytes())
                .array();
    }

    /// The chunk with its tag.
    byte[] seal(int chunk, byte[] plaintext) {
        if (plaintext.length != shape.plaintextOf(chunk)) {
            throw new IllegalArgumentException("chunk " + chunk + " of " + plaintext.length + " octets");
        }
        try {
            return gcm(Cipher.ENCRYPT_MODE, chunk).doFinal(plaintext);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM of " + plaintext.length + " octets", e);
        }
    }

    /// The plaintext of what stands at this place.
    ///
    /// @throws FileSealException [FileSealFailure#CHUNK_FORGED]
    byte[] open(int chunk, byte[] sealed, int length) throws FileSealException {
        try {
            return gcm(Cipher.DECRYPT_MODE, chunk).doFinal(sealed, 0, length);
        } catch (AEADBadTagException e) {
            throw new FileSealException(
                    FileSealFailure.CHUNK_FORGED, "chunk " + chunk + " of " + shape.chunks() + " does not open", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-256-GCM of " + length + " octets", e);
        }
    }

    /// A cipher of its own each time: the JDK's takes no nonce twice in a row, and a chunk may be asked for again.
    private Cipher gcm(int mode, int chunk) throws GeneralSecurityException {
        byte[] nonce = ByteBuffer.allocate(Letter.NONCE_BYTES)
                .position(7)
                .putInt(chunk)
                .put((byte) (shape.isLast(chunk) ? 1 : 0))
                .array();
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(Letter.TAG_BYTES * Byte.SIZE, nonce));
        cipher.updateAAD(associatedData);
        return cipher;
    }
}
