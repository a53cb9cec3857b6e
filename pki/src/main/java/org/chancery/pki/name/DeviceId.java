package org.chancery.pki.name;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HexFormat;

/// A device by its identity key: the SHA-256 of the SubjectPublicKeyInfo, as 64 lower-case hex digits. A renewed
/// certificate keeps it.
public record DeviceId(String hex) implements Comparable<DeviceId> {
    /// Octets of a SHA-256.
    public static final int LENGTH = 32;

    /// @throws IllegalArgumentException if it is not 64 lower-case hex digits; text from outside goes through
    /// [#parse]
    public DeviceId {
        if (!isForm(hex)) {
            throw new IllegalArgumentException("a device id is 64 lower-case hex digits");
        }
    }

    /// The device that holds this key.
    public static DeviceId of(PublicKey key) {
        return ofKeyDer(key.getEncoded());
    }

    /// The device of a key that may not be one that can be read.
    public static DeviceId ofKeyDer(byte[] subjectPublicKeyInfoDer) {
        try {
            return ofBytes(MessageDigest.getInstance("SHA-256").digest(subjectPublicKeyInfoDer));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The device of a key hash.
    ///
    /// @throws IllegalArgumentException if these are not 32 octets
    public static DeviceId ofBytes(byte[] sha256) {
        return new DeviceId(HexFormat.of().formatHex(sha256));
    }

    /// Reads the hex form.
    ///
    /// @throws MalformedNameException if it is not 64 lower-case hex digits
    public static DeviceId parse(String text) throws MalformedNameException {
        if (!isForm(text)) {
            throw new MalformedNameException(NameFailure.MALFORMED, "a device id is 64 lower-case hex digits");
        }
        return new DeviceId(text);
    }

    /// By hand: every frame and every row of the relay has some.
    private static boolean isForm(String text) {
        if (text.length() != 2 * LENGTH) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /// The 32 octets.
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(DeviceId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
