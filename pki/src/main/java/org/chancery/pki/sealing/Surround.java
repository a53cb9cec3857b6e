package org.chancery.pki.sealing;

import java.io.ByteArrayOutputStream;

/// The DER before and after content that is too long to hold: built from the inside out, each layer adding its tag,
/// its length and its other elements.
///
/// @param contentLength octets of the content itself
@SuppressWarnings("ArrayRecordComponent") // held only while one file is written
record Surround(byte[] before, long contentLength, byte[] after) {
    /// Content as the value of a primitive type.
    static Surround primitive(int tag, long contentLength) {
        return new Surround(header(tag, contentLength), contentLength, new byte[0]);
    }

    /// This, as one element of a constructed value.
    Surround within(int tag, byte[] elementsBefore, byte[] elementsAfter) {
        long length = elementsBefore.length + totalLength() + elementsAfter.length;
        return new Surround(
                join(header(tag, length), elementsBefore, before), contentLength, join(after, elementsAfter));
    }

    Surround within(int tag) {
        return within(tag, new byte[0], new byte[0]);
    }

    long totalLength() {
        return before.length + contentLength + after.length;
    }

    /// Identifier and length octets (X.690 section 8.1.3), the length in as few as hold it.
    static byte[] header(int tag, long length) {
        if (length < 0x80) {
            return new byte[] {(byte) tag, (byte) length};
        }
        int octets = (Long.SIZE - Long.numberOfLeadingZeros(length) + Byte.SIZE - 1) / Byte.SIZE;
        byte[] header = new byte[2 + octets];
        header[0] = (byte) tag;
        header[1] = (byte) (0x80 | octets);
        for (int i = 0; i < octets; i++) {
            header[2 + i] = (byte) (length >>> (Byte.SIZE * (octets - 1 - i)));
        }
        return header;
    }

    static byte[] join(byte[]... parts) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            joined.writeBytes(part);
        }
        return joined.toByteArray();
    }
}
