package org.chancery.pki.envelope;

import java.util.HexFormat;

/// Identifiers of a fixed number of octets, written as lower-case hex.
final class Octets {
    private static final HexFormat HEX = HexFormat.of();

    private Octets() {}

    static String requireHex(String what, String hex, int octets) {
        boolean wellFormed = hex.length() == 2 * octets;
        for (int i = 0; wellFormed && i < hex.length(); i++) {
            char c = hex.charAt(i);
            wellFormed = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f');
        }
        if (!wellFormed) {
            throw new IllegalArgumentException(what + " must be " + octets + " octets in lower-case hex");
        }
        return hex;
    }

    static byte[] require(String what, byte[] octets, int length) {
        if (octets.length != length) {
            throw new IllegalArgumentException(what + " is " + octets.length + " octets, must be " + length);
        }
        return octets.clone();
    }

    static String hex(byte[] octets) {
        return HEX.formatHex(octets);
    }

    static byte[] bytes(String hex) {
        return HEX.parseHex(hex);
    }
}
