package org.chancery.protocol.frame;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What comes out of a socket, for a fuzzer: frames one after the other until they end or are refused.
public final class FrameInput {
    private static final FrameCodec CODEC = new FrameCodec(FrameLimits.DEFAULT);

    private FrameInput() {}

    /// Octets as they come. Whatever is taken for a frame encodes, and reads as itself again.
    public static void eat(byte[] input) throws IOException {
        FrameReader reader = new FrameReader(new ByteArrayInputStream(input), FrameLimits.DEFAULT);
        try {
            Optional<Frame> frame = reader.read();
            while (frame.isPresent()) {
                requireReadsAsItself(frame.get());
                frame = reader.read();
            }
        } catch (ProtocolException | EOFException declared) {
            return;
        }
    }

    /// The octets may be others, for protobuf has many for one frame; those that we would send are not.
    private static void requireReadsAsItself(Frame frame) {
        try {
            byte[] encoded = CODEC.encode(frame);
            Frame again = CODEC.decode(Arrays.copyOfRange(encoded, FrameCodec.PREFIX_BYTES, encoded.length));
            if (!again.equals(frame) || !Arrays.equals(CODEC.encode(again), encoded)) {
                throw new AssertionError("reads as another: " + HexFormat.of().formatHex(encoded));
            }
            if (frame.toString().isEmpty()) {
                throw new AssertionError("a frame that a log could not show");
            }
        } catch (ProtocolException e) {
            // It may be longer than what came: a field that was left out reads as zero, and is written.
            if (e.failure() != ProtocolError.FRAME_TOO_LARGE) {
                throw new AssertionError("taken, and refused when read again", e);
            }
        }
    }

    /// A frame of every kind, and all of them in a row.
    public static List<byte[]> seeds() throws ProtocolException {
        List<byte[]> seeds = new ArrayList<>();
        int total = 0;
        for (Frame frame : SampleFrames.all()) {
            seeds.add(CODEC.encode(frame));
            total += seeds.getLast().length;
        }
        byte[] row = new byte[total];
        int at = 0;
        for (byte[] seed : List.copyOf(seeds)) {
            System.arraycopy(seed, 0, row, at, seed.length);
            at += seed.length;
        }
        seeds.add(row);
        return seeds;
    }
}
