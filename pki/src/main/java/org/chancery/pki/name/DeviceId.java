package org.chancery.pki.name;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.util.HexFormat;
import java.util.regex.Pattern;

/// A device by its identity key: the SHA-256 of the SubjectPublicKeyInfo, as 64 lower-case hex digits. A renewed
/// certificate keeps it.
public record DeviceId(String hex) implements Comparable<DeviceId> {
    /// Octets of a SHA-256.
    public static final int LENGTH = 32;

    private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

    /// @throws IllegalArgumentException if it is not 64 lower-case hex digits; text from outside goes through
    /// [#parse]
    public DeviceId {
        if (!FORM.matcher(hex).matches()) {
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
        if (!FORM.matcher(text).matches()) {
            throw new MalformedNameException(NameFailure.MALFORMED, "a device id is 64 lower-case hex digits");
        }
        return new DeviceId(text);
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
