package org.chancery.ca.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.ledger.NotRevocableException.Reason;
import org.chancery.ca.ledger.RevocationOrder.Scope;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.revocation.RevocationReason;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");
    private static final DeviceId ISSUER = device(1);
    private static final DeviceId LAPTOP = device(2);
    private static final DeviceId PHONE = device(3);

    @TempDir
    Path directory;

    private Ledger ledger;

    @BeforeEach
    void create() throws LedgerException {
        ledger = Ledger.create(file(), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    @AfterEach
    void close() throws LedgerException {
        ledger.close();
    }

    @Test
    void isReadableByItsOwnerAlone() throws IOException, Exception {
        ledger.recordIntent(alice(1, LAPTOP));

        try (var files = Files.list(directory)) {
            assertThat(files)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    void remembersAnIntentWhoseCertificateNeverCame() throws Exception {
        ledger.recordIntent(alice(1, LAPTOP));
        reopen(NOW);

        assertThat(ledger.find(serial(1))).contains(new LedgerEntry.Intended(alice(1, LAPTOP)));
        assertThat(ledger.certificateDer(serial(1))).isEmpty();
    }

    @Test
    void remembersACertificateAsItWasSigned() throws Exception {
        issue(alice(1, LAPTOP));
        reopen(NOW);

        assertThat(ledger.find(serial(1))).contains(new LedgerEntry.Issued(alice(1, LAPTOP)));
        assertThat(ledger.certificateDer(serial(1))).contains(new byte[] {1, 2, 3});
    }

    @Test
    void takesNoSerialTwice() throws Exception {
        ledger.recordIntent(alice(1, LAPTOP));

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> ledger.recordIntent(alice(1, LAPTOP)))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(LedgerFailure.FAILED));
    }

    @Test
    void takesNoCertificateThatWasNotIntended() {
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> ledger.recordIssued(serial(1), new byte[] {1}));
    }

    @Test
    void takesNoSecondCertificateForAnIntent() throws Exception {
        issue(alice(1, LAPTOP));

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> ledger.recordIssued(serial(1), new byte[] {9}));
        assertThat(ledger.certificateDer(serial(1))).contains(new byte[] {1, 2, 3});
    }

    @Test
    void refusesAKeyThatBelongsToAnotherAddress() throws Exception {
        ledger.recordIntent(alice(1, LAPTOP));

        assertThatExceptionOfType(KeyTakenException.class)
                .isThrownBy(() -> ledger.recordIntent(of("bob@lab.example", 2, LAPTOP, NOW.plus(Duration.ofDays(1)))))
                .satisfies(e ->
                        assertThat(e.holder()).isEqualTo(new KeyHolder("client", address("alice@lab.example"), false)));
        assertThat(ledger.find(serial(2))).isEmpty();
    }

    @Test
    void admitsAKeyAgainForTheSameAddress() throws Exception {
        issue(alice(1, LAPTOP));
        issue(alice(2, LAPTOP));

        assertThat(ledger.entries()).hasSize(2);
    }

    @Test
    void refusesAKeyOnceRevokedForKeyCompromise() throws Exception {
        issue(alice(1, LAPTOP));
        revoke(1, Scope.KEY, RevocationReason.KEY_COMPROMISE);

        assertThatExceptionOfType(KeyTakenException.class)
                .isThrownBy(() -> ledger.recordIntent(alice(2, LAPTOP)))
                .satisfies(e -> assertThat(e.holder().compromised()).isTrue());
    }

    @Test
    void revokesEveryUnexpiredCertificateOfTheKeyIntentsIncluded() throws Exception {
        issue(alice(1, LAPTOP));
        issue(alice(2, LAPTOP));
        ledger.recordIntent(alice(3, LAPTOP));
        issue(of("alice@lab.example", 4, LAPTOP, NOW.minusSeconds(1)));
        issue(alice(5, PHONE));

        assertThat(revoke(1, Scope.KEY, RevocationReason.SUPERSEDED))
                .extracting(revoked -> revoked.particulars().serial())
                .containsExactly(serial(1), serial(2), serial(3));
        assertThat(ledger.find(serial(4)).orElseThrow()).isInstanceOf(LedgerEntry.Issued.class);
        assertThat(ledger.find(serial(5)).orElseThrow()).isInstanceOf(LedgerEntry.Issued.class);
    }

    @Test
    void revokesTheNamedCertificateAloneWhereAsked() throws Exception {
        issue(alice(1, LAPTOP));
        issue(alice(2, LAPTOP));

        assertThat(revoke(1, Scope.ONLY_THIS, RevocationReason.SUPERSEDED)).hasSize(1);
        assertThat(ledger.find(serial(2)).orElseThrow()).isInstanceOf(LedgerEntry.Issued.class);
    }

    @Test
    void revokesAnExpiredCertificateThatIsNamed() throws Exception {
        issue(of("alice@lab.example", 1, LAPTOP, NOW.minusSeconds(1)));

        assertThat(revoke(1, Scope.KEY, RevocationReason.KEY_COMPROMISE)).hasSize(1);
    }

    @Test
    void revokesNothingTwice() throws Exception {
        issue(alice(1, LAPTOP));
        revoke(1, Scope.KEY, RevocationReason.SUPERSEDED);

        assertNotRevocable(1, Reason.ALREADY_REVOKED);
    }

    @Test
    void revokesNothingItDoesNotKnow() {
        assertNotRevocable(1, Reason.UNKNOWN_SERIAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {Ledger.ROOT, Ledger.ISSUING})
    void doesNotRevokeTheAuthorityItself(String profile) throws Exception {
        Particulars authority = new Particulars(
                serial(1), ISSUER, profile, Optional.empty(), ISSUER, "Lab", new Validity(NOW, NOW.plusSeconds(1)));
        issue(authority);

        assertNotRevocable(1, Reason.AUTHORITY_ITSELF);
    }

    @Test
    void putsEverythingEverRevokedOnTheCrlOfItsIssuerAlone() throws Exception {
        issue(of("alice@lab.example", 1, LAPTOP, NOW.minusSeconds(1)));
        revoke(1, Scope.KEY, RevocationReason.KEY_COMPROMISE);

        assertThat(ledger.drawCrl(ISSUER).revoked()).singleElement().satisfies(revoked -> {
            assertThat(revoked.serialNumber()).isEqualTo(serial(1));
            assertThat(revoked.reason()).isEqualTo(RevocationReason.KEY_COMPROMISE);
            assertThat(revoked.invalidityDate()).contains(NOW.minusSeconds(60));
        });
        assertThat(ledger.drawCrl(PHONE).revoked()).isEmpty();
    }

    @Test
    void crlNumbersAreTheTimeAndRiseWithinASecond() throws Exception {
        assertThat(ledger.drawCrl(ISSUER).number()).isEqualTo(BigInteger.valueOf(NOW.getEpochSecond()));
        assertThat(ledger.drawCrl(ISSUER).number()).isEqualTo(BigInteger.valueOf(NOW.getEpochSecond() + 1));
    }

    @Test
    void crlNumbersRiseEvenIfTheClockIsPutBack() throws Exception {
        BigInteger before = ledger.drawCrl(ISSUER).number();
        reopen(NOW.minus(Duration.ofDays(30)));

        assertThat(ledger.drawCrl(ISSUER).number()).isGreaterThan(before);
    }

    @Test
    void theNewerCrlStaysWhoeverPublishesLast() throws Exception {
        CrlDraft older = ledger.drawCrl(ISSUER);
        CrlDraft newer = ledger.drawCrl(ISSUER);
        StringBuilder published = new StringBuilder();

        assertThat(ledger.publishCrl(newer, () -> published.append("newer"))).isTrue();
        assertThat(ledger.publishCrl(older, () -> published.append("older"))).isFalse();
        assertThat(published).hasToString("newer");
    }

    @Test
    void aCrlWhoseFileCannotBeWrittenIsNotPublished() throws Exception {
        CrlDraft draft = ledger.drawCrl(ISSUER);

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> ledger.publishCrl(draft, () -> {
                    throw new IOException("no space left on device");
                }));
        assertThat(ledger.publishCrl(draft, () -> {})).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM act",
                "UPDATE act SET detail = 'nothing happened'",
                "DELETE FROM revocation",
                "UPDATE revocation SET reason = 0",
                "DELETE FROM certificate",
                "UPDATE certificate SET der = x'00'",
                "DELETE FROM crl"
            })
    void forgetsNothing(String forgery) throws Exception {
        issue(alice(1, LAPTOP));
        revoke(1, Scope.KEY, RevocationReason.KEY_COMPROMISE);
        ledger.drawCrl(ISSUER);

        try (Connection other = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = other.createStatement()) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> statement.executeUpdate(forgery))
                    .withMessageContaining("the ledger forgets nothing");
        }
    }

    @Test
    void saysThatThereIsNone() {
        assertNotOpened(directory.resolve("nowhere.db"), LedgerFailure.MISSING);
    }

    @Test
    void opensNothingThatIsNoLedger() throws Exception {
        Path text =
                Files.writeString(directory.resolve("text.db"), "not a database, whatever its name says\n".repeat(100));
        assertNotOpened(text, LedgerFailure.NOT_A_LEDGER);

        Path other = directory.resolve("other.db");
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + other);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE certificate (serial TEXT)");
        }
        assertNotOpened(other, LedgerFailure.NOT_A_LEDGER);
    }

    @Test
    void doesNotBeginAnewOverAnExistingFile() {
        assertThatExceptionOfType(LedgerException.class).isThrownBy(() -> Ledger.create(file(), Clock.systemUTC()));
    }

    private void assertNotOpened(Path path, LedgerFailure failure) {
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> Ledger.open(path, Clock.systemUTC()))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure));
    }

    private void assertNotRevocable(int serial, Reason reason) {
        assertThatExceptionOfType(NotRevocableException.class)
                .isThrownBy(() -> revoke(serial, Scope.KEY, RevocationReason.UNSPECIFIED))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(reason));
    }

    private List<LedgerEntry.Revoked> revoke(int serial, Scope scope, RevocationReason reason) throws Exception {
        return ledger.revoke(
                new RevocationOrder(serial(serial), scope, reason, NOW, Optional.of(NOW.minusSeconds(60))));
    }

    private void issue(Particulars particulars) throws Exception {
        ledger.recordIntent(particulars);
        ledger.recordIssued(particulars.serial(), new byte[] {1, 2, 3});
    }

    private void reopen(Instant now) throws LedgerException {
        ledger.close();
        ledger = Ledger.open(file(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private Path file() {
        return directory.resolve("ledger.db");
    }

    private static Particulars alice(int serial, DeviceId device) {
        return of("alice@lab.example", serial, device, NOW.plus(Duration.ofDays(397)));
    }

    private static Particulars of(String address, int serial, DeviceId device, Instant notAfter) {
        Validity validity = new Validity(NOW.minus(Duration.ofDays(1)).plusSeconds(serial), notAfter);
        return new Particulars(serial(serial), ISSUER, "client", address(address), device, address, validity);
    }

    private static Optional<Address> address(String value) {
        return Optional.of(new Address(value));
    }

    private static SerialNumber serial(int value) {
        return new SerialNumber(BigInteger.valueOf(value));
    }

    private static DeviceId device(int fill) {
        byte[] octets = new byte[DeviceId.LENGTH];
        octets[0] = (byte) fill;
        return DeviceId.ofBytes(octets);
    }
}
