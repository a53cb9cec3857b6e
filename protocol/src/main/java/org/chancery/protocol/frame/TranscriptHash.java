package org.chancery.protocol.frame;

import java.nio.ByteBuffer;
import org.chancery.pki.envelope.Digest;

/// The hash that the relay and every reader of a conversation compute alike: h(n) = SHA-256(h(n-1), n,
/// SHA-256(letter)), n as 8 octets big-endian; h(0) is [Digest#NONE]. Two readers with another h at the same place
/// have been lied to.
public final class TranscriptHash {

    private TranscriptHash() {}

    /// h(sequence), from the one before it.
    ///
    /// @param placed of the letter or the membership entry at this place
    public static Digest next(Digest before, long sequence, Digest placed) {
        byte[] place = ByteBuffer.allocate(Long.BYTES).putLong(sequence).array();
        return Digest.over(before.bytes(), place, placed.bytes());
    }
}
