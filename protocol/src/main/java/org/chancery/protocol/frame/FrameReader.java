package org.chancery.protocol.frame;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Optional;

/// Frames from a stream. One thread at a time.
///
/// Reads as much as the stream has and the buffer takes, so that small frames cost no read each. The buffer grows
/// only as octets of an announced body arrive, and never beyond the limit.
public final class FrameReader {

    private static final int INITIAL = 512;

    /// The least that a frame longer than that gets: a short letter.
    private static final int SHORT_LETTER = 2048;

    /// To decrypt a record of one octet takes as long as so many octets of a long one, about.
    private static final int A_RECORD = 512;

    /// A frame may come in so many records, and in one more for so many of its octets: others split it to make work.
    private static final int MOST_RECORDS = 64;

    private static final int SHORTEST_RECORD = 256;

    private final InputStream in;
    private final FrameCodec codec;
    private byte[] buffer = new byte[INITIAL];
    private int from;
    private int to;
    private int length;
    private int reads;

    /// @param in is read ahead of the frame that is asked for
    public FrameReader(InputStream in, FrameLimits limits) {
        this.in = in;
        this.codec = new FrameCodec(limits);
    }

    /// The next frame, or empty when the stream ends between two frames. Blocks.
    ///
    /// @throws ProtocolException the octets are no frame within the limits; read no further
    /// @throws EOFException the stream ends inside a frame
    /// @throws IOException the stream failed
    public Optional<Frame> read() throws IOException, ProtocolException {
        reads = 0;
        if (!fill(FrameCodec.PREFIX_BYTES)) {
            return Optional.empty();
        }
        length = codec.bodyLength(buffer, from);
        if (!fill(FrameCodec.PREFIX_BYTES + length)) {
            throw new EOFException("the stream ends inside a frame of " + length + " octets");
        }
        int body = from + FrameCodec.PREFIX_BYTES;
        Frame frame = codec.decode(Arrays.copyOfRange(buffer, body, body + length));
        from = body + length;
        if (from == to) {
            from = 0;
            to = 0;
            if (buffer.length > INITIAL) {
                buffer = new byte[INITIAL]; // an idle connection keeps no memory of its longest frame
            }
        }
        return Optional.of(frame);
    }

    /// What the frame that was read last has cost: its octets, its length prefix included, or what its TLS records
    /// cost, where they were many for so few octets.
    public int cost() {
        return Math.max(FrameCodec.PREFIX_BYTES + length, reads * A_RECORD);
    }

    /// Buffers at least `wanted` octets; false if the stream ends before the first of them.
    private boolean fill(int wanted) throws IOException, ProtocolException {
        while (to - from < wanted) {
            makeRoom(wanted);
            reads++;
            if (reads > MOST_RECORDS + wanted / SHORTEST_RECORD) {
                throw new ProtocolException(
                        ProtocolError.MALFORMED_FRAME,
                        "frame of " + wanted + " octets in more than " + reads + " pieces");
            }
            int count = in.read(buffer, to, buffer.length - to);
            if (count < 0) {
                if (to == from || wanted > FrameCodec.PREFIX_BYTES) {
                    return false;
                }
                throw new EOFException("the stream ends inside the length of a frame");
            }
            to += count;
        }
        return true;
    }

    private void makeRoom(int wanted) {
        if (to < buffer.length && from + wanted <= buffer.length) {
            return;
        }
        int held = to - from;
        // At most twice what has arrived: a length alone makes nobody allocate.
        int size = held < buffer.length
                ? buffer.length
                : Math.min(Math.max(2 * buffer.length, SHORT_LETTER), wanted + SHORT_LETTER);
        byte[] target = size == buffer.length ? buffer : new byte[size];
        System.arraycopy(buffer, from, target, 0, held);
        buffer = target;
        from = 0;
        to = held;
    }
}
