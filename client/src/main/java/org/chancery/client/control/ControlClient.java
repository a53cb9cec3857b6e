package org.chancery.client.control;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.chancery.console.ControlListener;
import org.chancery.console.ExitCode;

/// A command's way to the process that owns the store.
public final class ControlClient {
    private ControlClient() {}

    /// Has a command line run, with these streams. Of `in` no more is read than the command asks for: what is left is
    /// whoever's comes next.
    ///
    /// @return nothing where no process listens at `socket`
    /// @throws IOException where one listens, and the conversation with it broke: the command may have been done
    public static Optional<ExitCode> run(
            Path socket, Invocation invocation, InputStream in, PrintStream out, PrintStream err) throws IOException {
        if (!Files.exists(socket)) {
            return Optional.empty();
        }
        try (SocketChannel owner = ControlListener.connect(socket)) {
            if (!owner.isConnected()) {
                return Optional.empty();
            }
            DataOutputStream there = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(owner)));
            DataInputStream back = new DataInputStream(new BufferedInputStream(Channels.newInputStream(owner)));
            ControlFrames.write(there, invocation);
            while (true) {
                switch (ControlFrames.readKind(back)) {
                    case OUTPUT -> show(out, ControlFrames.readChunk(back));
                    case ERRORS -> show(err, ControlFrames.readChunk(back));
                    case WANTED -> ControlFrames.writeInput(there, next(in));
                    case ENDED -> {
                        return Optional.of(ControlFrames.readCode(back));
                    }
                }
            }
        }
    }

    private static void show(PrintStream stream, byte[] octets) {
        stream.write(octets, 0, octets.length);
        stream.flush();
    }

    /// What there is, waiting for the first octet of it; nothing at its end.
    private static byte[] next(InputStream in) throws IOException {
        byte[] octets = new byte[ControlFrames.MAX_CHUNK_OCTETS];
        int length = Math.max(in.read(octets), 0);
        return Arrays.copyOf(octets, length);
    }
}
