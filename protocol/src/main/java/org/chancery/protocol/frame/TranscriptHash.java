package org.chancery.protocol.frame;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// The hash that the relay and every reader of a conversation compute alike: h(n) = SHA-256(h(n-1), n,
/// SHA-256(letter)),
/// n as 8 octets big-endian. Two readers with another h at the same place have been lied to.
public final class TranscriptHash {
    private static final int BYTES = 32;

    private TranscriptHash() {}

    /// h(0): 32 zero octets.
    public static byte[] start() {
        return new byte[BYTES];
    }

    /// h(sequence), from the one before it.
    ///
    /// @param letterHash SHA-256 of the letter's DER
    public static byte[] next(byte[] before, long sequence, byte[] letterHash) {
        ByteBuffer place = ByteBuffer.allocate(BYTES + Long.BYTES + BYTES)
                .put(before)
                .putLong(sequence)
                .put(letterHash);
        try {
            return MessageDigest.getInstance("SHA-256").digest(place.array());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
