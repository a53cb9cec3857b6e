package org.chancery.pki.der;

/// Walks tags and lengths only, before any parser that recurses or allocates sees the bytes.
///
/// One pass, no recursion and no allocation beyond the stack of ends: an input of any size costs time linear in its
/// length.
final class DerShape {
    /// X.509 structures nest about a dozen deep; the bound keeps a recursive parser far from the end of its stack.
    private static final int MAX_DEPTH = 32;

    private static final int CONSTRUCTED = 0x20;
    private static final int LONG_TAG = 0x1f;

    private final byte[] der;
    private final int[] ends = new int[MAX_DEPTH + 1];
    private int depth;
    private int position;

    private DerShape(byte[] der) {
        this.der = der;
    }

    /// @throws MalformedDerException unless the bytes are one value of definite, minimal lengths that fills them
    /// exactly
    static void check(byte[] der) throws MalformedDerException {
        new DerShape(der).walk();
    }

    private void walk() throws MalformedDerException {
        ends[0] = der.length;
        value();
        while (depth > 0) {
            if (position == ends[depth]) {
                depth--;
            } else {
                value();
            }
        }
        if (position != der.length) {
            throw new MalformedDerException("%d octets after the value".formatted(der.length - position));
        }
    }

    private void value() throws MalformedDerException {
        int tag = octet();
        if ((tag & LONG_TAG) == LONG_TAG) {
            throw new MalformedDerException("tag number above 30 at octet " + (position - 1));
        }
        int length = length();
        if (length > ends[depth] - position) {
            throw new MalformedDerException(
                    "length %d, but only %d octets left".formatted(length, ends[depth] - position));
        }
        if ((tag & CONSTRUCTED) == 0) {
            position += length;
        } else if (depth == MAX_DEPTH) {
            throw new MalformedDerException("nested deeper than " + MAX_DEPTH);
        } else {
            int end = position + length;
            depth++;
            ends[depth] = end;
        }
    }

    private int length() throws MalformedDerException {
        int first = octet();
        if (first < 0x80) {
            return first;
        }
        int count = first & 0x7f;
        // Zero is BER's indefinite form; four octets say more than an array can hold.
        if (count == 0 || count > 4) {
            throw new MalformedDerException("length octet 0x%02x is not DER".formatted(first));
        }
        long length = 0;
        for (int i = 0; i < count; i++) {
            length = (length << 8) | octet();
        }
        boolean minimal = length >= 0x80 && length >>> (8 * (count - 1)) != 0;
        if (!minimal || length > Integer.MAX_VALUE) {
            throw new MalformedDerException("length not minimal, or above 2 GiB");
        }
        return (int) length;
    }

    private int octet() throws MalformedDerException {
        if (position >= ends[depth]) {
            throw new MalformedDerException("ends within a value");
        }
        return der[position++] & 0xff;
    }
}
