package org.chancery.protocol.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.EnvelopeStapler;
import org.chancery.pki.envelope.KeyTransRecipient;
import org.chancery.pki.envelope.Letter;
import org.chancery.pki.envelope.Wrap;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A [Posting] gives the very octets of a [Frame.Deliver] made for each reader.
class PostingTest {

    private static final Digest TRANSCRIPT = Digest.ofBytes(new byte[32]);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// The lengths of envelope, message and frame each need one octet more at other sizes.
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 127, 128, 300, 15_000, 16_000, 17_000, 70_000})
    void isTheFrameOfEachReader(int ciphertextOctets) throws Exception {
        Letter letter = letter(ciphertextOctets);
        FrameWriter writer = new FrameWriter(out, FrameLimits.DEFAULT);
        ByteArrayOutputStream expected = new ByteArrayOutputStream();
        for (int reader = 1; reader <= 3; reader++) {
            Wrap wrap = wrap(reader, 384);
            writer.write(posting(letter, wrap), wrap);
            expected.write(new FrameCodec(FrameLimits.DEFAULT)
                    .encode(new Frame.Deliver(
                            letter.header().conversation(),
                            300,
                            Instant.ofEpochMilli(1_700_000_000_000L),
                            TRANSCRIPT,
                            EnvelopeStapler.staple(letter, wrap),
                            new Address("alice@lab.example"))));
        }
        writer.flush();
        assertThat(out.toByteArray()).isEqualTo(expected.toByteArray());
    }

    @Test
    void fitsWrapsOfItsLengthOnly() {
        Wrap wrap = wrap(1, 384);
        Posting posting = posting(letter(100), wrap);
        assertThat(posting.fits(wrap(2, 384))).isTrue();
        assertThat(posting.fits(wrap(2, 256))).isFalse();
    }

    @Test
    void keepsToTheLimit() throws Exception {
        Wrap wrap = wrap(1, 384);
        Posting posting = posting(letter(20_000), wrap);
        FrameWriter writer = new FrameWriter(out, new FrameLimits(20_000));
        assertThatExceptionOfType(ProtocolException.class)
                .isThrownBy(() -> writer.write(posting, wrap))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(ProtocolError.FRAME_TOO_LARGE));
        writer.flush();
        assertThat(out.size()).isZero();
    }

    private static Posting posting(Letter letter, Wrap wrap) {
        return new Posting(
                letter.header().conversation(),
                300,
                Instant.ofEpochMilli(1_700_000_000_000L),
                TRANSCRIPT,
                letter,
                new Address("alice@lab.example"),
                wrap.length());
    }

    private static Letter letter(int ciphertextOctets) {
        return new Letter(
                SampleFrames.letter(SampleFrames.seal()).header(),
                new byte[12],
                new byte[ciphertextOctets],
                new byte[16]);
    }

    private static Wrap wrap(int reader, int octets) {
        byte[] device = new byte[DeviceId.LENGTH];
        Arrays.fill(device, (byte) reader);
        byte[] key = new byte[octets];
        Arrays.fill(key, (byte) reader);
        return new Wrap(DeviceId.ofBytes(device), 1, new KeyTransRecipient(Arrays.copyOf(device, 20), key).der());
    }
}
