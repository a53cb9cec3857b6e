package org.chancery.pki.sealing;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// Reads no further than allowed, so that a parser above it never holds more than the allowance of its part.
final class MeteredInputStream extends FilterInputStream {
    /// The allowance is used up.
    static final class ExhaustedException extends IOException {
        ExhaustedException() {
            super("longer than allowed");
        }
    }

    private long allowance;

    MeteredInputStream(InputStream in, long allowance) {
        super(in);
        this.allowance = allowance;
    }

    /// Forgets what was read, and allows so many octets from here.
    void allow(long octets) {
        allowance = octets;
    }

    @Override
    public int read() throws IOException {
        int octet = super.read();
        if (octet >= 0) {
            spend(1);
        }
        return octet;
    }

    @Override
    public int read(byte[] into, int offset, int length) throws IOException {
        int n = super.read(into, offset, length);
        if (n > 0) {
            spend(n);
        }
        return n;
    }

    private void spend(int octets) throws IOException {
        allowance -= octets;
        if (allowance < 0) {
            throw new ExhaustedException();
        }
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
