package org.chancery.pki.sealing;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.util.Arrays;
import org.chancery.pki.cms.Cms;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.FileShape;

/// A file as it was when it was read once from end to end: how long, its SHA-256, and that of every chunk, 128 KiB of
/// them for the longest file. A key is drawn for a measured file, and [SealedFile] seals nothing else under it.
public final class MeasuredFile {
    private final FileShape shape;
    private final Digest sha256;
    private final byte[][] chunkDigests;

    private MeasuredFile(FileShape shape, Digest sha256, byte[][] chunkDigests) {
        this.shape = shape;
        this.sha256 = sha256;
        this.chunkDigests = chunkDigests;
    }

    /// Reads the file whole.
    ///
    /// @param file its position does not matter and does not move
    /// @throws FileSealException [FileSealFailure#TOO_LARGE], or [FileSealFailure#FILE_CHANGED] if it gets shorter
    ///     meanwhile
    public static MeasuredFile of(FileChannel file) throws IOException, FileSealException {
        long length = file.size();
        if (length > FileShape.MAX_LENGTH) {
            throw new FileSealException(
                    FileSealFailure.TOO_LARGE, "file of " + length + " octets, at most " + FileShape.MAX_LENGTH);
        }
        FileShape shape = FileShape.of(length);
        byte[][] digests = new byte[shape.chunks()][];
        MessageDigest whole = Cms.sha256();
        MessageDigest one = Cms.sha256();
        for (int chunk = 0; chunk < digests.length; chunk++) {
            byte[] octets = read(file, shape, chunk);
            whole.update(octets);
            digests[chunk] = one.digest(octets);
        }
        return new MeasuredFile(shape, Digest.ofBytes(whole.digest()), digests);
    }

    /// How it is cut.
    public FileShape shape() {
        return shape;
    }

    /// Of all of it.
    public Digest sha256() {
        return sha256;
    }

    /// A chunk as it was measured.
    ///
    /// @throws FileSealException [FileSealFailure#FILE_CHANGED]
    byte[] chunk(FileChannel file, int chunk) throws IOException, FileSealException {
        byte[] octets = read(file, shape, chunk);
        if (!Arrays.equals(Cms.sha256().digest(octets), chunkDigests[chunk])) {
            throw new FileSealException(FileSealFailure.FILE_CHANGED, "the file changed while it was being sent");
        }
        return octets;
    }

    private static byte[] read(FileChannel file, FileShape shape, int chunk) throws IOException, FileSealException {
        ByteBuffer octets = ByteBuffer.allocate(shape.plaintextOf(chunk));
        long from = (long) chunk * shape.chunkBytes();
        while (octets.hasRemaining()) {
            if (file.read(octets, from + octets.position()) < 0) {
                throw new FileSealException(FileSealFailure.FILE_CHANGED, "the file got shorter while it was read");
            }
        }
        return octets.array();
    }
}
