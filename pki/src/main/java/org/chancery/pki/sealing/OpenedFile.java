package org.chancery.pki.sealing;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import org.chancery.pki.cms.Cms;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.FileKey;
import org.chancery.pki.envelope.FileShape;

/// Opens the octets of a sealed file as they come, in whatever pieces, and writes each chunk on when its tag holds.
///
/// Nothing of it is the file before [#finish] has returned: only then are all chunks there and their digest that of the
/// message. Holds one chunk. One thread.
public final class OpenedFile {
    private final FileShape shape;
    private final Digest sha256;
    private final ChunkCipher cipher;
    private final OutputStream plaintext;
    private final MessageDigest digest = Cms.sha256();
    private final byte[] held;
    private int filled;
    private int chunk;

    /// @param sha256 what the message says of the whole plaintext
    /// @param plaintext gets it; closed by who opened it
    public OpenedFile(FileKey key, FileId id, FileShape shape, Digest sha256, OutputStream plaintext) {
        this.shape = shape;
        this.sha256 = sha256;
        this.cipher = new ChunkCipher(key, id, shape);
        this.plaintext = plaintext;
        this.held = new byte[shape.sealedOf(0)];
    }

    /// Where in the sealed file the next octet belongs.
    public long offset() {
        return (chunk == shape.chunks() ? shape.sealedLength() : shape.sealedOffsetOf(chunk)) + filled;
    }

    /// Takes plaintext that an earlier attempt has opened and written: whole chunks, from the first. It is not written
    /// again.
    ///
    /// @param chunkOctets the next chunk; wrong ones are found out by [#finish]
    /// @throws IllegalArgumentException unless it is as long as the chunk is
    public void resume(byte[] chunkOctets) {
        if (filled > 0 || chunk >= shape.chunks() || chunkOctets.length != shape.plaintextOf(chunk)) {
            throw new IllegalArgumentException("not the chunk that comes next");
        }
        digest.update(chunkOctets);
        chunk++;
    }

    /// Takes the octets that come next.
    ///
    /// @throws FileSealException [FileSealFailure#CHUNK_FORGED], [FileSealFailure#EXTENDED]
    /// @throws IOException if the plaintext cannot be written
    public void take(byte[] octets) throws IOException, FileSealException {
        int taken = 0;
        while (taken < octets.length) {
            if (chunk == shape.chunks()) {
                throw new FileSealException(
                        FileSealFailure.EXTENDED, "the file goes on behind its " + shape.sealedLength() + " octets");
            }
            int whole = shape.sealedOf(chunk);
            int count = Math.min(whole - filled, octets.length - taken);
            System.arraycopy(octets, taken, held, filled, count);
            taken += count;
            filled += count;
            if (filled == whole) {
                byte[] opened = cipher.open(chunk, held, whole);
                digest.update(opened);
                plaintext.write(opened);
                filled = 0;
                chunk++;
            }
        }
    }

    /// Makes sure that it was all, and the file of the message.
    ///
    /// @throws FileSealException [FileSealFailure#TRUNCATED], [FileSealFailure#DIGEST_MISMATCH]
    public void finish() throws FileSealException {
        if (chunk < shape.chunks()) {
            throw new FileSealException(
                    FileSealFailure.TRUNCATED, "the file ends after " + offset() + " of " + shape.sealedLength());
        }
        if (!MessageDigest.isEqual(digest.digest(), sha256.bytes())) {
            throw new FileSealException(
                    FileSealFailure.DIGEST_MISMATCH, "the file is not the one that the message was sent with");
        }
    }
}
