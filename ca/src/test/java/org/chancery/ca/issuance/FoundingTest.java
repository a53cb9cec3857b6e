package org.chancery.ca.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.ProviderException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.ca.ledger.Particulars;
import org.chancery.ca.profile.Namespace;
import org.chancery.ca.profile.TestProfiles;
import org.chancery.pki.certificate.KeyUsage;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FoundingTest {
    @TempDir
    Path directory;

    @Test
    void makesTwoTiersOfWhichTheLowerIsConstrained() throws Exception {
        try (Authority authority = open(TestAuthorityHome.copyTo(directory.resolve("ca")))) {
            X509Certificate root = authority.root();
            X509Certificate issuing = authority.issuing();

            root.verify(root.getPublicKey());
            issuing.verify(root.getPublicKey());
            assertThat(root.getBasicConstraints()).isEqualTo(1);
            assertThat(issuing.getBasicConstraints()).isZero();
            assertThat(List.of(root, issuing)).allSatisfy(ca -> {
                assertThat(ca.getExtendedKeyUsage()).isNull();
                assertThat(KeyUsage.of(ca).orElseThrow())
                        .containsExactlyInAnyOrder(KeyUsage.KEY_CERT_SIGN, KeyUsage.CRL_SIGN);
            });
            assertThat(CaTemplates.permits(issuing, authority.properties().namespace()))
                    .isTrue();
            assertThat(issuing.getCriticalExtensionOIDs()).contains("2.5.29.30");
            assertThat(root.getExtensionValue("2.5.29.30")).isNull();
        }
    }

    @Test
    void recordsItsOwnCertificates() throws Exception {
        try (Authority authority = open(TestAuthorityHome.copyTo(directory.resolve("ca")))) {
            assertThat(authority.ledger().entries())
                    .allSatisfy(entry -> assertThat(entry).isInstanceOf(LedgerEntry.Issued.class))
                    .extracting(LedgerEntry::particulars)
                    .extracting(Particulars::profile)
                    .containsExactlyInAnyOrder("root", "issuing");
        }
    }

    @Test
    void publishesTheFirstCrls() throws Exception {
        AuthorityHome home = TestAuthorityHome.copyTo(directory.resolve("ca"));
        try (Authority authority = open(home)) {
            Crl root = crl(home.rootCrl());
            Crl issuing = crl(home.issuingCrl());

            assertThat(root.verifiedBy(authority.root())).isTrue();
            assertThat(issuing.verifiedBy(authority.issuing())).isTrue();
            assertThat(root.nextUpdate()).isEqualTo(TestAuthorityHome.NOW.plus(Duration.ofDays(400)));
            assertThat(issuing.nextUpdate()).isEqualTo(TestAuthorityHome.NOW.plus(Duration.ofDays(7)));
        }
    }

    @Test
    @Defends(Threat.KEY_FILE_READ_BY_OTHERS)
    void keysAndLedgerAreTheirOwnersAlone() throws Exception {
        AuthorityHome home = new AuthorityHome(directory.resolve("ca"));
        found(home, false);

        for (Path file : List.of(home.rootKeyStore(), home.issuingKeyStore(), home.ledger())) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThat(namesIn(directory)).containsExactly("ca");
    }

    @Test
    void leavesWhatIsThereAlone() throws Exception {
        AuthorityHome home = TestAuthorityHome.copyTo(directory.resolve("ca"));
        byte[] before = Files.readAllBytes(home.rootKeyStore());

        assertRefused(home, AuthorityFailure.EXISTS);
        assertThat(Files.readAllBytes(home.rootKeyStore())).isEqualTo(before);
    }

    @Test
    void keepsWhatIsThereAsideWhereTold() throws Exception {
        AuthorityHome home = TestAuthorityHome.copyTo(directory.resolve("ca"));
        byte[] before = Files.readAllBytes(home.rootKeyStore());

        Path aside = found(home, true).keptAside().orElseThrow();
        assertThat(aside.getFileName()).hasToString("ca.20261122T100000Z.old");
        assertThat(Files.readAllBytes(aside.resolve("root.p12"))).isEqualTo(before);
        assertThat(Files.readAllBytes(home.rootKeyStore())).isNotEqualTo(before);
    }

    @Test
    void leavesNothingBehindWhenItFails() throws Exception {
        AuthorityHome home = new AuthorityHome(directory.resolve("ca"));
        SecureRandom failing = new SecureRandom() {
            private static final long serialVersionUID = 1L;
            private int calls;

            @Override
            public void nextBytes(byte[] bytes) {
                if (++calls > 4) {
                    throw new ProviderException("out of chance");
                }
                super.nextBytes(bytes);
            }
        };

        assertThatExceptionOfType(ProviderException.class).isThrownBy(() -> {
            try (Passphrase passphrase = TestAuthorityHome.passphrase()) {
                new Founding(TestProfiles.issuing(), TestAuthorityHome.CLOCK, failing)
                        .found(TestAuthorityHome.plan("lab.example"), home, passphrase, false);
            }
        });
        assertThat(namesIn(directory)).isEmpty();
    }

    @Test
    void isNotTrippedByWhatAKilledOneLeft() throws Exception {
        Files.createDirectory(directory.resolve(".ca.0e5c.new"));

        AuthorityHome home = new AuthorityHome(Files.createDirectory(directory.resolve("ca")));
        found(home, false);
        open(home).close();
    }

    @ParameterizedTest
    @CsvSource({"'', 1, rsa3072", "' Lab', 1, rsa3072", "Lab, 0, rsa3072", "Lab, 36501, rsa3072", "Lab, 1, rsa2048"})
    void refusesAPlanThatIsNone(String name, int days, String key) throws Exception {
        FoundingPlan.Tier tier = new FoundingPlan.Tier(KeyAlgorithm.parse(key), days);

        assertNoPlan(new FoundingPlan(name, namespace(), tier, tier, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://pki.lab.example", "ftp://x", "http:/x", "http://x/?q", "http://u@x/", "http://x/#f"})
    void refusesAnAddressThatNobodyCanFetchFrom(String url) throws Exception {
        FoundingPlan.Tier tier = new FoundingPlan.Tier(KeyAlgorithm.EC_P256, 1);

        assertNoPlan(new FoundingPlan("Lab", namespace(), tier, tier, Optional.of(URI.create(url))));
    }

    @Test
    void isNotOpenedWhereThereIsNone() {
        assertNotOpened(new AuthorityHome(directory), AuthorityFailure.MISSING);
    }

    @Test
    void isNotOpenedWhereThePropertiesSayMoreThanTheCertificate() throws Exception {
        AuthorityHome home = TestAuthorityHome.copyTo(directory.resolve("ca"));
        String properties = Files.readString(home.properties());
        Files.writeString(
                home.properties(), properties.replace("domains=lab.example", "domains=lab.example evil.example"));

        assertNotOpened(home, AuthorityFailure.DAMAGED);
    }

    private void assertRefused(AuthorityHome home, AuthorityFailure failure) {
        assertThatExceptionOfType(AuthorityException.class)
                .isThrownBy(() -> found(home, false))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure));
    }

    private static void assertNoPlan(FoundingPlan plan) {
        assertThatExceptionOfType(AuthorityException.class)
                .isThrownBy(plan::check)
                .satisfies(e -> assertThat(e.failure()).isEqualTo(AuthorityFailure.PLAN));
    }

    private static void assertNotOpened(AuthorityHome home, AuthorityFailure failure) {
        assertThatExceptionOfType(AuthorityException.class)
                .isThrownBy(() -> open(home))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure));
    }

    private static Founded found(AuthorityHome home, boolean keepAside) throws Exception {
        try (Passphrase passphrase = TestAuthorityHome.passphrase()) {
            return new Founding(TestProfiles.issuing(), TestAuthorityHome.CLOCK, new SecureRandom())
                    .found(TestAuthorityHome.plan("lab.example"), home, passphrase, keepAside);
        }
    }

    private static Authority open(AuthorityHome home) throws Exception {
        return Authority.open(home, TestAuthorityHome.CLOCK, new SecureRandom());
    }

    private static Namespace namespace() throws Exception {
        return Namespace.parse(List.of("lab.example"), List.of());
    }

    private static Crl crl(Path file) throws Exception {
        return Crl.parse(Pem.derOf(Files.readAllBytes(file), PemLabel.X509_CRL).getFirst());
    }

    private static List<String> namesIn(Path directory) throws IOException {
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
