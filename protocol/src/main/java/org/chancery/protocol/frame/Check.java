package org.chancery.protocol.frame;

import java.util.HexFormat;

/// The checks that the records of this package share.
final class Check {

    private Check() {}

    static void positive(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " " + value + ", must be at least 1");
        }
    }

    static void text(String what, String value, int maxLength) {
        if (value.length() > maxLength) {
            throw new IllegalArgumentException(what + " of " + value.length() + " characters, at most " + maxLength);
        }
        if (value.codePoints().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(what + " with a control character");
        }
    }

    /// A copy of a transcript hash.
    static byte[] transcript(byte[] value) {
        if (value.length != 32) {
            throw new IllegalArgumentException("transcript of " + value.length + " octets, must be 32");
        }
        return value.clone();
    }

    /// For `toString`: enough of a hash to recognise it.
    static String brief(byte[] hash) {
        return HexFormat.of().formatHex(hash, 0, Math.min(6, hash.length));
    }
}
