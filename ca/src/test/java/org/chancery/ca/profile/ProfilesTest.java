package org.chancery.ca.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.chancery.ca.profile.ProfileException.Failure;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What is delivered can be read; one line changed at a time, what the standards forbid never becomes a profile.
class ProfilesTest {
    @TempDir
    Path conf;

    @BeforeEach
    void copyWhatIsDelivered() throws IOException {
        Path to = Files.createDirectory(conf.resolve("profiles"));
        try (Stream<Path> files = Files.list(TestProfiles.CONF.resolve("profiles"))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "server", "ocsp"})
    void whatIsDeliveredIsRead(String name) {
        assertThatCode(() -> Profiles.below(conf).leaf(name)).doesNotThrowAnyException();
        assertThatCode(() -> Profiles.below(conf).issuing()).doesNotThrowAnyException();
    }

    @Test
    void aFileBesideThemIsAProfile() throws Exception {
        Files.copy(file("client"), file("kiosk"));

        assertThat(Profiles.below(conf).leaf("kiosk").name()).isEqualTo("kiosk");
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "root", "issuing", "../server", "Client", ""})
    void noOtherNameIsAProfileToSignBy(String name) {
        assertThatExceptionOfType(ProfileException.class)
                .isThrownBy(() -> Profiles.below(conf).leaf(name))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.UNKNOWN));
    }

    @Test
    void anUnknownKeyIsNamedWithItsFile() throws IOException {
        Files.writeString(file("client"), Files.readString(file("client")) + "key-usag.rsa=digitalSignature\n");

        assertRefused("client", Failure.MALFORMED, "unknown key \"key-usag.rsa\" in " + file("client"));
    }

    @Test
    void aKeyTwiceIsRefused() throws IOException {
        Files.writeString(file("client"), Files.readString(file("client")) + "days=3\n");

        assertRefused("client", Failure.MALFORMED, "key \"days\" twice");
    }

    @ParameterizedTest
    @ValueSource(strings = {"names", "key-usage.rsa", "extended-key-usage", "basic-constraints", "days", "curves"})
    void aKeyThatIsMissingIsNamed(String key) throws IOException {
        change("client", key, null);

        assertRefused("client", Failure.MALFORMED, "no key \"" + key + "\" in " + file("client"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "client | basic-constraints | CA:TRUE | RFC 5280 4.2.1.9",
                "client | key-usage.ec | digitalSignature keyCertSign | RFC 5280 4.2.1.9",
                "client | key-usage.rsa | digitalSignature cRLSign | RFC 5280 4.2.1.9",
                "client | key-usage.ec | digitalSignature keyEncipherment | RFC 8813",
                "client | key-usage.rsa | digitalSignature keyAgreement | RFC 3279",
                "client | key-usage.rsa | keyEncipherment | digitalSignature",
                "client | key-usage.rsa | digitalSignatures | is none of",
                "client | extended-key-usage | anyExtendedKeyUsage | BR 7.1.2.7.10",
                "client | extended-key-usage | 2.5.29.37.0 | BR 7.1.2.7.10",
                "client | extended-key-usage | clientAuth OCSPSigning | alone",
                "client | extended-key-usage | clientAuth serverAuth | never a person's",
                "client | extended-key-usage | serverAuth | RFC 9525",
                "client | extended-key-usage | 1.3.6.1.5.5.7.3.8 | RFC 3161",
                "client | extended-key-usage | mail | not dotted",
                "server | extended-key-usage | emailProtection | RFC 8550",
                "client | ocsp-nocheck | yes | RFC 6960",
                "ocsp | ocsp-nocheck | no | RFC 6960",
                "ocsp | maximum-days | 91 | RFC 6960",
                "ocsp | common-name | responder | taken for a host",
                "client | names | address dns | expected",
                "server | names | none | names=none",
                "server | display-name | yes | beside an address",
                "client | display-name | perhaps | yes or no",
                "client | rsa-minimum-bits | 1024 | NIST SP 800-57",
                "client | rsa-minimum-bits | 16384 | NIST SP 800-57",
                "client | curves | P-521 | is none of P-256, P-384",
                "client | maximum-days | 3651 | slip",
                "client | days | 3651 | maximum-days",
                "client | days | many | whole number"
            })
    void whatTheRulesForbidIsRefusedAndCited(String profile, String key, String value, String why) throws IOException {
        change(profile, key, value);

        assertThatExceptionOfType(ProfileException.class)
                .isThrownBy(() -> Profiles.below(conf).leaf(profile))
                .withMessageContaining(profile + ".properties: ")
                .withMessageContaining(why)
                .satisfies(e -> assertThat(e.failure()).isEqualTo(Failure.FORBIDDEN));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "basic-constraints | CA:FALSE | RFC 5280 4.2.1.9",
                "path-length | 1 | no CA stand below",
                "key-usage.rsa | keyCertSign | cRLSign",
                "key-usage.ec | keyCertSign cRLSign keyAgreement | RFC 5280 4.2.1.3",
                "extended-key-usage | clientAuth | none on a CA"
            })
    void anIssuingProfileIsOfAnIssuingCa(String key, String value, String why) throws IOException {
        change("issuing", key, value);

        assertThatExceptionOfType(ProfileException.class)
                .isThrownBy(() -> Profiles.below(conf).issuing())
                .withMessageContaining(why);
    }

    private void assertRefused(String profile, Failure failure, String message) {
        assertThatExceptionOfType(ProfileException.class)
                .isThrownBy(() -> Profiles.below(conf).leaf(profile))
                .withMessageContaining(message)
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure));
    }

    /// Gives a key another value, or takes it out.
    private void change(String profile, String key, @org.jspecify.annotations.Nullable String value)
            throws IOException {
        String lines = Files.readString(file(profile)).replaceAll("(?m)^" + key.replace(".", "\\.") + "=.*\n", "");
        Files.writeString(file(profile), value == null ? lines : lines + key + "=" + value + "\n");
    }

    private Path file(String profile) {
        return conf.resolve("profiles").resolve(profile + ".properties");
    }
}
