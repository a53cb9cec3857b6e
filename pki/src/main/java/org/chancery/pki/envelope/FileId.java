package org.chancery.pki.envelope;

import java.security.SecureRandom;

/// A file at the relay: 16 octets drawn at random by who sends it, written as lower-case hex. Another attempt
/// with other octets has another id.
public record FileId(String hex) {
    public static final int BYTES = 16;

    /// @throws IllegalArgumentException unless `hex` is 32 lower-case hexadecimal digits
    public FileId {
        Octets.requireHex("file", hex, BYTES);
    }

    /// Reads the 16 octets themselves.
    ///
    /// @throws IllegalArgumentException unless there are 16 octets
    public static FileId ofBytes(byte[] octets) {
        return new FileId(Octets.hex(octets));
    }

    public static FileId random(SecureRandom random) {
        byte[] octets = new byte[BYTES];
        random.nextBytes(octets);
        return ofBytes(octets);
    }

    public byte[] bytes() {
        return Octets.bytes(hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
