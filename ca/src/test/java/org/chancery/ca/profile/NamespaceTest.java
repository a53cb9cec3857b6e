package org.chancery.ca.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Collections;
import java.util.List;
import org.chancery.ca.profile.NamespaceException.Failure;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DomainName;
import org.chancery.pki.name.IpLiteral;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceTest {
    @Test
    void permitsAddressesOfTheVeryDomainAndHostsBelowIt() throws Exception {
        Namespace lab = Namespace.parse(List.of("Lab.Example"), List.of());

        assertThat(lab.permits(new Address("alice@lab.example"))).isTrue();
        assertThat(lab.permits(new Address("alice@sub.lab.example"))).isFalse();
        assertThat(lab.permits(new DomainName("lab.example"))).isTrue();
        assertThat(lab.permits(new DomainName("a.b.lab.example"))).isTrue();
        assertThat(lab.permits(new DomainName("slab.example"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, true",
        "172.31.255.255, true",
        "172.32.0.0, false",
        "8.8.8.8, false",
        "::1, true",
        "fd12::1, true",
        "2001:db8::1, false"
    })
    void permitsLoopbackAndPrivateAddressesUnlessToldOtherwise(String ip, boolean permitted) throws Exception {
        Namespace lab = Namespace.parse(List.of("lab.example"), Namespace.DEFAULT_RANGES);

        assertThat(lab.permits(IpLiteral.parse(ip))).isEqualTo(permitted);
    }

    @Test
    void permitsNoAddressWhereThereIsNoRange() throws Exception {
        assertThat(Namespace.parse(List.of("lab.example"), List.of()).permits(IpLiteral.parse("127.0.0.1")))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LOCALHOST", "x.localhost"})
    void refusesLocalhost(String domain) {
        assertRefused(List.of(domain), List.of(), Failure.LOCALHOST);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "lab..example",
                "-lab.example",
                "lab.example.",
                "lab_1.example",
                "*.lab.example",
                "10.0.0.1"
            })
    void refusesWhatIsNoDomain(String domain) {
        assertRefused(List.of(domain), List.of(), Failure.DOMAIN_SYNTAX);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "10.0.0.1/8", "lab.example/8", "10.0.0.0/", "::/129"})
    void refusesWhatIsNoRange(String range) {
        assertRefused(List.of("lab.example"), List.of(range), Failure.RANGE_SYNTAX);
    }

    @Test
    void refusesNoneAndTooMany() {
        assertRefused(List.of(), List.of(), Failure.COUNT);
        assertRefused(Collections.nCopies(33, "lab.example"), List.of(), Failure.COUNT);
    }

    private static void assertRefused(List<String> domains, List<String> ranges, Failure failure) {
        assertThatExceptionOfType(NamespaceException.class)
                .isThrownBy(() -> Namespace.parse(domains, ranges))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure));
    }
}
