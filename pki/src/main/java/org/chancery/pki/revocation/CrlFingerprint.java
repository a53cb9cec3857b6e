package org.chancery.pki.revocation;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// One issue of a CRL, by the SHA-256 of its DER: by this, two who hold it know that they hold the same.
///
/// @param hex 64 lower-case digits
public record CrlFingerprint(String hex) {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /// @throws IllegalArgumentException if it is not of that form
    public CrlFingerprint {
        if (!FORM.matcher(hex).matches()) {
            throw new IllegalArgumentException("a CRL's fingerprint is 64 lower-case hex digits");
        }
    }

    /// Of a list in DER.
    public static CrlFingerprint of(byte[] der) {
        try {
            return ofBytes(MessageDigest.getInstance("SHA-256").digest(der));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// Of a hash.
    ///
    /// @throws IllegalArgumentException if these are not 32 octets
    public static CrlFingerprint ofBytes(byte[] sha256) {
        return new CrlFingerprint(HexFormat.of().formatHex(sha256));
    }

    /// The 32 octets.
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
