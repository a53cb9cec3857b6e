package org.chancery.protocol.frame;

import java.io.IOException;
import java.io.OutputStream;
import org.chancery.pki.envelope.Wrap;

/// Frames to a stream, several in one write. One thread at a time.
public final class FrameWriter {

    /// One TLS record: what is queued together goes out under one header, one tag and one system call.
    private static final int BATCH = 16 << 10;

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
        if (size + octets.length > BATCH) {
            writeBatch();
        }
        if (octets.length > BATCH) {
            out.write(octets);
            return;
        }
        if (batch.length == 0) {
            batch = new byte[BATCH];
        }
        System.arraycopy(octets, 0, batch, size, octets.length);
        size += octets.length;
    }

    /// Adds a letter's frame for one reader, as [#write(Frame)].
    ///
    /// @throws ProtocolException [ProtocolError#FRAME_TOO_LARGE]; nothing of the frame was written
    /// @throws IOException the stream failed
    public void write(Posting posting, Wrap wrap) throws IOException, ProtocolException {
        codec.checkLength(posting.length() - FrameCodec.PREFIX_BYTES);
        if (size + posting.length() > BATCH) {
            writeBatch();
        }
        if (posting.length() > BATCH) {
            byte[] octets = new byte[posting.length()];
            posting.writeTo(octets, 0, wrap);
            out.write(octets);
            return;
        }
        if (batch.length == 0) {
            batch = new byte[BATCH];
        }
        size = posting.writeTo(batch, size, wrap);
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
