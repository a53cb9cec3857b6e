package org.chancery.pki.der;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/// Reads DER from front to back, value by value, and makes no object of what it passes: a list of a hundred
/// thousand entries costs what is kept of it, and nothing is allocated because a length field says so.
/// Strict where DER is (X.690 section 10 and 11): minimal integers, booleans of 0xff or 0x00, BIT STRINGs
/// without stray bits.
///
/// One use, one thread. Everything wrong with the bytes is a [MalformedDerException].
public final class DerCursor {
    public static final int BOOLEAN = 0x01;
    public static final int INTEGER = 0x02;
    public static final int BIT_STRING = 0x03;
    public static final int OCTET_STRING = 0x04;
    public static final int NULL = 0x05;
    public static final int OBJECT_IDENTIFIER = 0x06;
    public static final int ENUMERATED = 0x0a;
    public static final int UTC_TIME = 0x17;
    public static final int GENERALIZED_TIME = 0x18;
    public static final int SEQUENCE = 0x30;
    public static final int SET = 0x31;

    private static final int CONSTRUCTED = 0x20;
    private static final int CONTEXT = 0x80;

    /// More arcs than any identifier in use, in octets.
    private static final int MAX_OID_OCTETS = 64;

    private final byte[] der;
    private final int end;
    private int position;

    private DerCursor(byte[] der, int from, int end) {
        this.der = der;
        this.position = from;
        this.end = end;
    }

    /// Before the one value that the bytes hold. The bytes are not copied: whoever hands them over leaves
    /// them alone.
    ///
    /// @throws MalformedDerException unless they are one value of definite, minimal lengths and bounded
    /// depth
    public static DerCursor of(byte[] der) throws MalformedDerException {
        DerShape.check(der);
        return new DerCursor(der, 0, der.length);
    }

    /// The tag of a context-specific value: `[number]`, primitive.
    public static int primitive(int number) {
        return CONTEXT | number;
    }

    /// The tag of a context-specific value: `[number]`, constructed.
    public static int constructed(int number) {
        return CONTEXT | CONSTRUCTED | number;
    }

    /// Whether nothing is left.
    public boolean atEnd() {
        return position == end;
    }

    /// Whether a value with this tag is next.
    public boolean isNext(int tag) {
        return position < end && (der[position] & 0xff) == tag;
    }

    /// Steps into the next value, which must have this tag, and over it.
    public DerCursor enter(int tag) throws MalformedDerException {
        if (!isNext(tag)) {
            throw new MalformedDerException("tag 0x%02x expected, %s found"
                    .formatted(tag, atEnd() ? "nothing" : "0x%02x".formatted(der[position] & 0xff)));
        }
        int contents = contentsStart();
        int next = valueEnd();
        position = next;
        return new DerCursor(der, contents, next);
    }

    /// As [#enter], where the value may be left out.
    public Optional<DerCursor> enterIfPresent(int tag) throws MalformedDerException {
        return isNext(tag) ? Optional.of(enter(tag)) : Optional.empty();
    }

    /// The next value whatever it is, with its tag and length.
    public byte[] value() throws MalformedDerException {
        int start = position;
        if (atEnd()) {
            throw new MalformedDerException("ends where a value is expected");
        }
        position = valueEnd();
        return Arrays.copyOfRange(der, start, position);
    }

    /// The next value, which must have this tag, with tag and length.
    public byte[] value(int tag) throws MalformedDerException {
        if (!isNext(tag)) {
            throw new MalformedDerException("tag 0x%02x expected".formatted(tag));
        }
        return value();
    }

    /// The next value under another tag: what an implicit tag has hidden.
    public byte[] valueAs(int tag) throws MalformedDerException {
        byte[] value = value();
        value[0] = (byte) tag;
        return value;
    }

    /// The contents of the next value, which must have this tag.
    public byte[] contents(int tag) throws MalformedDerException {
        DerCursor inside = enter(tag);
        return Arrays.copyOfRange(der, inside.position, inside.end);
    }

    /// What has not been read yet.
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(der, position, end);
        position = end;
        return rest;
    }

    /// An INTEGER of at most so many octets.
    public BigInteger integer(int maxOctets) throws MalformedDerException {
        return number(INTEGER, maxOctets);
    }

    /// An INTEGER under an implicit tag.
    public BigInteger integer(int tag, int maxOctets) throws MalformedDerException {
        return number(tag, maxOctets);
    }

    /// An ENUMERATED that fits an `int`.
    public int enumerated() throws MalformedDerException {
        return number(ENUMERATED, Integer.BYTES).intValueExact();
    }

    /// A BOOLEAN, or one under an implicit tag.
    public boolean bool(int tag) throws MalformedDerException {
        byte[] contents = contents(tag);
        if (contents.length != 1 || (contents[0] != 0 && contents[0] != (byte) 0xff)) {
            throw new MalformedDerException("a BOOLEAN is one octet, 0x00 or 0xff");
        }
        return contents[0] != 0;
    }

    /// `BOOLEAN DEFAULT FALSE`: true if it is there. DER leaves a default out (X.690 section 11.5).
    public boolean flag(int tag) throws MalformedDerException {
        if (!isNext(tag)) {
            return false;
        }
        if (!bool(tag)) {
            throw new MalformedDerException("a default value must be left out");
        }
        return true;
    }

    /// An OBJECT IDENTIFIER, dotted.
    public String objectIdentifier() throws MalformedDerException {
        byte[] contents = contents(OBJECT_IDENTIFIER);
        if (contents.length == 0 || contents.length > MAX_OID_OCTETS || contents[contents.length - 1] < 0) {
            throw new MalformedDerException("not an OBJECT IDENTIFIER of 1 to " + MAX_OID_OCTETS + " octets");
        }
        StringBuilder dotted = new StringBuilder();
        BigInteger arc = BigInteger.ZERO;
        boolean first = true;
        boolean begins = true;
        for (byte octet : contents) {
            if (begins && octet == (byte) 0x80) {
                throw new MalformedDerException("an arc of an OBJECT IDENTIFIER with a leading zero");
            }
            arc = arc.shiftLeft(7).or(BigInteger.valueOf(octet & 0x7f));
            begins = octet >= 0;
            if (begins) {
                dotted.append(first ? firstTwo(arc) : "." + arc);
                first = false;
                arc = BigInteger.ZERO;
            }
        }
        return dotted.toString();
    }

    /// The octets of a BIT STRING, or of one under an implicit tag, its unused bits zero. The number of
    /// those is not told: for named bits it says nothing.
    public byte[] namedBits(int tag) throws MalformedDerException {
        byte[] bits = bits(tag);
        return Arrays.copyOfRange(bits, 1, bits.length);
    }

    /// The numbers of the named bits that are set. DER writes no zeros after the last (X.690 section 11.2.2).
    public BitSet namedBitSet(int tag) throws MalformedDerException {
        byte[] bits = bits(tag);
        int length = 8 * (bits.length - 1) - bits[0];
        BitSet set = new BitSet(length);
        for (int bit = 0; bit < length; bit++) {
            set.set(bit, (bits[1 + bit / 8] & (0x80 >> (bit % 8))) != 0);
        }
        if (set.length() != length) {
            throw new MalformedDerException("zeros after the last named bit");
        }
        return set;
    }

    /// The number of unused bits, then the octets.
    private byte[] bits(int tag) throws MalformedDerException {
        byte[] contents = contents(tag);
        int unused = contents.length == 0 ? -1 : contents[0];
        if (unused < 0 || unused > 7 || (contents.length == 1 && unused != 0)) {
            throw new MalformedDerException("a BIT STRING with %d unused bits".formatted(unused));
        }
        if (contents.length > 1 && (contents[contents.length - 1] & ((1 << unused) - 1)) != 0) {
            throw new MalformedDerException("unused bits of a BIT STRING are not zero");
        }
        return contents;
    }

    /// The octets of a BIT STRING of whole octets.
    public byte[] bitString() throws MalformedDerException {
        byte[] contents = contents(BIT_STRING);
        if (contents.length == 0 || contents[0] != 0) {
            throw new MalformedDerException("a BIT STRING of whole octets is expected");
        }
        return Arrays.copyOfRange(contents, 1, contents.length);
    }

    /// The Time choice of RFC 5280 section 4.1.2.5: UTCTime through 2049, GeneralizedTime from 2050 on.
    public Instant time() throws MalformedDerException {
        if (isNext(UTC_TIME)) {
            return DerTime.utc(contents(UTC_TIME));
        }
        Instant time = generalizedTime();
        if (DerTime.isOfUtcTime(time)) {
            throw new MalformedDerException("a year before 2050 in GeneralizedTime (RFC 5280 4.1.2.5)");
        }
        return time;
    }

    /// A GeneralizedTime in the form of RFC 5280 section 4.1.2.5.2, whatever the year.
    public Instant generalizedTime() throws MalformedDerException {
        return DerTime.generalized(contents(GENERALIZED_TIME));
    }

    /// Reads one element of a list.
    ///
    /// @param <X> the checked failure of the caller's own rules
    @FunctionalInterface
    public interface Element<X extends Exception> {
        void read(DerCursor elements) throws MalformedDerException, X;
    }

    /// A `SEQUENCE SIZE (1..most) OF`, or one under an implicit tag, element by element.
    public <X extends Exception> void listOf(int tag, int most, Element<X> element) throws MalformedDerException, X {
        DerCursor elements = enter(tag);
        int count = 0;
        do {
            if (count == most) {
                throw new MalformedDerException("a list of more than " + most);
            }
            element.read(elements);
            count++;
        } while (!elements.atEnd());
    }

    /// Ends the reading of a structure.
    ///
    /// @throws MalformedDerException if something is left
    public void end() throws MalformedDerException {
        if (!atEnd()) {
            throw new MalformedDerException("%d octets after the last value of a structure".formatted(end - position));
        }
    }

    private BigInteger number(int tag, int maxOctets) throws MalformedDerException {
        byte[] contents = contents(tag);
        if (contents.length == 0 || contents.length > maxOctets) {
            throw new MalformedDerException("a number of %d octets, 1 to %d".formatted(contents.length, maxOctets));
        }
        boolean padded = contents.length > 1 && contents[0] == (byte) (contents[1] >> 7);
        if (padded) {
            throw new MalformedDerException("a number with more octets than it needs");
        }
        return new BigInteger(contents);
    }

    private static String firstTwo(BigInteger arc) {
        int first = arc.compareTo(BigInteger.valueOf(80)) >= 0 ? 2 : arc.intValueExact() / 40;
        return first + "." + arc.subtract(BigInteger.valueOf(40L * first));
    }

    /// [DerShape] has been over these bytes: what it lets through has lengths of at most four octets that
    /// end in time.
    private int contentsStart() {
        int first = der[position + 1] & 0xff;
        return position + 2 + (first < 0x80 ? 0 : first & 0x7f);
    }

    private int valueEnd() {
        int first = der[position + 1] & 0xff;
        int contents = contentsStart();
        int length = first;
        if (first >= 0x80) {
            length = 0;
            for (int i = position + 2; i < contents; i++) {
                length = (length << 8) | (der[i] & 0xff);
            }
        }
        return contents + length;
    }
}
