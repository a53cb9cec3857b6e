package org.chancery.pki.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.util.HexFormat;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.testing.Mutations;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneralNamesTest {
    private static final List<GeneralName> EVERY_KIND = List.of(
            new GeneralName.Rfc822("Alice@lab.example"),
            new GeneralName.Dns("relay.lab.example"),
            new GeneralName.Ip(InetAddress.ofLiteral("127.0.0.1")),
            new GeneralName.Ip(InetAddress.ofLiteral("fd00::1")),
            new GeneralName.Uri("https://lab.example/"),
            new GeneralName.Directory(new X500Principal("CN=Alice,O=Lab")),
            // registeredID 1.2.3.4
            new GeneralName.Other(8, HexFormat.of().parseHex("88032a0304")));

    @Test
    void readsBackEveryKind() throws Exception {
        byte[] der = GeneralNames.encode(EVERY_KIND);

        assertThat(GeneralNames.parse(der)).isEqualTo(EVERY_KIND);
        assertThat(GeneralNames.encode(GeneralNames.parse(der))).isEqualTo(der);
    }

    @ParameterizedTest
    @CsvSource({
        "3000, no name at all",
        "30028100, an empty rfc822Name",
        "3005820361006 2, a NUL inside a dNSName",
        "300482026120, a space in a dNSName",
        "3003820180, not ASCII",
        "3007870500000000 00, an address of five octets",
        "3012871000000000000000000000ffff7f000001, IPv4 mapped into IPv6",
        "300316016 1, not a context tag",
        "31028100, not a SEQUENCE"
    })
    void refuses(String hex, String why) {
        assertThatExceptionOfType(MalformedNameException.class)
                .as(why)
                .isThrownBy(() -> GeneralNames.parse(HexFormat.of().parseHex(hex.replace(" ", ""))));
    }

    @Test
    void damageLeavesOnlyAsItsException() {
        Mutations.of(GeneralNames.encode(EVERY_KIND)).forEach(damaged -> {
            try {
                GeneralNames.parse(damaged);
            } catch (MalformedNameException e) {
                assertThat(e.failure()).isNotNull();
            }
        });
    }
}
