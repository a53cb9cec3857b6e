package org.chancery.pki.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 0a000000ff000000",
        "172.16.0.0/12, ac100000fff00000",
        "127.0.0.1, 7f000001ffffffff",
        "0.0.0.0/0, 0000000000000000",
        "fd00::/8, fd000000000000000000000000000000ff000000000000000000000000000000",
        "::1/128, 00000000000000000000000000000001ffffffffffffffffffffffffffffffff"
    })
    void encodesAddressAndMask(String text, String hex) throws Exception {
        assertThat(IpRange.parse(text).addressAndMask())
                .isEqualTo(HexFormat.of().parseHex(hex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.0.0.0/33",
                "10.0.0.0/-1",
                "10.0.0.0/08",
                "10.0.0.0/",
                "10.0.0.1/8",
                "10/8",
                "10.1",
                "010.0.0.0/8",
                "256.0.0.0/8",
                "fd00::/129",
                "fe80::1%lo/64",
                "::ffff:10.0.0.0/104",
                "lab.example/8",
                "10.0.0.0/8/8"
            })
    void refusesWhatIsNoRange(String text) {
        assertThatExceptionOfType(MalformedNameException.class).isThrownBy(() -> IpRange.parse(text));
    }

    @Test
    void containsItsOwnFamilyOnly() throws Exception {
        IpRange range = IpRange.parse("172.16.0.0/12");

        assertThat(range.contains(InetAddress.ofLiteral("172.31.255.255"))).isTrue();
        assertThat(range.contains(InetAddress.ofLiteral("172.32.0.0"))).isFalse();
        assertThat(range.contains(InetAddress.ofLiteral("::ac10:1"))).isFalse();
    }
}
