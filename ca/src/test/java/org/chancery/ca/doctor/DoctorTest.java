package org.chancery.ca.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.AuthorityHome;
import org.chancery.ca.issuance.TestAuthorityHome;
import org.chancery.ca.ledger.RevocationOrder;
import org.chancery.ca.ledger.RevocationOrder.Scope;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
    private static final Versions FINE = new Versions("25.0.3", "1.87");

    @TempDir
    Path directory;

    private AuthorityHome home;

    @BeforeEach
    void haveAnAuthority() throws Exception {
        home = TestAuthorityHome.copyTo(directory.resolve("ca"));
        try (Stream<Path> files = Files.walk(home.directory())) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, FileTime.from(TestAuthorityHome.NOW));
            }
        }
        for (Path secret : List.of(home.rootKeyStore(), home.issuingKeyStore())) {
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void aNewAuthorityNeedsNothing() throws Exception {
        assertThat(examine(Duration.ZERO, FINE))
                .extracting(Finding::severity, Finding::check)
                .containsExactly(tuple(Severity.NOTE, "root-key"));
    }

    @ParameterizedTest
    @CsvSource({"4, NOTE", "6, WARNING", "6.5, CRITICAL", "8, CRITICAL"})
    void tellsOfACrlByItsAge(double days, Severity severity) throws Exception {
        assertFound(examine(days(days), FINE), severity, "crl");
    }

    @ParameterizedTest
    @CsvSource({"913, NOTE", "1369, WARNING", "1643, CRITICAL", "1826, CRITICAL"})
    void tellsOfACaByItsAge(int days, Severity severity) throws Exception {
        assertFound(examine(days(days), FINE), severity, "ca-expiry");
    }

    @Test
    void tellsOfAnIssuingCaThatWasRevoked() throws Exception {
        try (Authority authority = Authority.open(home, TestAuthorityHome.CLOCK, new SecureRandom())) {
            authority
                    .ledger()
                    .revokeAuthority(
                            new RevocationOrder(
                                    SerialNumber.of(authority.issuingCa().certificate()),
                                    Scope.KEY,
                                    RevocationReason.CA_COMPROMISE,
                                    TestAuthorityHome.NOW,
                                    Optional.empty()),
                            DeviceId.of(authority.rootCa().certificate().getPublicKey()));
        }
        assertFound(examine(Duration.ZERO, FINE), Severity.CRITICAL, "ca-expiry");
    }

    @Test
    void tellsOfACrlThatIsGone() throws Exception {
        Files.delete(home.issuingCrl());
        assertFound(examine(Duration.ZERO, FINE), Severity.CRITICAL, "crl");
    }

    @Test
    void tellsOfACrlOfAnother() throws Exception {
        Files.copy(home.rootCrl(), home.issuingCrl(), StandardCopyOption.REPLACE_EXISTING);
        assertFound(examine(Duration.ZERO, FINE), Severity.CRITICAL, "crl");
    }

    @Test
    void tellsOfAKeyThatOthersRead() throws Exception {
        Files.setPosixFilePermissions(home.issuingKeyStore(), PosixFilePermissions.fromString("rw-r-----"));
        assertFound(examine(Duration.ZERO, FINE), Severity.CRITICAL, "file-modes");
    }

    @Test
    void tellsOfAnIssuingKeyThatIsGone() throws Exception {
        Files.delete(home.issuingKeyStore());
        assertFound(examine(Duration.ZERO, FINE), Severity.CRITICAL, "issuing-key");
    }

    @Test
    void tellsOfAChainThatOthersWrite() throws Exception {
        Files.setPosixFilePermissions(home.chainPem(), PosixFilePermissions.fromString("rw-rw-r--"));
        assertFound(examine(Duration.ZERO, FINE), Severity.CRITICAL, "file-modes");
    }

    @Test
    void tellsOfAPassphraseThatOthersRead() throws Exception {
        Path file = Files.writeString(directory.resolve("passphrase"), "secret\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertFound(examine(Duration.ZERO, FINE, Optional.of(file)), Severity.WARNING, "passphrase-file");

        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        assertThat(examine(Duration.ZERO, FINE, Optional.of(file)))
                .noneMatch(finding -> finding.check().equals("passphrase-file"));
    }

    @Test
    void tellsOfAClockThatWentBack() throws Exception {
        assertFound(examine(Duration.ofHours(-1), FINE), Severity.CRITICAL, "clock");
    }

    @Test
    void tellsOfARootThatTheLedgerDoesNotKnow() throws Exception {
        byte[] foreign = Certificates.der(TestPki.create().root().certificate());
        Files.writeString(home.certificate("root-2"), Pem.encode(PemLabel.CERTIFICATE, foreign));
        assertFound(examine(Duration.ZERO, FINE), Severity.CRITICAL, "ca-files");
    }

    @Test
    void tellsOfARecordWithoutItsHead() throws Exception {
        Files.delete(home.directory().resolve("audit.head"));
        assertFound(examine(Duration.ZERO, FINE), Severity.CRITICAL, "ledger");
    }

    @ParameterizedTest
    @Defends(Threat.OLD_RUNTIME)
    @CsvSource({"25.0.2, 1.87", "24, 1.87", "25-ea, 1.87", "25.0.3, 1.85", "25.0.3, 1.9"})
    void tellsOfKnownHoles(String java, String bouncyCastle) throws Exception {
        assertFound(examine(Duration.ZERO, new Versions(java, bouncyCastle)), Severity.WARNING, "runtime");
    }

    @ParameterizedTest
    @CsvSource({"25.0.3, 1.86", "25.0.10, 1.100", "26, 2.0", "26-ea, 1.86"})
    void takesWhatIsNewEnough(String java, String bouncyCastle) throws Exception {
        assertThat(examine(Duration.ZERO, new Versions(java, bouncyCastle)))
                .noneMatch(finding -> finding.check().equals("runtime"));
    }

    private static void assertFound(List<Finding> findings, Severity severity, String check) {
        assertThat(findings).anySatisfy(finding -> {
            assertThat(finding.check()).isEqualTo(check);
            assertThat(finding.severity()).isEqualTo(severity);
        });
    }

    private static Duration days(double days) {
        return Duration.ofMinutes(Math.round(days * 24 * 60));
    }

    private List<Finding> examine(Duration later, Versions versions) throws Exception {
        return examine(later, versions, Optional.empty());
    }

    private List<Finding> examine(Duration later, Versions versions, Optional<Path> passphraseFile) throws Exception {
        Instant now = TestAuthorityHome.NOW.plus(later);
        try (Authority authority = Authority.open(home, TestAuthorityHome.CLOCK, new SecureRandom())) {
            return Doctor.examine(new Patient(authority, now, versions, passphraseFile));
        }
    }
}
