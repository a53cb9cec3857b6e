package org.chancery.pki.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DistinguishedNameTest {
    @Test
    void keepsCommonNameAndDisplayName() throws Exception {
        DistinguishedName name = DistinguishedName.of("alice@lab.example", Optional.of("Алиса 李 👩‍🚀"));
        DistinguishedName read =
                DistinguishedName.of(new X500Principal(name.principal().getEncoded()));

        assertThat(read).isEqualTo(name);
        assertThat(read.commonName()).contains("alice@lab.example");
        assertThat(read.displayName()).contains("Алиса 李 👩‍🚀");
        assertThat(DistinguishedName.of("relay.lab.example").displayName()).isEmpty();
    }

    @Test
    void theEmptyNameNamesNothing() {
        assertThat(DistinguishedName.EMPTY.isEmpty()).isTrue();
        assertThat(DistinguishedName.EMPTY.commonName()).isEmpty();
    }

    @Test
    void takesTheMostSpecificCommonName() {
        assertThat(DistinguishedName.of(new X500Principal("CN=most specific,CN=least specific,O=Lab"))
                        .commonName())
                .contains("most specific");
    }

    @ParameterizedTest
    @Defends(Threat.LOOK_ALIKE_NAMES)
    @ValueSource(
            strings = {
                "",
                " ",
                " Alice",
                "Alice ",
                "Al\nice",
                "Al\u0000ice",
                "Alice \u202Egnp.exe",
                "Alice\u2066",
                "Al\uD800ice",
                "Alice\u2028"
            })
    void refusesTextThatCouldPassForOther(String displayName) {
        assertThatExceptionOfType(MalformedNameException.class)
                .isThrownBy(() -> DistinguishedName.of("alice@lab.example", Optional.of(displayName)))
                .extracting(MalformedNameException::failure)
                .isEqualTo(NameFailure.MALFORMED);
    }

    @Test
    void boundsTheCommonNameAsRfc5280Does() throws Exception {
        assertThat(DistinguishedName.of("a".repeat(64)).commonName()).contains("a".repeat(64));
        assertThatExceptionOfType(MalformedNameException.class)
                .isThrownBy(() -> DistinguishedName.of("a".repeat(65)))
                .extracting(MalformedNameException::failure)
                .isEqualTo(NameFailure.TOO_LONG);
    }
}
