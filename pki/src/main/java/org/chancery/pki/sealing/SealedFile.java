package org.chancery.pki.sealing;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.util.Arrays;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.FileKey;
import org.chancery.pki.envelope.FileShape;
import org.jspecify.annotations.Nullable;

/// The octets that the relay gets of a file, from wherever they are wanted: they are made chunk by chunk from the file
/// itself, the same ones each time. [ChunkCipher] draws them.
///
/// A chunk that is not as it was measured is refused before it is sealed. So whatever becomes of the file, and however
/// often an upload is taken up again, nothing is ever sealed under one key and nonce but one content. One thread.
public final class SealedFile {
    private final FileChannel plaintext;
    private final MeasuredFile measured;
    private final ChunkCipher cipher;
    private int chunk = -1;
    private byte @Nullable [] sealed; // of that chunk

    /// @param plaintext read at places of its own; closed by who opened it
    /// @param key drawn for this id and this measured content, or what an earlier attempt at the same had
    public SealedFile(FileChannel plaintext, MeasuredFile measured, FileId id, FileKey key) {
        this.plaintext = plaintext;
        this.measured = measured;
        this.cipher = new ChunkCipher(key, id, measured.shape());
    }

    /// Octets of the sealed file: as many as are wanted, fewer at its end.
    ///
    /// @param offset from 0 to the sealed length
    /// @throws FileSealException [FileSealFailure#FILE_CHANGED]
    public byte[] read(long offset, int wanted) throws IOException, FileSealException {
        FileShape shape = measured.shape();
        if (offset < 0 || offset > shape.sealedLength()) {
            throw new IllegalArgumentException("octet " + offset + " of " + shape.sealedLength());
        }
        byte[] octets = new byte[(int) Math.min(wanted, shape.sealedLength() - offset)];
        int filled = 0;
        while (filled < octets.length) {
            int at = Math.toIntExact((offset + filled) / shape.sealedChunkBytes());
            int skip = (int) (offset + filled - shape.sealedOffsetOf(at));
            byte[] from = sealed(at);
            int count = Math.min(octets.length - filled, from.length - skip);
            System.arraycopy(from, skip, octets, filled, count);
            filled += count;
        }
        return octets;
    }

    private byte[] sealed(int wanted) throws IOException, FileSealException {
        if (sealed == null || chunk != wanted) {
            byte[] octets = measured.chunk(plaintext, wanted);
            sealed = cipher.seal(wanted, octets);
            chunk = wanted;
            Arrays.fill(octets, (byte) 0);
        }
        return sealed;
    }
}
