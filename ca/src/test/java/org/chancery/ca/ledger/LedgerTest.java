package org.chancery.ca.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.interfaces.RSAPublicKey;
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
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LedgerTest {
    private static final Instant NOW = Sample.NOW;
    private static final DeviceId ISSUER = Sample.ISSUER;
    private static final String LAPTOP = "laptop";
    private static final String PHONE = "phone";
    private static final byte[] DER = {48, 0};

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
        alice(1, LAPTOP).intend(ledger);

        try (var files = Files.list(directory)) {
            assertThat(files.filter(file -> !file.endsWith("audit.head")))
                    .hasSize(3)
                    .allSatisfy(file -> assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                            .isEqualTo("rw-------"));
        }
    }

    @Test
    @Defends(Threat.KILLED_ON_THE_WAY)
    void remembersAnIntentWhoseCertificateNeverCame() throws Exception {
        alice(1, LAPTOP).intend(ledger);
        reopen(NOW);

        assertThat(ledger.find(serial(1)))
                .contains(new LedgerEntry.Intended(alice(1, LAPTOP).particulars()));
        assertThat(ledger.certificateDer(serial(1))).isEmpty();
    }

    @Test
    void remembersACertificateAsItWasSigned() throws Exception {
        alice(1, LAPTOP).issue(ledger);
        reopen(NOW);

        assertThat(ledger.find(serial(1)))
                .contains(new LedgerEntry.Issued(alice(1, LAPTOP).particulars()));
        assertThat(ledger.certificateDer(serial(1))).contains(alice(1, LAPTOP).der());
    }

    @Test
    @Defends(Threat.SERIAL_GUESSED_OR_REPEATED)
    void takesNoSerialTwice() throws Exception {
        alice(1, LAPTOP).intend(ledger);

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> alice(1, LAPTOP).intend(ledger))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(LedgerFailure.CONTRADICTION));
    }

    @Test
    void takesNoCertificateThatWasNotIntended() {
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> ledger.recordIssued(serial(1), new byte[] {1}));
    }

    @Test
    void takesNoSecondCertificateForAnIntent() throws Exception {
        alice(1, LAPTOP).issue(ledger);

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> ledger.recordIssued(serial(1), new byte[] {9}));
        assertThat(ledger.certificateDer(serial(1))).contains(alice(1, LAPTOP).der());
    }

    @Test
    void refusesAKeyThatBelongsToAnotherAddress() throws Exception {
        alice(1, LAPTOP).intend(ledger);

        assertThatExceptionOfType(KeyTakenException.class)
                .isThrownBy(() -> Sample.of("bob@lab.example", 2, LAPTOP).intend(ledger))
                .satisfies(e -> assertThat(e.holder())
                        .isEqualTo(new KeyHolder("client", Sample.address("alice@lab.example"), false)));
        assertThat(ledger.find(serial(2))).isEmpty();
    }

    @Test
    void admitsAKeyAgainForTheSameAddress() throws Exception {
        alice(1, LAPTOP).issue(ledger);
        alice(2, LAPTOP).issue(ledger);

        assertThat(ledger.entries(Search.ALL)).hasSize(2);
    }

    @Test
    void refusesAKeyOnceRevokedForKeyCompromise() throws Exception {
        alice(1, LAPTOP).issue(ledger);
        revoke(1, Scope.KEY, RevocationReason.KEY_COMPROMISE);

        assertThatExceptionOfType(KeyTakenException.class)
                .isThrownBy(() -> alice(2, LAPTOP).intend(ledger))
                .satisfies(e -> assertThat(e.holder().compromised()).isTrue());
    }

    @Test
    void takesNoParticularsOfAnotherKey() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> ledger.recordIntent(
                        alice(1, LAPTOP).particulars(), alice(2, PHONE).key()));
    }

    @Test
    void remembersWhereACertificateCameFrom() throws Exception {
        alice(1, LAPTOP).issue(ledger);
        alice(2, PHONE).from(Origin.rekeyed(serial(1))).issue(ledger);

        assertThat(ledger.find(serial(1)).orElseThrow().particulars().origin()).isEqualTo(Origin.NEW);
        assertThat(ledger.find(serial(2)).orElseThrow().particulars().origin()).isEqualTo(Origin.rekeyed(serial(1)));
    }

    @Test
    void takesNoParentItDoesNotKnow() {
        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(
                        () -> alice(2, PHONE).from(Origin.renewed(serial(1))).intend(ledger));
    }

    @Test
    void keepsTheModulusOfEveryRsaKeyOnceFromItsIntentOn() throws Exception {
        Sample.rsa(1, "desktop").intend(ledger);
        Sample.rsa(2, "desktop").intend(ledger);
        alice(3, LAPTOP).intend(ledger);
        Sample tablet = Sample.rsa(4, "tablet").intend(ledger);

        assertThat(ledger.moduliAfter(0)).hasSize(2);
        long first = ledger.moduliAfter(0).getFirst().sequence();
        assertThat(ledger.moduliAfter(first)).singleElement().satisfies(modulus -> {
            assertThat(modulus.device()).isEqualTo(tablet.particulars().device());
            assertThat(modulus.value()).isEqualTo(((RSAPublicKey) tablet.key()).getModulus());
        });
    }

    @Test
    void revokesEveryUnexpiredCertificateOfTheKeyIntentsIncluded() throws Exception {
        alice(1, LAPTOP).issue(ledger);
        alice(2, LAPTOP).issue(ledger);
        alice(3, LAPTOP).intend(ledger);
        alice(4, LAPTOP).until(NOW.minusSeconds(1)).issue(ledger);
        alice(5, PHONE).issue(ledger);

        assertThat(revoke(1, Scope.KEY, RevocationReason.SUPERSEDED))
                .extracting(revoked -> revoked.particulars().serial())
                .containsExactly(serial(1), serial(2), serial(3));
        assertThat(ledger.find(serial(4)).orElseThrow()).isInstanceOf(LedgerEntry.Issued.class);
        assertThat(ledger.find(serial(5)).orElseThrow()).isInstanceOf(LedgerEntry.Issued.class);
    }

    @Test
    void revocationFollowsTheKeyAndWhateverCameOfIt() throws Exception {
        alice(1, LAPTOP).issue(ledger);
        alice(2, LAPTOP).from(Origin.renewed(serial(1))).issue(ledger);
        alice(3, PHONE).from(Origin.rekeyed(serial(2))).issue(ledger);
        alice(4, PHONE).from(Origin.renewed(serial(3))).issue(ledger);
        alice(5, "tablet").from(Origin.reissued(serial(4))).intend(ledger);
        alice(6, "elsewhere").issue(ledger);

        assertThat(ledger.reach(order(2, Scope.KEY, RevocationReason.SUPERSEDED)))
                .extracting(Particulars::serial)
                .containsExactly(serial(2), serial(1), serial(3), serial(4), serial(5));
        assertThat(revoke(2, Scope.KEY, RevocationReason.SUPERSEDED)).hasSize(5);
        assertThat(ledger.find(serial(6)).orElseThrow()).isInstanceOf(LedgerEntry.Issued.class);
        assertNotRevocable(5, Reason.ALREADY_REVOKED);
    }

    @Test
    void revocationDoesNotClimbFromWhatCameOfAKeyToTheKey() throws Exception {
        alice(1, LAPTOP).issue(ledger);
        alice(2, PHONE).from(Origin.rekeyed(serial(1))).issue(ledger);

        assertThat(revoke(2, Scope.KEY, RevocationReason.SUPERSEDED)).hasSize(1);
        assertThat(ledger.find(serial(1)).orElseThrow()).isInstanceOf(LedgerEntry.Issued.class);
    }

    @Test
    void revokesTheRestOfAFamilyOneOfWhichWasRevokedAlone() throws Exception {
        alice(1, LAPTOP).issue(ledger);
        alice(2, LAPTOP).issue(ledger);
        revoke(1, Scope.ONLY_THIS, RevocationReason.SUPERSEDED);

        assertThat(revoke(1, Scope.KEY, RevocationReason.KEY_COMPROMISE))
                .extracting(revoked -> revoked.particulars().serial())
                .containsExactly(serial(2));
    }

    @Test
    void revokesAnIssuingCaByItsOwnRootAlone() throws Exception {
        Sample.authority(1, Ledger.ISSUING).issue(ledger);
        alice(2, LAPTOP).issue(ledger);
        RevocationOrder order = order(1, Scope.KEY, RevocationReason.CA_COMPROMISE);

        assertThatExceptionOfType(NotRevocableException.class)
                .isThrownBy(() -> ledger.revokeAuthority(order, Sample.device("another root")));
        assertThatExceptionOfType(NotRevocableException.class)
                .isThrownBy(() -> ledger.revokeAuthority(order(2, Scope.KEY, RevocationReason.CA_COMPROMISE), ISSUER));
        assertThat(ledger.revokeAuthority(order, ISSUER)).hasSize(1);
        assertThatExceptionOfType(NotRevocableException.class)
                .isThrownBy(() -> ledger.revokeAuthority(order, ISSUER))
                .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.ALREADY_REVOKED));
    }

    @Test
    @Defends(Threat.WRONG_ONE_REVOKED)
    void revokesTheNamedCertificateAloneWhereAsked() throws Exception {
        alice(1, LAPTOP).issue(ledger);
        alice(2, LAPTOP).issue(ledger);

        assertThat(revoke(1, Scope.ONLY_THIS, RevocationReason.SUPERSEDED)).hasSize(1);
        assertThat(ledger.find(serial(2)).orElseThrow()).isInstanceOf(LedgerEntry.Issued.class);
    }

    @Test
    void revokesAnExpiredCertificateThatIsNamed() throws Exception {
        alice(1, LAPTOP).until(NOW.minusSeconds(1)).issue(ledger);

        assertThat(revoke(1, Scope.KEY, RevocationReason.KEY_COMPROMISE)).hasSize(1);
    }

    @Test
    void revokesNothingTwice() throws Exception {
        alice(1, LAPTOP).issue(ledger);
        revoke(1, Scope.KEY, RevocationReason.SUPERSEDED);

        assertNotRevocable(1, Reason.ALREADY_REVOKED);
    }

    @Test
    @Defends(Threat.WRONG_ONE_REVOKED)
    void revokesNothingItDoesNotKnow() {
        assertNotRevocable(1, Reason.UNKNOWN_SERIAL);
    }

    @ParameterizedTest
    @ValueSource(strings = {Ledger.ROOT, Ledger.ISSUING})
    void doesNotRevokeTheAuthorityItself(String profile) throws Exception {
        Sample.authority(1, profile).issue(ledger);

        assertNotRevocable(1, Reason.AUTHORITY_ITSELF);
    }

    @Test
    @Defends(Threat.REVOCATION_FORGOTTEN)
    void putsEverythingEverRevokedOnTheCrlOfItsIssuerAlone() throws Exception {
        alice(1, LAPTOP).until(NOW.minusSeconds(1)).issue(ledger);
        revoke(1, Scope.KEY, RevocationReason.KEY_COMPROMISE);

        assertThat(ledger.drawCrl(ISSUER).revoked()).singleElement().satisfies(revoked -> {
            assertThat(revoked.serialNumber()).isEqualTo(serial(1));
            assertThat(revoked.reason()).isEqualTo(RevocationReason.KEY_COMPROMISE);
            assertThat(revoked.invalidityDate()).contains(NOW.minusSeconds(60));
        });
        assertThat(ledger.drawCrl(Sample.device(PHONE)).revoked()).isEmpty();
    }

    @Test
    void crlNumbersAreTheTimeAndRiseWithinASecond() throws Exception {
        assertThat(ledger.drawCrl(ISSUER).number()).isEqualTo(BigInteger.valueOf(NOW.getEpochSecond()));
        assertThat(ledger.drawCrl(ISSUER).number()).isEqualTo(BigInteger.valueOf(NOW.getEpochSecond() + 1));
    }

    @Test
    @Defends(Threat.REVOCATION_ROLLED_BACK)
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

        assertThat(ledger.publishCrl(newer, DER, () -> published.append("newer")))
                .isTrue();
        assertThat(ledger.publishCrl(older, DER, () -> published.append("older")))
                .isFalse();
        assertThat(published).hasToString("newer");
    }

    @Test
    void aCrlWhoseFileCannotBeWrittenIsNotPublished() throws Exception {
        CrlDraft draft = ledger.drawCrl(ISSUER);

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> ledger.publishCrl(draft, DER, () -> {
                    throw new IOException("no space left on device");
                }));
        assertThat(ledger.publishCrl(draft, DER, () -> {})).isTrue();
    }

    @ParameterizedTest
    @Defends(Threat.REVOCATION_FORGOTTEN)
    @ValueSource(
            strings = {
                "DELETE FROM act",
                "UPDATE act SET facts = 'nothing=happened'",
                "DELETE FROM revocation",
                "UPDATE revocation SET reason = 0",
                "DELETE FROM certificate",
                "UPDATE certificate SET der = x'00'",
                "UPDATE certificate SET not_after = not_after + 1",
                "DELETE FROM public_key",
                "UPDATE public_key SET spki = x'00'",
                "UPDATE crl SET number = number - 1",
                "DELETE FROM crl"
            })
    void forgetsNothing(String forgery) throws Exception {
        alice(1, LAPTOP).issue(ledger);
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
    void opensNoLedgerOfAnotherVersion() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file());
                Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA user_version = 1");
        }

        assertThatExceptionOfType(LedgerException.class)
                .isThrownBy(() -> Ledger.open(file(), Clock.systemUTC()))
                .withMessage(file() + " is a ledger of version 1, this program knows version 3")
                .satisfies(e -> assertThat(e.failure()).isEqualTo(LedgerFailure.OTHER_VERSION));
    }

    @Test
    void findsByWhateverIsKnown() throws Exception {
        Sample laptop = alice(0x4f0c, LAPTOP).issue(ledger);
        Sample.of("bob@lab.example", 0x4f0d, PHONE).until(NOW.plusSeconds(60)).issue(ledger);
        String fingerprint = Sha256.hex(laptop.der());

        assertThat(found(Search.ALL)).containsExactly("4f0c", "4f0d");
        assertThat(found(Search.ALL.address("Alice@Lab.example"))).containsExactly("4f0c");
        assertThat(found(Search.ALL.serialPrefix("4f"))).containsExactly("4f0c", "4f0d");
        assertThat(found(Search.ALL.serialPrefix("4f0d"))).containsExactly("4f0d");
        assertThat(found(Search.ALL.fingerprintPrefix(fingerprint.substring(0, 9))))
                .containsExactly("4f0c");
        assertThat(found(Search.ALL.devicePrefix(Sample.device(PHONE).hex()))).containsExactly("4f0d");
        assertThat(found(Search.ALL.nameContains("BOB"))).containsExactly("4f0d");
        assertThat(found(Search.ALL.endingBy(NOW.plusSeconds(60)))).containsExactly("4f0d");
        assertThat(found(Search.ALL.endingFrom(NOW.plusSeconds(61)))).containsExactly("4f0c");
        assertThat(found(Search.ALL.nameContains("lab").serialPrefix("4f0c").address("bob@lab.example")))
                .isEmpty();
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
        return ledger.revoke(order(serial, scope, reason));
    }

    private static RevocationOrder order(int serial, Scope scope, RevocationReason reason) {
        return new RevocationOrder(serial(serial), scope, reason, NOW, Optional.of(NOW.minusSeconds(60)));
    }

    private List<String> found(Search search) throws LedgerException {
        return ledger.entries(search).stream()
                .map(entry -> entry.particulars().serial().hex())
                .toList();
    }

    private void reopen(Instant now) throws LedgerException {
        ledger.close();
        ledger = Ledger.open(file(), Clock.fixed(now, ZoneOffset.UTC));
    }

    private Path file() {
        return directory.resolve("ledger.db");
    }

    private static Sample alice(int serial, String device) {
        return Sample.alice(serial, device);
    }

    private static SerialNumber serial(int value) {
        return Sample.serial(value);
    }
}
