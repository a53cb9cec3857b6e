package org.chancery.pki.envelope;

import java.security.SecureRandom;

/// One sending device's line of letters in one conversation: 16 random octets, written as lower-case hex. Counters
/// run within a chain; a device that lost its counter begins a new chain rather than guess.
public record ChainId(String hex) {
    public static final int BYTES = 16;

    /// @throws IllegalArgumentException unless `hex` is 32 lower-case hexadecimal digits
    public ChainId {
        Octets.requireHex("chain", hex, BYTES);
    }

    /// Reads the 16 octets themselves.
    ///
    /// @throws IllegalArgumentException unless there are 16 octets
    public static ChainId ofBytes(byte[] octets) {
        return new ChainId(Octets.hex(octets));
    }

    public static ChainId random(SecureRandom random) {
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
