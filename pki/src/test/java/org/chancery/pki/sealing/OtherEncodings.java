package org.chancery.pki.sealing;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The same values in other octets: what BER allows and DER does not. One value at a time gets its length in a longer
/// form, or no length but an end; what stands around it is made to fit.
final class OtherEncodings {
    private static final int CONSTRUCTED = 0x20;

    private enum Form {
        LONGER,
        INDEFINITE
    }

    private final byte[] der;
    private final int target;
    private final Form form;
    private int seen;
    private boolean changed;

    private OtherEncodings(byte[] der, int target, Form form) {
        this.der = der;
        this.target = target;
        this.form = form;
    }

    /// Every one of them for a DER value, whose tags are all of one octet.
    static List<byte[]> of(byte[] der) {
        List<byte[]> all = new ArrayList<>();
        for (Form form : Form.values()) {
            for (int target = 0; ; target++) {
                OtherEncodings encoding = new OtherEncodings(der, target, form);
                byte[] other = encoding.values(0, der.length);
                if (encoding.seen <= target) {
                    break;
                }
                if (encoding.changed) {
                    all.add(other);
                }
            }
        }
        return all;
    }

    private byte[] values(int from, int end) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int at = from;
        while (at < end) {
            int tag = der[at] & 0xff;
            int octets = der[at + 1] & 0x7f;
            boolean isLong = der[at + 1] < 0;
            int length = isLong ? number(at + 2, octets) : octets;
            int contents = at + 2 + (isLong ? octets : 0);
            boolean mine = seen++ == target;
            boolean constructed = (tag & CONSTRUCTED) != 0;
            byte[] value = constructed
                    ? values(contents, contents + length)
                    : Arrays.copyOfRange(der, contents, contents + length);
            out.write(tag);
            if (mine && form == Form.INDEFINITE && constructed) {
                changed = true;
                out.write(0x80);
                out.writeBytes(value);
                out.write(0);
                out.write(0);
            } else {
                boolean longer = mine && form == Form.LONGER;
                changed |= longer;
                length(out, value.length, longer);
                out.writeBytes(value);
            }
            at = contents + length;
        }
        return out.toByteArray();
    }

    private int number(int at, int octets) {
        int number = 0;
        for (int i = 0; i < octets; i++) {
            number = (number << Byte.SIZE) | (der[at + i] & 0xff);
        }
        return number;
    }

    /// Minimal, or with an octet of zeros in front.
    private static void length(ByteArrayOutputStream out, int length, boolean longer) {
        int octets = length < 0x80 && !longer ? 0 : 1 + (31 - Integer.numberOfLeadingZeros(length | 1)) / Byte.SIZE;
        if (octets == 0) {
            out.write(length);
            return;
        }
        int written = octets + (longer && length >= 0x80 ? 1 : 0);
        out.write(0x80 | written);
        for (int i = written - 1; i >= 0; i--) {
            out.write(i >= octets ? 0 : length >>> (i * Byte.SIZE));
        }
    }
}
