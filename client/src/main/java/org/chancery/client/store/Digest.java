package org.chancery.client.store;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A SHA-256 value: of a letter, or of a transcript.
///
/// @param hex 64 lower-case digits
public record Digest(String hex) {
    /// What stands where there is nothing before: no letter, no transcript.
    public static final Digest NONE = new Digest("0".repeat(64));

    public Digest {
        if (!hex.matches("[0-9a-f]{64}")) {
            throw new IllegalArgumentException("not 64 lower-case hex digits");
        }
    }

    /// The digest with these 32 octets.
    public static Digest ofBytes(byte[] octets) {
        return new Digest(HexFormat.of().formatHex(octets));
    }

    /// The digest of `parts` one after the other.
    public static Digest over(byte[]... parts) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                sha256.update(part);
            }
            return ofBytes(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
