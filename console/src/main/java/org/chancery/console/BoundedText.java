package org.chancery.console;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// A text over a control socket: its length in octets (u32, big-endian), and itself in UTF-8.
public final class BoundedText {
    private BoundedText() {}

    /// Writes a text; whoever reads it may have a bound.
    public static void write(DataOutputStream out, String text) throws IOException {
        byte[] octets = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(octets.length);
        out.write(octets);
    }

    /// Reads a text.
    ///
    /// @throws IOException if it is longer than that, or ends too soon
    public static String read(DataInputStream in, int maxOctets) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > maxOctets) {
            throw new IOException("a text of " + Integer.toUnsignedString(length) + " octets, at most " + maxOctets);
        }
        byte[] octets = in.readNBytes(length);
        if (octets.length < length) {
            throw new EOFException("a text of " + length + " octets ends after " + octets.length);
        }
        return new String(octets, StandardCharsets.UTF_8);
    }
}
