package org.chancery.bench.relay;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Random;

/// Octets as the protocols write them.
final class Octets {

    /// What each message of the peers carries.
    static final int PAYLOAD = 1024;

    private static final int STAMP = 16;
    private static final byte[] DIGITS = ascii("0123456789abcdef");

    private Octets() {}

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    static int u16(byte[] octets, int at) {
        return ((octets[at] & 0xff) << 8) | (octets[at + 1] & 0xff);
    }

    static int u32(byte[] octets, int at) {
        return (u16(octets, at) << 16) | u16(octets, at + 2);
    }

    /// Letters; a stamp goes in front.
    static byte[] payload() {
        byte[] payload = new byte[PAYLOAD];
        Random letters = new Random(7);
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) ('A' + letters.nextInt(26));
        }
        return payload;
    }

    static void stamp(byte[] octets, int at, long value) {
        long left = value;
        for (int i = STAMP - 1; i >= 0; i--) {
            octets[at + i] = DIGITS[(int) (left & 15)];
            left >>>= 4;
        }
    }

    static long unstamp(byte[] octets, int at) {
        long value = 0;
        for (int i = 0; i < STAMP; i++) {
            int digit = octets[at + i];
            value = (value << 4) | (digit <= '9' ? digit - '0' : digit - 'a' + 10);
        }
        return value;
    }
}
