package org.chancery.pki.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SerialNumberTest {
    @Test
    @Defends(Threat.SERIAL_GUESSED_OR_REPEATED)
    void randomOnesArePositiveDifferAndFit20Octets() {
        SecureRandom random = new SecureRandom();

        assertThat(Stream.generate(() -> SerialNumber.random(random)).limit(1000))
                .doesNotHaveDuplicates()
                .allMatch(SerialNumber::isPositive)
                .allMatch(serial -> serial.value().bitLength() <= 159)
                // 159 random bits all below 2^128 a thousand times over would be no random bits.
                .anyMatch(serial -> serial.value().bitLength() > 128);
    }

    @ParameterizedTest
    @CsvSource({"01, 1", "0F, 15", "00ff, 255", "0x1f, 31", "12:34:AB, 1193131"})
    void readsHexAsToolsWriteIt(String hex, BigInteger value) throws Exception {
        assertThat(SerialNumber.parse(hex).value()).isEqualTo(value);
    }

    @Test
    void writesWholeOctetsInLowerCase() {
        assertThat(new SerialNumber(BigInteger.valueOf(0xABC)).hex()).isEqualTo("0abc");
        assertThat(new SerialNumber(BigInteger.valueOf(255)).hex()).isEqualTo("ff");
        assertThat(new SerialNumber(BigInteger.valueOf(-1)).hex()).isEqualTo("-01");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "xyz", "8000000000000000000000000000000000000000", "1 2"})
    void refusesTextThatIsNoSerialOfOurs(String hex) {
        assertThatExceptionOfType(MalformedCertificateException.class).isThrownBy(() -> SerialNumber.parse(hex));
    }

    @Test
    void refuses21Octets() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SerialNumber(BigInteger.ONE.shiftLeft(159)))
                .withMessageContaining("21 octets");
    }
}
