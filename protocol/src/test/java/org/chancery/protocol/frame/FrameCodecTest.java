package org.chancery.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlFingerprint;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrameCodecTest {

    private static final FrameCodec CODEC = new FrameCodec(FrameLimits.DEFAULT);

    static List<Frame> frames() {
        return SampleFrames.all();
    }

    @Test
    void samplesCoverEveryKindOfFrame() {
        assertThat(frames().stream().map(Object::getClass).distinct())
                .hasSameSizeAs(Frame.class.getPermittedSubclasses());
    }

    @ParameterizedTest
    @MethodSource("frames")
    void decodesWhatItEncodes(Frame frame) throws Exception {
        assertThat(CODEC.decode(body(CODEC.encode(frame)))).isEqualTo(frame);
    }

    /// Nobody is asked to come back at once, to be refused again.
    @Test
    void neverRoundsAWaitDown() throws Exception {
        Frame.Refused refused =
                Frame.Refused.request(3, ProtocolError.TOO_MANY, "").retryAfter(Optional.of(Duration.ofNanos(1)));
        assertThat(refused.retryAfter()).contains(Duration.ofMillis(1));
        assertThat(CODEC.decode(body(CODEC.encode(refused)))).isEqualTo(refused);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void encodesWhatItDecodedToTheSameOctets(Frame frame) throws Exception {
        byte[] encoded = CODEC.encode(frame);
        assertThat(CODEC.encode(CODEC.decode(body(encoded)))).isEqualTo(encoded);
    }

    @ParameterizedTest
    @MethodSource("frames")
    void refusesEveryTruncationOrReadsAnotherFrame(Frame frame) throws Exception {
        byte[] body = body(CODEC.encode(frame));
        for (int length = 0; length < body.length; length++) {
            decodeOrRefuse(Arrays.copyOf(body, length));
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void survivesEveryFlippedBit(Frame frame) throws Exception {
        byte[] body = body(CODEC.encode(frame));
        // Every bit of the short ones; a prime step through the long ones meets every field.
        int step = body.length < 200 ? 1 : 7;
        for (int bit = 0; bit < body.length * 8; bit += step) {
            byte[] flipped = body.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));
            decodeOrRefuse(flipped);
        }
    }

    @Test
    void survivesRandomOctets() {
        Random random = new Random(20261123);
        for (int i = 0; i < 20_000; i++) {
            byte[] body = new byte[random.nextInt(200)];
            random.nextBytes(body);
            decodeOrRefuse(body);
        }
    }

    /// Anything but a ProtocolException fails the test.
    private static void decodeOrRefuse(byte[] body) {
        try {
            assertThat(CODEC.decode(body)).isNotNull();
        } catch (ProtocolException e) {
            assertThat(e.failure()).isEqualTo(ProtocolError.MALFORMED_FRAME);
        }
    }

    @Test
    void refusesAFrameWithoutBody() {
        assertThatThrownBy(() -> CODEC.decode(new byte[0])).satisfies(refusedAs(ProtocolError.MALFORMED_FRAME));
    }

    @ParameterizedTest
    @ValueSource(ints = {0x7fffffff, 0x80000000, -1, (1 << 20) + 1})
    void refusesALengthBeyondTheLimitBeforeAllocating(int length) {
        InputStream unreadable = new InputStream() {
            private final ByteArrayInputStream prefix = new ByteArrayInputStream(
                    ByteBuffer.allocate(4).putInt(length).array());

            @Override
            public int read() {
                throw new AssertionError("read octet by octet");
            }

            @Override
            public int read(byte[] target, int offset, int count) {
                int read = prefix.read(target, offset, count);
                assertThat(read).as("nothing is read behind a refused length").isPositive();
                return read;
            }
        };
        FrameReader reader = new FrameReader(unreadable, FrameLimits.DEFAULT);
        assertThatThrownBy(reader::read).satisfies(refusedAs(ProtocolError.FRAME_TOO_LARGE));
    }

    @Test
    void allocatesNoMoreThanTwiceWhatHasArrived() throws Exception {
        // A megabyte is announced and 20 octets come.
        int announced = 1 << 20;
        byte[] start = ByteBuffer.allocate(24).putInt(announced).array();
        int[] mostAsked = {0};
        InputStream slow = new ByteArrayInputStream(start) {
            @Override
            public synchronized int read(byte[] target, int offset, int count) {
                mostAsked[0] = Math.max(mostAsked[0], target.length);
                return super.read(target, offset, count);
            }
        };
        assertThatThrownBy(new FrameReader(slow, FrameLimits.DEFAULT)::read).isInstanceOf(EOFException.class);
        assertThat(mostAsked[0]).isLessThanOrEqualTo(16 << 10);
    }

    @Test
    void refusesToWriteAFrameBeyondTheLimit() {
        FrameWriter writer = new FrameWriter(new ByteArrayOutputStream(), new FrameLimits(4096));
        Frame large = SampleFrames.large(4097);
        assertThatThrownBy(() -> writer.write(large)).satisfies(refusedAs(ProtocolError.FRAME_TOO_LARGE));
    }

    @Test
    void readsFramesHoweverTheStreamIsCut() throws Exception {
        List<Frame> frames = new ArrayList<>(frames());
        frames.add(SampleFrames.large(100_000));
        frames.addAll(frames());
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        FrameWriter writer = new FrameWriter(stream, FrameLimits.DEFAULT);
        for (Frame frame : frames) {
            writer.write(frame);
        }
        writer.flush();

        Random random = new Random(1);
        InputStream dribble = new ByteArrayInputStream(stream.toByteArray()) {
            @Override
            public synchronized int read(byte[] target, int offset, int count) {
                return super.read(target, offset, Math.min(count, 1 + random.nextInt(3000)));
            }
        };
        FrameReader reader = new FrameReader(dribble, FrameLimits.DEFAULT);
        for (Frame frame : frames) {
            assertThat(reader.read()).contains(frame);
        }
        assertThat(reader.read()).isEqualTo(Optional.empty());
    }

    /// Each read is a TLS record, and each record is work.
    @Test
    @Defends(Threat.PROCESSOR_KEPT)
    void costsMoreInManyPieces() throws Exception {
        byte[] frame = CODEC.encode(new Frame.Ping(1 << 20));
        FrameReader whole = new FrameReader(new ByteArrayInputStream(frame), FrameLimits.DEFAULT);
        FrameReader octetwise = new FrameReader(inPieces(frame, 1), FrameLimits.DEFAULT);
        assertThat(whole.read()).isEqualTo(octetwise.read());
        assertThat(octetwise.cost()).isGreaterThan(100 * frame.length);

        byte[] large = CODEC.encode(SampleFrames.large(100_000));
        FrameReader asRecords = new FrameReader(inPieces(large, 16 << 10), FrameLimits.DEFAULT);
        asRecords.read();
        assertThat(asRecords.cost()).isEqualTo(large.length);
    }

    @Test
    @Defends(Threat.PROCESSOR_KEPT)
    void refusesALongFrameInTinyPieces() throws Exception {
        byte[] frame = CODEC.encode(SampleFrames.large(100_000));
        assertThatThrownBy(new FrameReader(inPieces(frame, 100), FrameLimits.DEFAULT)::read)
                .satisfies(refusedAs(ProtocolError.MALFORMED_FRAME));
        assertThat(new FrameReader(inPieces(frame, 512), FrameLimits.DEFAULT).read())
                .isPresent();
    }

    private static InputStream inPieces(byte[] octets, int piece) {
        return new ByteArrayInputStream(octets) {
            @Override
            public synchronized int read(byte[] target, int offset, int count) {
                return super.read(target, offset, Math.min(count, piece));
            }
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 10})
    void tellsAnEndInsideAFrameFromAnEnd(int octets) throws Exception {
        byte[] frame = CODEC.encode(new Frame.Goodbye(SessionEndCode.IDLE, "nothing heard for 75 s", Optional.empty()));
        FrameReader reader = new FrameReader(new ByteArrayInputStream(frame, 0, octets), FrameLimits.DEFAULT);
        assertThatThrownBy(reader::read).isInstanceOf(EOFException.class);
    }

    @Test
    void batchesSmallFramesIntoOneWrite() throws Exception {
        List<Integer> writes = new ArrayList<>();
        FrameWriter writer = new FrameWriter(
                new ByteArrayOutputStream() {
                    @Override
                    public synchronized void write(byte[] source, int offset, int length) {
                        writes.add(length);
                    }
                },
                FrameLimits.DEFAULT);
        for (int i = 0; i < 100; i++) {
            writer.write(new Frame.Ping(i + 1));
        }
        writer.flush();
        assertThat(writes).hasSize(1);
    }

    @Test
    void keepsTheStreamWholeWhenAFrameIsTooLarge() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        FrameLimits limits = new FrameLimits(4096);
        FrameWriter writer = new FrameWriter(out, limits);
        writer.write(new Frame.Ping(1));
        assertThatThrownBy(() -> writer.write(SampleFrames.large(5000))).isInstanceOf(ProtocolException.class);
        writer.write(new Frame.Ping(2));
        writer.flush();
        FrameReader reader = new FrameReader(new ByteArrayInputStream(out.toByteArray()), limits);
        assertThat(reader.read()).contains(new Frame.Ping(1));
        assertThat(reader.read()).contains(new Frame.Ping(2));
    }

    @Test
    void boundsWhatIsAnnouncedAndSentOfCrls() {
        CrlFingerprint crl = CrlFingerprint.of(new byte[1]);
        List<CrlFingerprint> many = IntStream.range(0, Frame.CrlsAnnounced.MOST + 1)
                .mapToObj(i -> CrlFingerprint.of(new byte[i]))
                .toList();
        assertThatThrownBy(() -> new AnnouncedCrl(crl, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new AnnouncedCrl(crl, Crl.MAX_OCTETS + 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> announced(many, 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> announced(many.subList(0, 5), Crl.MAX_OCTETS))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> announced(List.of(crl, crl), 1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Frame.CrlPart(crl, -1, ByteBuffer.allocate(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Frame.CrlPart(crl, Crl.MAX_OCTETS, ByteBuffer.allocate(1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Frame.CrlPart(crl, 0, ByteBuffer.allocate(0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Frame.CrlPart(crl, 0, ByteBuffer.allocate((64 << 10) + 1)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Frame.Hello(1, Optional.empty(), "", many))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Frame announced(List<CrlFingerprint> crls, int length) {
        return new Frame.CrlsAnnounced(
                crls.stream().map(crl -> new AnnouncedCrl(crl, length)).toList());
    }

    @Test
    void codesAreUniqueAndFound() {
        for (ProtocolError error : ProtocolError.values()) {
            assertThat(ProtocolError.ofCode(error.code())).contains(error);
        }
        for (SessionEndCode end : SessionEndCode.values()) {
            assertThat(SessionEndCode.ofCode(end.code())).contains(end);
        }
        assertThat(ProtocolError.ofCode(98)).isEmpty();
        assertThat(SessionEndCode.ofCode(0)).isEmpty();
    }

    private static java.util.function.Consumer<Throwable> refusedAs(ProtocolError expected) {
        return thrown -> assertThat(thrown)
                .isInstanceOfSatisfying(
                        ProtocolException.class, e -> assertThat(e.failure()).isEqualTo(expected));
    }

    private static byte[] body(byte[] frame) throws IOException {
        assertThat(ByteBuffer.wrap(frame).getInt()).isEqualTo(frame.length - 4);
        return Arrays.copyOfRange(frame, 4, frame.length);
    }
}
