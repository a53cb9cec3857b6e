package org.chancery.client.control;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chancery.console.BoundedText;
import org.chancery.console.ExitCode;

/// What goes over the control socket: a command line to the process that runs it, then what it reads and writes.
///
/// ```
/// there   version (1)  directory  number of arguments (2)  each argument
///         whenever input is wanted: length (4)  octets; a length of 0: it has ended
/// back    0 standard output, 1 standard error (1)  length (4)  octets
///         2 input is wanted (1)
///         3 it has ended (1)  exit code (1)
/// ```
///
/// A text is its length in octets (4) and itself in UTF-8. Integers are big-endian.
final class ControlFrames {
    private static final int VERSION = 4;
    private static final int MAX_PATH_OCTETS = 4096; // what Linux takes
    static final int MAX_CHUNK_OCTETS = 64 * 1024;

    /// What comes back.
    enum Kind {
        OUTPUT(0),
        ERRORS(1),
        WANTED(2),
        ENDED(3);

        private final int octet;

        Kind(int octet) {
            this.octet = octet;
        }
    }

    private ControlFrames() {}

    static void write(DataOutputStream out, Invocation invocation) throws IOException {
        out.writeByte(VERSION);
        BoundedText.write(out, invocation.directory().toString());
        out.writeShort(invocation.arguments().size());
        for (String argument : invocation.arguments()) {
            BoundedText.write(out, argument);
        }
        out.flush();
    }

    static Invocation readInvocation(DataInputStream in) throws IOException {
        int version = in.readUnsignedByte();
        if (version != VERSION) {
            throw new IOException("control version " + version + ", " + VERSION + " is spoken here");
        }
        try {
            Path directory = Path.of(BoundedText.read(in, MAX_PATH_OCTETS));
            int count = in.readUnsignedShort();
            if (count > Invocation.MAX_ARGUMENTS) {
                throw new IOException(count + " arguments, at most " + Invocation.MAX_ARGUMENTS);
            }
            List<String> arguments = new ArrayList<>(count);
            int left = Invocation.MAX_OCTETS;
            for (int i = 0; i < count; i++) {
                String argument = BoundedText.read(in, left);
                left -= argument.getBytes(StandardCharsets.UTF_8).length;
                arguments.add(argument);
            }
            return new Invocation(directory, arguments);
        } catch (InvalidPathException e) {
            throw new IOException("a directory that is none", e);
        } catch (IllegalArgumentException e) {
            throw new IOException("a command line that no command makes: " + e.getMessage(), e);
        }
    }

    static void writeInput(DataOutputStream out, byte[] octets) throws IOException {
        out.writeInt(octets.length);
        out.write(octets);
        out.flush();
    }

    static byte[] readChunk(DataInputStream in) throws IOException {
        int length = in.readInt();
        if (length < 0 || length > MAX_CHUNK_OCTETS) {
            throw new IOException(
                    "a piece of " + Integer.toUnsignedString(length) + " octets, at most " + MAX_CHUNK_OCTETS);
        }
        byte[] octets = new byte[length];
        in.readFully(octets);
        return octets;
    }

    /// @param stream [Kind#OUTPUT] or [Kind#ERRORS]
    static void writeOutput(DataOutputStream out, Kind stream, byte[] octets, int offset, int length)
            throws IOException {
        out.writeByte(stream.octet);
        out.writeInt(length);
        out.write(octets, offset, length);
        out.flush();
    }

    static void writeWanted(DataOutputStream out) throws IOException {
        out.writeByte(Kind.WANTED.octet);
        out.flush();
    }

    static void writeEnded(DataOutputStream out, ExitCode code) throws IOException {
        out.writeByte(Kind.ENDED.octet);
        out.writeByte(code.code());
        out.flush();
    }

    static Kind readKind(DataInputStream in) throws IOException {
        int octet = in.readUnsignedByte();
        for (Kind kind : Kind.values()) {
            if (kind.octet == octet) {
                return kind;
            }
        }
        throw new IOException("frame " + octet + " is not known");
    }

    static ExitCode readCode(DataInputStream in) throws IOException {
        try {
            return ExitCode.of(in.readUnsignedByte());
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
    }
}
