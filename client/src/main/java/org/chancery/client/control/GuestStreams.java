package org.chancery.client.control;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.client.control.ControlFrames.Kind;
import org.chancery.console.ExitCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The standard streams of a command whose process is another one. A thread of its own reads what that says, so that
/// its going is noticed whatever the command does.
final class GuestStreams implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GuestStreams.class);

    private final SocketChannel guest;
    private final DataInputStream said;
    private final DataOutputStream frames;
    private final ReentrantLock writing = new ReentrantLock(); // commands write on more than one thread
    private final BlockingQueue<byte[]> input = new ArrayBlockingQueue<>(1); // one that was asked for, at most
    private final PrintStream out = new PrintStream(new Output(Kind.OUTPUT), true, StandardCharsets.UTF_8);
    private final PrintStream err = new PrintStream(new Output(Kind.ERRORS), true, StandardCharsets.UTF_8);
    private final InputStream in = new Input();

    private GuestStreams(SocketChannel guest, DataInputStream said) {
        this.guest = guest;
        this.said = said;
        this.frames = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(guest)));
    }

    /// @param said what the guest says, behind its command line
    /// @param gone is told when it has gone
    static GuestStreams of(SocketChannel guest, DataInputStream said, Runnable gone) {
        GuestStreams streams = new GuestStreams(guest, said);
        Thread.ofVirtual().name("control-input").start(() -> streams.hear(gone));
        return streams;
    }

    private void hear(Runnable gone) {
        try {
            boolean wasAsked = true;
            while (wasAsked) {
                wasAsked = input.offer(ControlFrames.readChunk(said));
            }
            LOG.info("a command's process says more than it is asked for");
        } catch (IOException e) {
            LOG.debug("a command's process has gone: {}", e.getMessage());
        }
        gone.run();
    }

    InputStream in() {
        return in;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    /// The last word.
    void ended(ExitCode code) throws IOException {
        out.flush();
        err.flush();
        writing.lock();
        try {
            ControlFrames.writeEnded(frames, code);
        } finally {
            writing.unlock();
        }
    }

    @Override
    public void close() throws IOException {
        guest.close();
    }

    /// Asks for input whenever there is none.
    private final class Input extends InputStream {
        private byte[] octets = {};
        private int next;
        private boolean ended;

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (next == octets.length && !ended) {
                octets = more();
                next = 0;
                ended = octets.length == 0;
            }
            if (ended) {
                return -1;
            }
            int count = Math.min(length, octets.length - next);
            System.arraycopy(octets, next, target, offset, count);
            next += count;
            return count;
        }

        private byte[] more() throws IOException {
            writing.lock();
            try {
                ControlFrames.writeWanted(frames);
            } finally {
                writing.unlock();
            }
            try {
                return input.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("nobody is there to type");
            }
        }
    }

    private final class Output extends OutputStream {
        private final Kind stream;

        Output(Kind stream) {
            this.stream = stream;
        }

        @Override
        public void write(int octet) throws IOException {
            write(new byte[] {(byte) octet}, 0, 1);
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            writing.lock();
            try {
                for (int done = 0; done < length; done += ControlFrames.MAX_CHUNK_OCTETS) {
                    int count = Math.min(length - done, ControlFrames.MAX_CHUNK_OCTETS);
                    ControlFrames.writeOutput(frames, stream, octets, offset + done, count);
                }
            } finally {
                writing.unlock();
            }
        }
    }
}
