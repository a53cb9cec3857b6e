package org.chancery.pki.der;

import java.util.Arrays;

/// Writes DER from its last octet to its first: when the length of a value comes to be written, its contents are
/// there. One use, one thread.
public final class DerOutput {
    private byte[] octets;
    private int from;

    /// @param room the octets expected; more are made room for
    public DerOutput(int room) {
        octets = new byte[room];
        from = room;
    }

    /// How much has been written.
    public int size() {
        return octets.length - from;
    }

    /// Octets in front of what is there.
    public DerOutput put(byte... value) {
        reserve(value.length);
        from -= value.length;
        System.arraycopy(value, 0, octets, from, value.length);
        return this;
    }

    /// Makes what has been written since then the contents of a value.
    ///
    /// @param since what [#size] was behind the value
    public DerOutput within(int tag, int since) {
        int length = size() - since;
        reserve(1 + 1 + Integer.BYTES);
        if (length < 0x80) {
            octets[--from] = (byte) length;
        } else {
            int count = 0;
            for (int left = length; left > 0; left >>>= 8) {
                octets[--from] = (byte) left;
                count++;
            }
            octets[--from] = (byte) (0x80 | count);
        }
        octets[--from] = (byte) tag;
        return this;
    }

    /// A value of these contents.
    public DerOutput value(int tag, byte... contents) {
        int since = size();
        return put(contents).within(tag, since);
    }

    /// An INTEGER that is not negative.
    public DerOutput integer(long value) {
        int since = size();
        reserve(Long.BYTES + 1);
        long left = value;
        do {
            octets[--from] = (byte) left;
            left >>>= 8;
        } while (left > 0);
        if (octets[from] < 0) {
            octets[--from] = 0;
        }
        return within(0x02, since);
    }

    /// What has been written.
    public byte[] toByteArray() {
        return Arrays.copyOfRange(octets, from, octets.length);
    }

    private void reserve(int count) {
        if (from < count) {
            int size = size();
            byte[] wider = new byte[Math.max(2 * octets.length, size + count)];
            System.arraycopy(octets, from, wider, wider.length - size, size);
            octets = wider;
            from = wider.length - size;
        }
    }
}
