package org.chancery.protocol.frame;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import org.chancery.pki.envelope.Wrap;

/// Frames to a stream, several in one write. One thread at a time.
public final class FrameWriter {

    /// One TLS record: what is queued together goes out under one header, one tag and one system call.
    private static final int BATCH = 16 << 10;

    /// An answer and a short letter; most writes are no longer, and whole records would be mostly garbage.
    private static final int INITIAL = 2048;

    private final OutputStream out;
    private final FrameCodec codec;
    private byte[] batch = new byte[0];
    private int size;

    /// @param out is written to when a batch is full and on [#flush]
    public FrameWriter(OutputStream out, FrameLimits limits) {
        this.out = out;
        this.codec = new FrameCodec(limits);
    }

    /// Adds a frame to the batch. It goes out with [#flush] at the latest. Blocks while the other side does not
    /// read.
    ///
    /// @throws ProtocolException [ProtocolError#FRAME_TOO_LARGE]; nothing of the frame was written, the stream is
    ///     intact
    /// @throws IOException the stream failed
    public void write(Frame frame) throws IOException, ProtocolException {
        byte[] octets = codec.encode(frame);
        if (makeRoom(octets.length)) {
            System.arraycopy(octets, 0, batch, size, octets.length);
            size += octets.length;
        } else {
            out.write(octets);
        }
    }

    /// Adds a letter's frame for one reader, as [#write(Frame)].
    ///
    /// @throws ProtocolException [ProtocolError#FRAME_TOO_LARGE]; nothing of the frame was written
    /// @throws IOException the stream failed
    public void write(Posting posting, Wrap wrap) throws IOException, ProtocolException {
        codec.checkLength(posting.length() - FrameCodec.PREFIX_BYTES);
        if (makeRoom(posting.length())) {
            size = posting.writeTo(batch, size, wrap);
        } else {
            byte[] octets = new byte[posting.length()];
            posting.writeTo(octets, 0, wrap);
            out.write(octets);
        }
    }

    /// Room for a frame of so many octets in the batch, which is sent first if it would get too long; false if the
    /// frame goes out by itself.
    private boolean makeRoom(int octets) throws IOException {
        if (size + octets > BATCH) {
            writeBatch();
        }
        if (octets > BATCH) {
            return false;
        }
        if (size + octets > batch.length) {
            int doubled = Math.max(2 * batch.length, INITIAL);
            batch = Arrays.copyOf(batch, Math.min(Math.max(doubled, size + octets), BATCH));
        }
        return true;
    }

    /// Sends everything written so far.
    ///
    /// @throws IOException the stream failed
    public void flush() throws IOException {
        writeBatch();
        batch = new byte[0]; // an idle connection keeps no buffer
        out.flush();
    }

    private void writeBatch() throws IOException {
        if (size > 0) {
            out.write(batch, 0, size);
            size = 0;
        }
    }
}
