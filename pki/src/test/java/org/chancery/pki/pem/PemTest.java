package org.chancery.pki.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PemTest {
    /// SEQUENCE { INTEGER 7 }
    private static final byte[] SMALL = {0x30, 0x03, 0x02, 0x01, 0x07};

    private static final String SMALL_BASE64 = Base64.getEncoder().encodeToString(SMALL);

    @ParameterizedTest
    @EnumSource
    void readsBackEveryLabel(PemLabel label) throws MalformedPemException {
        assertThat(Pem.parse(ascii(Pem.encode(label, SMALL)))).containsExactly(new Pem.Block(label, SMALL));
    }

    /// The law of the strict form, for every length around the ends of lines and of Base64's groups.
    @Test
    void encodesWhatItAcceptedToTheSameText() throws MalformedPemException {
        Random random = new Random(7468);
        for (int length = 1; length <= 200; length++) {
            byte[] der = new byte[length];
            random.nextBytes(der);
            String pem = Pem.encode(PemLabel.X509_CRL, der);
            List<Pem.Block> blocks = Pem.parse(ascii(pem));
            assertThat(Pem.encode(blocks.getFirst().label(), blocks.getFirst().der()))
                    .isEqualTo(pem);
            assertThat(pem.lines()).allMatch(line -> line.length() <= 64);
        }
    }

    /// Any single change of a character either is refused, or stands outside the block, or yields another object
    /// that again encodes to exactly the changed text.
    @Test
    void acceptsNoSecondSpellingOfAnObject() {
        byte[] der = new byte[70];
        new Random(1).nextBytes(der);
        String pem = Pem.encode(PemLabel.CMS, der);
        for (int i = 0; i < pem.length(); i++) {
            for (char c : "A/=\n\r -.".toCharArray()) {
                String changed = pem.substring(0, i) + c + pem.substring(i + 1);
                try {
                    Pem.Block block = Pem.parse(ascii(changed)).getFirst();
                    assertThat(Pem.encode(block.label(), block.der()).strip())
                            .isEqualTo(changed.strip().replace("\r\n", "\n"));
                } catch (MalformedPemException e) {
                    assertThat(e.failure()).isNotNull();
                }
            }
        }
    }

    @Test
    void readsManyBlocksWithTextAroundThem() throws MalformedPemException {
        String text = "Certificate:\n    Data:\n" + Pem.encode(PemLabel.CERTIFICATE, SMALL) + "\n--- and ---\n"
                + Pem.encode(PemLabel.PRIVATE_KEY, SMALL) + "the end";
        assertThat(Pem.parse(ascii(text)))
                .extracting(Pem.Block::label)
                .containsExactly(PemLabel.CERTIFICATE, PemLabel.PRIVATE_KEY);
    }

    @Test
    void readsCarriageReturnsAndMissingLastLineEnd() throws MalformedPemException {
        String text = Pem.encode(PemLabel.CERTIFICATE, SMALL).strip().replace("\n", "\r\n");
        assertThat(Pem.parse(ascii(text)).getFirst().der()).isEqualTo(SMALL);
    }

    @Test
    void takesKeytoolsRequestForRequest() throws MalformedPemException {
        String text = Pem.encode(PemLabel.CERTIFICATE_REQUEST, SMALL).replace("CERTIFICATE REQ", "NEW CERTIFICATE REQ");
        assertThat(Pem.derOf(ascii(text), PemLabel.CERTIFICATE_REQUEST)).containsExactly(SMALL);
    }

    static Stream<Arguments> malformed() {
        String begin = "-----BEGIN CERTIFICATE-----\n";
        String end = "-----END CERTIFICATE-----\n";
        return Stream.of(
                Arguments.of("", PemFailure.NO_BLOCK),
                Arguments.of("no block here\n", PemFailure.NO_BLOCK),
                Arguments.of(begin + SMALL_BASE64 + "\n", PemFailure.BOUNDARY),
                Arguments.of(end, PemFailure.BOUNDARY),
                Arguments.of(begin + SMALL_BASE64 + "\n-----END X509 CRL-----\n", PemFailure.BOUNDARY),
                Arguments.of(begin + SMALL_BASE64 + "\n-----END CERTIFICATE----\n", PemFailure.BOUNDARY),
                Arguments.of("-----BEGIN CERTIFICATE----\n" + SMALL_BASE64 + "\n" + end, PemFailure.BOUNDARY),
                Arguments.of(begin + begin + SMALL_BASE64 + "\n" + end, PemFailure.BOUNDARY),
                Arguments.of(begin + SMALL_BASE64 + "\n" + end.replace("--\n", "-- \n"), PemFailure.BOUNDARY),
                Arguments.of("-----BEGIN RSA PRIVATE KEY-----\n", PemFailure.UNKNOWN_LABEL),
                Arguments.of(begin + end, PemFailure.BASE64),
                Arguments.of(begin + "\n" + SMALL_BASE64 + "\n" + end, PemFailure.BASE64),
                Arguments.of(begin + SMALL_BASE64 + "\n\n" + end, PemFailure.BASE64),
                Arguments.of(begin + " " + SMALL_BASE64 + "\n" + end, PemFailure.BASE64),
                Arguments.of(begin + "Proc-Type: 4,ENCRYPTED\n" + SMALL_BASE64 + "\n" + end, PemFailure.BASE64),
                // Missing padding, and stray bits in the last character: decoders differ in what they make of
                // these.
                Arguments.of(begin + "MAMCAQc\n" + end, PemFailure.BASE64),
                Arguments.of(begin + "MAMCAQd=\n" + end, PemFailure.BASE64),
                Arguments.of(begin + "MAMC\nAQc=\n" + end, PemFailure.BASE64),
                Arguments.of(begin + "MAMC-_c=\n" + end, PemFailure.BASE64),
                Arguments.of(begin + "A".repeat(68) + "\n" + end, PemFailure.BASE64));
    }

    @ParameterizedTest
    @MethodSource
    void malformed(String text, PemFailure expected) {
        assertThatExceptionOfType(MalformedPemException.class)
                .isThrownBy(() -> Pem.parse(ascii(text)))
                .extracting(MalformedPemException::failure)
                .isEqualTo(expected);
    }

    @Test
    void refusesMoreBlocksThanTheBound() {
        byte[] text = ascii(Pem.encode(PemLabel.CERTIFICATE, SMALL).repeat(Pem.MAX_BLOCKS + 1));
        assertThatExceptionOfType(MalformedPemException.class)
                .isThrownBy(() -> Pem.parse(text))
                .extracting(MalformedPemException::failure)
                .isEqualTo(PemFailure.TOO_MANY_BLOCKS);
    }

    @Test
    void refusesMoreOctetsThanTheBound() {
        assertThatExceptionOfType(MalformedPemException.class)
                .isThrownBy(() -> Pem.derOf(new byte[Pem.MAX_OCTETS + 1], PemLabel.CERTIFICATE))
                .extracting(MalformedPemException::failure)
                .isEqualTo(PemFailure.TOO_LARGE);
    }

    @Test
    void takesDerAsItIs() throws MalformedPemException {
        assertThat(Pem.derOf(SMALL, PemLabel.CERTIFICATE)).containsExactly(SMALL);
        byte[] large = new byte[4 + 300];
        large[0] = 0x30;
        large[1] = (byte) 0x82;
        large[2] = 1;
        large[3] = 44;
        assertThat(Pem.derOf(large, PemLabel.X509_CRL)).containsExactly(large);
    }

    @Test
    void takesNoDerWithSomethingAfterIt() {
        assertThatExceptionOfType(MalformedPemException.class)
                .isThrownBy(() -> Pem.derOf(new byte[] {0x30, 0x01, 0x05, 0x00}, PemLabel.CERTIFICATE))
                .extracting(MalformedPemException::failure)
                .isEqualTo(PemFailure.NO_BLOCK);
    }

    @Test
    void passesOverOtherLabels() throws MalformedPemException {
        byte[] text = ascii(Pem.encode(PemLabel.PRIVATE_KEY, new byte[] {1})
                + Pem.encode(PemLabel.CERTIFICATE, SMALL)
                + Pem.encode(PemLabel.CERTIFICATE, new byte[] {2}));
        assertThat(Pem.derOf(text, PemLabel.CERTIFICATE)).containsExactly(SMALL, new byte[] {2});
        assertThatExceptionOfType(MalformedPemException.class)
                .isThrownBy(() -> Pem.derOf(text, PemLabel.X509_CRL))
                .extracting(MalformedPemException::failure)
                .isEqualTo(PemFailure.NO_BLOCK);
    }

    @Test
    void showsNoContentOfBlock() {
        assertThat(new Pem.Block(PemLabel.PRIVATE_KEY, SMALL)).hasToString("PRIVATE KEY, 5 octets");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
