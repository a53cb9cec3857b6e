package org.chancery.pki.name;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.security.cert.X509Certificate;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTest {
    private static final String LONGEST_LOCAL_PART = "a".repeat(64);

    @Test
    void foldsAsciiCaseOnReading() throws Exception {
        assertThat(Address.parse("Alice@LAB.Example").value()).isEqualTo("alice@lab.example");
        assertThat(Address.parse("Alice@LAB.Example").domain()).isEqualTo("lab.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "alice@lab.example",
                "a.b-c_d+e@x",
                "!#$%&'*+/=?^_`{|}~-@lab.example",
                "alice@xn--bcher-kva.example",
                "alice@1lab.example"
            })
    void takesWhatIsCanonicalAsItIs(String text) throws Exception {
        assertThat(Address.parseCanonical(text)).hasToString(text);
    }

    @ParameterizedTest
    @Defends(Threat.LOOK_ALIKE_NAMES)
    @ValueSource(
            strings = {
                "",
                "alice",
                "@lab.example",
                "alice@",
                "alice@lab@example",
                ".alice@lab.example",
                "alice.@lab.example",
                "al..ice@lab.example",
                "al ice@lab.example",
                "\"alice\"@lab.example",
                "alice@lab.example.",
                "alice@.lab.example",
                "alice@lab..example",
                "alice@-lab.example",
                "alice@lab-.example",
                "alice@lab_1.example",
                "alice@127.0.0.1",
                "alice@[127.0.0.1]",
                "alice@ab--cd.example",
                "álice@lab.example",
                "alice@lab.exämple",
                "alice@lab.example\n",
                "alice\u0000@lab.example"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatExceptionOfType(MalformedNameException.class)
                .isThrownBy(() -> Address.parse(text))
                .extracting(MalformedNameException::failure)
                .isEqualTo(NameFailure.MALFORMED);
    }

    /// U+212A lower-cases to an ASCII k, and would make a second spelling of somebody's name.
    @Test
    @Defends(Threat.LOOK_ALIKE_NAMES)
    void refusesTheKelvinSign() {
        assertThatExceptionOfType(MalformedNameException.class)
                .isThrownBy(() -> Address.parse("\u212Aate@lab.example"));
    }

    @Test
    void boundsLocalPartAndWhole() throws Exception {
        assertThat(Address.parse(LONGEST_LOCAL_PART + "@lab.example").value()).hasSize(76);
        assertThatExceptionOfType(MalformedNameException.class)
                .isThrownBy(() -> Address.parse(LONGEST_LOCAL_PART + "a@lab.example"));
        String domain = "%s.%s.%s".formatted("b".repeat(63), "c".repeat(63), "d".repeat(61));
        assertThat(Address.parse(LONGEST_LOCAL_PART + "@" + domain).value()).hasSize(254);
        assertThatExceptionOfType(MalformedNameException.class)
                .isThrownBy(() -> Address.parse(LONGEST_LOCAL_PART + "@" + domain + "d"))
                .extracting(MalformedNameException::failure)
                .isEqualTo(NameFailure.TOO_LONG);
    }

    @Test
    void issuanceTakesOnlyTheCanonicalForm() {
        assertThatExceptionOfType(MalformedNameException.class)
                .isThrownBy(() -> Address.parseCanonical("Alice@lab.example"))
                .extracting(MalformedNameException::failure)
                .isEqualTo(NameFailure.NOT_CANONICAL);
        assertThatIllegalArgumentException().isThrownBy(() -> new Address("Alice@lab.example"));
    }

    @Test
    void isTheOneMailboxOfTheCertificate() throws Exception {
        TestPki pki = TestPki.create();

        assertThat(Address.of(pki.client("alice@lab.example").chain().leaf()))
                .isEqualTo(new Address("alice@lab.example"));
        assertThat(failureOf(pki.noSan("alice@lab.example").chain().leaf())).isEqualTo(NameFailure.MISSING);
        assertThat(failureOf(pki.server("127.0.0.1").chain().leaf())).isEqualTo(NameFailure.MISSING);
        assertThat(failureOf(pki.twoAddresses("alice@lab.example", "bob@lab.example")
                        .chain()
                        .leaf()))
                .isEqualTo(NameFailure.AMBIGUOUS);
    }

    private static NameFailure failureOf(X509Certificate certificate) {
        try {
            throw new AssertionError("address " + Address.of(certificate));
        } catch (MalformedNameException e) {
            return e.failure();
        }
    }
}
