package org.chancery.pki.der;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Instant;
import java.util.HexFormat;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.DERSequence;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DerTest {
    @ParameterizedTest
    @Defends(Threat.LENGTH_OR_DEPTH_BOMB)
    @CsvSource({
        "'', nothing",
        "30, no length",
        "3001, less than the length says",
        "0200, no contents of an INTEGER",
        "30800000, indefinite length",
        "308101 00, length not minimal",
        "30820001 00, length not minimal",
        "3084ffffffff, length above 2 GiB",
        "30857fffffffff, length of five octets",
        "3000 00, an octet after it",
        "3003020201, an element that overruns its SEQUENCE",
        "1f8101 00, a tag number above 30"
    })
    void refuses(String hex, String why) {
        byte[] bytes = HexFormat.of().parseHex(hex.replace(" ", ""));

        assertThatExceptionOfType(MalformedDerException.class)
                .as(why)
                .isThrownBy(() -> Der.<ASN1Primitive, RuntimeException>read(bytes, primitive -> primitive));
    }

    /// Deep enough to end the stack of a parser that recurses.
    @Test
    @Defends(Threat.LENGTH_OR_DEPTH_BOMB)
    void refusesNestingBeforeAnythingRecurses() {
        byte[] nested = new byte[0];
        for (int depth = 0; depth < 15_000; depth++) {
            nested = wrap(nested);
        }
        byte[] bytes = nested;

        assertThatExceptionOfType(MalformedDerException.class)
                .isThrownBy(() -> Der.<ASN1Primitive, RuntimeException>read(bytes, primitive -> primitive))
                .withMessageContaining("nested deeper");
    }

    @Test
    @Defends(Threat.PARSER_FALLS_OVER)
    void wrapsWhatTheReaderThrowsUnchecked() {
        assertThatExceptionOfType(MalformedDerException.class)
                .isThrownBy(() -> Der.<ASN1Sequence, RuntimeException>read(
                        HexFormat.of().parseHex("020101"), ASN1Sequence::getInstance));
    }

    @Test
    void strictReadingRefusesBer() throws Exception {
        byte[] trueByBer = HexFormat.of().parseHex("0101017f".substring(0, 6));
        byte[] trueByDer = HexFormat.of().parseHex("0101ff");

        assertThat(Der.<String, RuntimeException>readStrictly(trueByDer, ASN1Primitive::toString))
                .isEqualTo("TRUE");
        assertThatExceptionOfType(MalformedDerException.class)
                .isThrownBy(() -> Der.<String, RuntimeException>readStrictly(trueByBer, ASN1Primitive::toString));
    }

    @ParameterizedTest
    @CsvSource({
        "2049-12-31T23:59:59Z, 170d3439313233313233353935395a",
        "2050-01-01T00:00:00Z, 180f32303530303130313030303030305a",
        "1950-01-01T00:00:00Z, 170d3530303130313030303030305a",
        "1949-12-31T23:59:59Z, 180f31393439313233313233353935395a"
    })
    void timesChangeTheirFormIn2050(Instant instant, String hex) throws Exception {
        ASN1Primitive time = DerTime.of(instant);

        assertThat(Der.encode(time)).isEqualTo(HexFormat.of().parseHex(hex));
        assertThat(DerTime.read(time)).isEqualTo(instant);
    }

    @ParameterizedTest
    @CsvSource({
        "170b323630313031303030305a, no seconds",
        "17113236303130313030303030302b30303030, an offset",
        "181132303236303130313030303030302e355a, a fraction",
        "170d3236303233303030303030305a, the 30th of February",
        "170d3236303130313234303030305a, hour 24",
        "020101, not a time"
    })
    void refusesTimesInAnotherForm(String hex, String why) {
        assertThatExceptionOfType(MalformedDerException.class)
                .as(why)
                .isThrownBy(
                        () -> Der.<Instant, RuntimeException>read(HexFormat.of().parseHex(hex), DerTime::read));
    }

    private static byte[] wrap(byte[] contents) {
        int length = contents.length;
        byte[] header = length < 0x80
                ? new byte[] {0x30, (byte) length}
                : length < 0x100
                        ? new byte[] {0x30, (byte) 0x81, (byte) length}
                        : new byte[] {0x30, (byte) 0x82, (byte) (length >> 8), (byte) length};
        byte[] whole = new byte[header.length + length];
        System.arraycopy(header, 0, whole, 0, header.length);
        System.arraycopy(contents, 0, whole, header.length, length);
        return whole;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 125, 126, 253, 254, 65_530, 70_000})
    void wrapsValuesAsALibraryWould(int octets) {
        DEROctetString first = new DEROctetString(new byte[octets]);
        DEROctetString second = new DEROctetString(new byte[] {1, 2, 3});

        assertThat(Der.sequence(Der.encode(first), Der.encode(second)))
                .isEqualTo(Der.encode(new DERSequence(new ASN1Encodable[] {first, second})));
        assertThat(Der.sequence()).isEqualTo(new byte[] {0x30, 0});
    }
}
