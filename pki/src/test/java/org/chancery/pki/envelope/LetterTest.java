package org.chancery.pki.envelope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LetterTest {
    private static final HexFormat HEX = HexFormat.of();

    private final Letter letter = Samples.letter();

    @Test
    void parsesToTheSameOctets() throws Exception {
        Letter parsed = Letter.parse(letter.der());

        assertThat(parsed.der()).isEqualTo(letter.der());
        assertThat(parsed.header()).isEqualTo(letter.header());
        assertThat(parsed.hash()).isEqualTo(letter.hash());
    }

    @Test
    void takesTheStapledApart() throws Exception {
        Wrap wrap = Samples.wrap(2);

        StapledEnvelope stapled = EnvelopeStapler.parse(EnvelopeStapler.staple(letter, wrap));

        assertThat(stapled.letter().der()).isEqualTo(letter.der());
        assertThat(stapled.recipient().der()).isEqualTo(wrap.recipientInfoDer());
    }

    @Test
    void stapledIsNoLetter() {
        assertMalformed(EnvelopeStapler.staple(letter, Samples.wrap(2)));
    }

    @Test
    void refusesATagOfTwelveOctetsDeclaredOrGiven() {
        // GCMParameters { nonce, 16 }: the declared length is the last octet before the ciphertext.
        String der = HEX.formatHex(letter.der());
        assertThat(der).contains("020110" + "8064");

        assertMalformed(HEX.parseHex(der.replace("020110" + "8064", "02010c" + "8064")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Letter(Samples.header(1), new byte[12], new byte[1], new byte[12]));
    }

    @Test
    void refusesANonceThatIsNotTwelveOctets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Letter(Samples.header(1), new byte[16], new byte[1], new byte[16]));
    }

    @Test
    void refusesAnyStructureOctetAlteredThatItDoesNotCarry() {
        byte[] der = letter.der();
        for (int i = 0; i < der.length; i++) {
            byte[] altered = der.clone();
            altered[i] ^= 0x40;
            try {
                assertThat(Letter.parse(altered).der()).as("octet %d", i).isEqualTo(altered);
            } catch (MalformedEnvelopeException e) {
                assertThat(e).hasMessageStartingWith("letter ");
            }
        }
    }

    @Test
    void throwsNothingButItsOwnExceptionWhateverComes() {
        Random random = new Random(1);
        byte[] der = letter.der();
        for (int i = 0; i < 20_000; i++) {
            byte[] mutated = Arrays.copyOf(der, random.nextInt(der.length + 4));
            for (int change = random.nextInt(4); change >= 0 && mutated.length > 0; change--) {
                mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
            }
            Throwable thrown = catchThrowable(() -> Letter.parse(mutated));
            if (thrown != null) {
                assertThat(thrown).isInstanceOf(MalformedEnvelopeException.class);
            }
        }
    }

    @Test
    void refusesMoreThanAMebibyte() {
        assertMalformed(new byte[Letter.MAX_BYTES + 1]);
        Letter tooLong = new Letter(Samples.header(1), new byte[12], new byte[Letter.MAX_BYTES], new byte[16]);
        assertMalformed(tooLong.der());
    }

    @Test
    void countersBeginAtOne() {
        assertThatIllegalArgumentException().isThrownBy(() -> Samples.header(0));
        assertThat(Samples.header(Long.MAX_VALUE).counter()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void headerParsesToItself() throws Exception {
        LetterHeader header = Samples.header(1L << 40);

        assertThat(LetterHeader.parse(header.der())).isEqualTo(header).hasSameHashCodeAs(header);
    }

    private static void assertMalformed(byte[] der) {
        assertThatExceptionOfType(MalformedEnvelopeException.class).isThrownBy(() -> Letter.parse(der));
    }
}
