package org.chancery.ca.der;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/// One tag, length and value of DER (X.690 section 10), as it stands in the octets. Immutable.
///
/// Every method that interprets the value says what is wrong with it. Lengths are checked before anything is copied,
/// and nesting costs nothing until somebody asks for the children.
public final class Tlv {
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int NULL = 0x05;
    public static final int OID = 0x06;
    public static final int ENUMERATED = 0x0a;
    public static final int UTF8_STRING = 0x0c;
    public static final int PRINTABLE_STRING = 0x13;
    public static final int IA5_STRING = 0x16;
    public static final int UTC_TIME = 0x17;
    public static final int GENERALIZED_TIME = 0x18;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;

    private static final int CONSTRUCTED = 0x20;

    private final byte[] octets;
    private final int start;
    private final int contents;
    private final int end;

    private Tlv(byte[] octets, int start, int contents, int end) {
        this.octets = octets;
        this.start = start;
        this.contents = contents;
        this.end = end;
    }

    /// The one value that the octets hold.
    ///
    /// @throws UnreadableException if they hold none, or more
    public static Tlv parse(byte[] der) throws UnreadableException {
        Tlv value = at(der, 0, der.length);
        if (value.end != der.length) {
            throw new UnreadableException((der.length - value.end) + " octets after the value");
        }
        return value;
    }

    private static Tlv at(byte[] octets, int start, int limit) throws UnreadableException {
        if (limit - start < 2) {
            throw new UnreadableException("ends within a value");
        }
        if ((octets[start] & 0x1f) == 0x1f) {
            throw new UnreadableException("tag number above 30");
        }
        int first = octets[start + 1] & 0xff;
        int contents = start + 2;
        long length = first;
        if (first >= 0x80) {
            int count = first & 0x7f;
            if (count == 0 || count > 4 || limit - contents < count) {
                throw new UnreadableException("length is not DER");
            }
            length = 0;
            for (int i = 0; i < count; i++) {
                length = (length << 8) | (octets[contents + i] & 0xff);
            }
            contents += count;
            if (length < 0x80 || length >>> (8 * (count - 1)) == 0) {
                throw new UnreadableException("length is not in its shortest form");
            }
        }
        if (length > limit - contents) {
            throw new UnreadableException("length " + length + ", but " + (limit - contents) + " octets left");
        }
        return new Tlv(octets, start, contents, contents + (int) length);
    }

    /// The identifier octet: class, constructed or not, number.
    public int tag() {
        return octets[start] & 0xff;
    }

    public boolean is(int tag) {
        return tag() == tag;
    }

    /// Whether it is `[number]` of the context, constructed or not.
    public boolean isContext(int number) {
        return (tag() & ~CONSTRUCTED) == (0x80 | number);
    }

    /// This value, if it has a tag.
    ///
    /// @throws UnreadableException if it has another
    public Tlv as(int tag) throws UnreadableException {
        if (!is(tag)) {
            throw new UnreadableException("tag 0x%02x, 0x%02x expected".formatted(tag(), tag));
        }
        return this;
    }

    /// Without tag and length.
    public byte[] contents() {
        return Arrays.copyOfRange(octets, contents, end);
    }

    public int length() {
        return end - contents;
    }

    /// With tag and length.
    public byte[] encoded() {
        return Arrays.copyOfRange(octets, start, end);
    }

    /// What a constructed value consists of.
    public List<Tlv> children() throws UnreadableException {
        if ((tag() & CONSTRUCTED) == 0) {
            throw new UnreadableException("tag 0x%02x is not constructed".formatted(tag()));
        }
        List<Tlv> children = new ArrayList<>();
        for (int position = contents; position < end; ) {
            Tlv child = at(octets, position, end);
            children.add(child);
            position = child.end;
        }
        return children;
    }

    /// The value inside an OCTET STRING, or inside an explicit tag.
    public Tlv inner() throws UnreadableException {
        Tlv inner = at(octets, contents, end);
        if (inner.end != end) {
            throw new UnreadableException("octets after the value inside");
        }
        return inner;
    }

    public BigInteger integer() throws UnreadableException {
        if (!is(INTEGER) && !is(ENUMERATED)) {
            as(INTEGER);
        }
        return number();
    }

    /// The contents as a number, whatever the tag: an implicit INTEGER.
    public BigInteger number() throws UnreadableException {
        if (length() == 0) {
            throw new UnreadableException("a number without octets");
        }
        boolean padded = length() > 1
                && ((octets[contents] == 0 && octets[contents + 1] >= 0)
                        || (octets[contents] == -1 && octets[contents + 1] < 0));
        if (padded) {
            throw new UnreadableException("a number not in its shortest form");
        }
        return new BigInteger(octets, contents, length());
    }

    public boolean bool() throws UnreadableException {
        as(BOOLEAN);
        byte value = length() == 1 ? octets[contents] : 1;
        if (value != 0 && value != -1) {
            throw new UnreadableException("a boolean that is neither 00 nor ff");
        }
        return value == -1;
    }

    /// Dotted.
    public String oid() throws UnreadableException {
        as(OID);
        StringBuilder dotted = new StringBuilder();
        long arc = 0;
        for (int i = contents; i < end; i++) {
            boolean begins = arc == 0;
            if ((begins && octets[i] == (byte) 0x80) || arc > Long.MAX_VALUE >> 8) {
                throw new UnreadableException("an object identifier that is not DER, or too long");
            }
            arc = (arc << 7) | (octets[i] & 0x7f);
            if (octets[i] >= 0) {
                append(dotted, arc);
                arc = 0;
            }
        }
        if (dotted.isEmpty() || octets[end - 1] < 0) {
            throw new UnreadableException("an object identifier that is not finished");
        }
        return dotted.toString();
    }

    private static void append(StringBuilder dotted, long arc) {
        if (dotted.isEmpty()) {
            long root = Math.min(arc / 40, 2);
            dotted.append(root).append('.').append(arc - 40 * root);
        } else {
            dotted.append('.').append(arc);
        }
    }

    /// The numbers of the bits that are set in a BIT STRING of named bits (X.690 section 11.2.2).
    public BitSet namedBits() throws UnreadableException {
        as(BIT_STRING);
        int unused = length() == 0 ? -1 : octets[contents];
        if (unused < 0 || unused > 7 || (unused > 0 && length() == 1)) {
            throw new UnreadableException("not a BIT STRING");
        }
        BitSet bits = new BitSet();
        for (int bit = 0; bit < 8 * (length() - 1); bit++) {
            if ((octets[contents + 1 + bit / 8] & (0x80 >> bit % 8)) != 0) {
                bits.set(bit);
            }
        }
        if (length() > 1 && bits.length() != 8 * (length() - 1) - unused) {
            throw new UnreadableException("named bits with zeros behind the last");
        }
        return bits;
    }

    /// The contents as ASCII, whatever the tag.
    public String ascii() {
        return new String(octets, contents, length(), StandardCharsets.US_ASCII);
    }

    /// The contents as UTF-8, whatever the tag.
    public String utf8() {
        return new String(octets, contents, length(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "Tlv[0x%02x, %d octets]".formatted(tag(), length());
    }
}
