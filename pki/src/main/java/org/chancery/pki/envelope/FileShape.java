package org.chancery.pki.envelope;

/// How a file lies at the relay: its plaintext is cut into chunks of one size, the last one perhaps shorter, and each
/// chunk is followed by its tag. An empty file is one empty chunk.
///
/// ```
/// sealed file = chunk(0) chunk(1) ... chunk(n-1)
/// chunk(i)    = ciphertext (as long as the plaintext)  tag (16)
/// ```
///
/// @param length of the plaintext, in octets
/// @param chunkBytes of plaintext in every chunk but the last; a power of two
public record FileShape(long length, int chunkBytes) {
    /// The longest plaintext: 1 GiB.
    public static final long MAX_LENGTH = 1L << 30;

    /// What a reader has in memory at once, beside its sealed form.
    public static final int MAX_CHUNK_BYTES = 1 << 20;

    public static final int MIN_CHUNK_BYTES = 1 << 14;

    /// A quarter of a MiB: 16 octets of tag are nothing, and a chunk is opened in a tenth of a millisecond.
    public static final int USUAL_CHUNK_BYTES = 1 << 18;

    /// The longest sealed file there can be.
    public static final long MAX_SEALED_LENGTH = MAX_LENGTH + MAX_LENGTH / MIN_CHUNK_BYTES * Letter.TAG_BYTES;

    /// @throws IllegalArgumentException for a length or a chunk out of range
    public FileShape {
        if (length < 0 || length > MAX_LENGTH) {
            throw new IllegalArgumentException("file of " + length + " octets, at most " + MAX_LENGTH);
        }
        if (chunkBytes < MIN_CHUNK_BYTES || chunkBytes > MAX_CHUNK_BYTES || Integer.bitCount(chunkBytes) != 1) {
            throw new IllegalArgumentException("chunks of " + chunkBytes + " octets, must be a power of two from "
                    + MIN_CHUNK_BYTES + " to " + MAX_CHUNK_BYTES);
        }
    }

    /// In chunks of the usual size.
    public static FileShape of(long length) {
        return new FileShape(length, USUAL_CHUNK_BYTES);
    }

    /// How many chunks there are, at least one.
    public int chunks() {
        return (int) Math.max(1, Math.ceilDiv(length, (long) chunkBytes));
    }

    /// Octets of plaintext in a chunk.
    public int plaintextOf(int chunk) {
        return (int) Math.min(chunkBytes, length - (long) requireChunk(chunk) * chunkBytes);
    }

    /// Octets of a chunk with its tag.
    public int sealedOf(int chunk) {
        return plaintextOf(chunk) + Letter.TAG_BYTES;
    }

    /// Where a chunk begins at the relay.
    public long sealedOffsetOf(int chunk) {
        return (long) requireChunk(chunk) * sealedChunkBytes();
    }

    /// Octets of every chunk but the last, with its tag.
    public int sealedChunkBytes() {
        return chunkBytes + Letter.TAG_BYTES;
    }

    /// Octets at the relay.
    public long sealedLength() {
        return length + (long) chunks() * Letter.TAG_BYTES;
    }

    /// Whether nothing comes after this chunk.
    public boolean isLast(int chunk) {
        return requireChunk(chunk) == chunks() - 1;
    }

    private int requireChunk(int chunk) {
        if (chunk < 0 || chunk >= chunks()) {
            throw new IllegalArgumentException("chunk " + chunk + " of " + chunks());
        }
        return chunk;
    }
}
