package org.chancery.pki.envelope;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/// A SHA-256 value: of a letter, of a record, of a conversation up to some place. Immutable, compared by content.
public final class Digest {
    public static final int BYTES = 32;

    /// 32 zero octets: what stands where there is nothing before, no letter and no transcript.
    public static final Digest NONE = new Digest(new byte[BYTES]);

    private static final HexFormat HEX = HexFormat.of();

    private final byte[] octets;

    private Digest(byte[] octets) {
        this.octets = octets;
    }

    /// The digest with these octets.
    ///
    /// @throws IllegalArgumentException unless there are 32
    public static Digest ofBytes(byte[] octets) {
        return new Digest(Octets.require("digest", octets, BYTES));
    }

    /// The digest of `parts` one after the other.
    public static Digest over(byte[]... parts) {
        MessageDigest sha256 = sha256();
        for (byte[] part : parts) {
            sha256.update(part);
        }
        return new Digest(sha256.digest());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the platform lacks SHA-256, which its specification requires", e);
        }
    }

    public byte[] bytes() {
        return octets.clone();
    }

    /// 64 lower-case digits.
    public String hex() {
        return HEX.formatHex(octets);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Digest that && Arrays.equals(octets, that.octets);
    }

    /// Its first octets are as random as any.
    @Override
    public int hashCode() {
        return ByteBuffer.wrap(octets).getInt();
    }

    /// Enough of it to recognise it.
    @Override
    public String toString() {
        return HEX.formatHex(octets, 0, 6);
    }
}
