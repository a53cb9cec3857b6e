package org.chancery.ca.der;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/// Writes DER for tests, right or wrong: whatever is put in comes out.
public final class TestDer {
    private TestDer() {}

    public static byte[] tlv(int tag, byte[]... contents) {
        byte[] all = concat(contents);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(tag);
        if (all.length < 0x80) {
            out.write(all.length);
        } else if (all.length < 0x100) {
            out.write(0x81);
            out.write(all.length);
        } else {
            out.write(0x82);
            out.write(all.length >> 8);
            out.write(all.length);
        }
        out.writeBytes(all);
        return out.toByteArray();
    }

    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    public static byte[] sequence(byte[]... parts) {
        return tlv(Tlv.SEQUENCE, parts);
    }

    public static byte[] set(byte[]... parts) {
        return tlv(Tlv.SET, parts);
    }

    public static byte[] explicit(int number, byte[]... parts) {
        return tlv(0xa0 | number, parts);
    }

    public static byte[] integer(long value) {
        return integer(BigInteger.valueOf(value));
    }

    public static byte[] integer(BigInteger value) {
        return tlv(Tlv.INTEGER, value.toByteArray());
    }

    public static byte[] enumerated(int value) {
        return tlv(Tlv.ENUMERATED, BigInteger.valueOf(value).toByteArray());
    }

    public static byte[] bool(boolean value) {
        return tlv(Tlv.BOOLEAN, new byte[] {(byte) (value ? 0xff : 0)});
    }

    public static byte[] none() {
        return tlv(Tlv.NULL);
    }

    public static byte[] octets(byte[] value) {
        return tlv(Tlv.OCTET_STRING, value);
    }

    /// A BIT STRING: how many bits of the last octet are unused, then the octets.
    public static byte[] bits(int... unusedThenOctets) {
        byte[] contents = new byte[unusedThenOctets.length];
        for (int i = 0; i < contents.length; i++) {
            contents[i] = (byte) unusedThenOctets[i];
        }
        return tlv(Tlv.BIT_STRING, contents);
    }

    public static byte[] text(int tag, String value) {
        return tlv(tag, value.getBytes(StandardCharsets.UTF_8));
    }

    public static byte[] oid(String dotted) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] arcs = dotted.split("\\.", -1);
        base128(out, 40 * Long.parseLong(arcs[0]) + Long.parseLong(arcs[1]));
        for (int i = 2; i < arcs.length; i++) {
            base128(out, Long.parseLong(arcs[i]));
        }
        return tlv(Tlv.OID, out.toByteArray());
    }

    private static void base128(ByteArrayOutputStream out, long arc) {
        int groups = Math.max(1, (63 - Long.numberOfLeadingZeros(arc)) / 7 + 1);
        for (int i = groups - 1; i >= 0; i--) {
            out.write((int) (arc >> (7 * i) & 0x7f) | (i > 0 ? 0x80 : 0));
        }
    }

    /// A distinguished name of one attribute an RDN.
    public static byte[] name(byte[]... attributes) {
        byte[][] relative = new byte[attributes.length][];
        for (int i = 0; i < attributes.length; i++) {
            relative[i] = set(attributes[i]);
        }
        return sequence(relative);
    }

    public static byte[] commonName(String value) {
        return sequence(oid("2.5.4.3"), text(Tlv.UTF8_STRING, value));
    }

    public static byte[] extension(String oid, boolean critical, byte[] value) {
        return critical ? sequence(oid(oid), bool(true), octets(value)) : sequence(oid(oid), octets(value));
    }
}
