package org.chancery.client.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Everything is revoked at [TestPki#NOW]; letters were taken before or after it.
class DeviceJudgeTest {
    private static final Instant REVOKED_AT = TestPki.NOW;
    private static final Instant BEFORE = REVOKED_AT.minus(Duration.ofMinutes(2));
    private static final Instant AFTER = REVOKED_AT.plus(Duration.ofMinutes(2));
    private static final Instant LATER = REVOKED_AT.plus(Duration.ofHours(1));
    private static final Duration WEEK = Duration.ofDays(7);
    private static final Optional<Instant> NOT_SAID = Optional.empty();

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");
    private final X509Certificate leaf = alice.chain().leaf();
    private MessageStore store;

    @BeforeEach
    void openStore() throws Exception {
        store = MessageStore.open(
                new StoreLocation(directory.resolve("bob.p12")), Passphrase.none(), new SecureRandom());
    }

    @AfterEach
    void closeStore() throws Exception {
        store.close();
    }

    @Test
    void acceptsASignerWhomNothingSpeaksAgainst() throws Exception {
        assertThat(signer(pki.crls(), AFTER))
                .isInstanceOfSatisfying(
                        SignerVerdict.Accepted.class,
                        accepted -> assertThat(accepted.path().leaf()).isEqualTo(leaf));
    }

    @Test
    void refusesASignerRevokedBeforeTheLetterWasTaken() throws Exception {
        CrlSet crls = pki.revoke(leaf, RevocationReason.SUPERSEDED, NOT_SAID);
        assertRevoked(signer(crls, AFTER), REVOKED_AT, RevocationReason.SUPERSEDED);
    }

    @Test
    void refusesASignerRevokedInTheVeryMomentTheLetterWasTaken() throws Exception {
        CrlSet crls = pki.revoke(leaf, RevocationReason.SUPERSEDED, NOT_SAID);
        assertRevoked(signer(crls, REVOKED_AT), REVOKED_AT, RevocationReason.SUPERSEDED);
    }

    @Test
    void standsByALetterTakenBeforeItsSignerWasRevokedForAnotherReason() throws Exception {
        CrlSet crls = pki.revoke(leaf, RevocationReason.CESSATION_OF_OPERATION, NOT_SAID);
        assertThat(signer(crls, BEFORE)).isInstanceOf(SignerVerdict.Accepted.class);
    }

    @Test
    void knowsNoInvalidityDateOfAnotherReason() throws Exception {
        CrlSet crls = pki.revoke(leaf, RevocationReason.SUPERSEDED, Optional.of(BEFORE.minusSeconds(1)));
        assertThat(signer(crls, BEFORE)).isInstanceOf(SignerVerdict.Accepted.class);
    }

    @Test
    @Defends(Threat.SIGNED_AFTER_THE_THEFT)
    void refusesASignerWhoseKeyWasCompromisedBeforeTheLetterWasTaken() throws Exception {
        Instant since = BEFORE.minusSeconds(1);
        CrlSet crls = pki.revoke(leaf, RevocationReason.KEY_COMPROMISE, Optional.of(since));
        assertRevoked(signer(crls, BEFORE), since, RevocationReason.KEY_COMPROMISE);
    }

    @Test
    void standsByALetterTakenBeforeItsSignersKeyWasCompromised() throws Exception {
        CrlSet crls = pki.revoke(leaf, RevocationReason.KEY_COMPROMISE, Optional.of(BEFORE.plusSeconds(1)));
        assertThat(signer(crls, BEFORE)).isInstanceOf(SignerVerdict.Accepted.class);
    }

    @Test
    void takesTheRevocationForTheCompromiseWhereNoInvalidityDateIsGiven() throws Exception {
        CrlSet crls = pki.revoke(leaf, RevocationReason.KEY_COMPROMISE, NOT_SAID);
        assertRevoked(signer(crls, AFTER), REVOKED_AT, RevocationReason.KEY_COMPROMISE);
        assertThat(signer(crls, BEFORE)).isInstanceOf(SignerVerdict.Accepted.class);
    }

    @Test
    void refusesASignerWhoseAuthorityIsRevoked() throws Exception {
        RevokedCertificate authority = new RevokedCertificate(
                SerialNumber.of(pki.issuing().certificate()), REVOKED_AT, RevocationReason.CA_COMPROMISE, NOT_SAID);
        CrlSet crls = CrlSet.of(List.of(
                pki.root().crl(2, BEFORE, WEEK, List.of(authority)),
                pki.issuing().crl(2, BEFORE, WEEK, List.of())));
        assertRevoked(signer(crls, AFTER), REVOKED_AT, RevocationReason.CA_COMPROMISE);
    }

    @Test
    void cannotDecideWithoutTheListOfAnAuthority() throws Exception {
        CrlSet rootsAlone = CrlSet.of(List.of(pki.root().crl(1, BEFORE, WEEK, List.of())));
        assertThat(signer(rootsAlone, BEFORE)).isInstanceOf(SignerVerdict.Undecided.class);
    }

    @Test
    void cannotDecideByAnOutdatedList() throws Exception {
        assertThat(signer(pki.staleCrls(), BEFORE)).isInstanceOf(SignerVerdict.Undecided.class);
    }

    @Test
    void decidesByAListOfWhichTheGraceIsNotOver() throws Exception {
        assertThat(judge(pki.staleCrls(), Duration.ofDays(2)).signer(alice.chain(), alice.address(), BEFORE))
                .isInstanceOf(SignerVerdict.Accepted.class);
    }

    /// What is revoked stays so, however old the list is that says it.
    @Test
    void refusesARevokedSignerByAnOutdatedListToo() throws Exception {
        RevokedCertificate entry = new RevokedCertificate(
                SerialNumber.of(leaf), REVOKED_AT, RevocationReason.KEY_COMPROMISE, Optional.of(BEFORE));
        CrlSet crls = CrlSet.of(List.of(
                pki.root().crl(2, BEFORE, WEEK, List.of()),
                pki.issuing().crl(2, BEFORE.minus(WEEK), Duration.ofDays(1), List.of(entry))));
        assertRevoked(signer(crls, BEFORE), BEFORE, RevocationReason.KEY_COMPROMISE);
    }

    @Test
    void refusesASignerOfAnotherAddress() throws Exception {
        assertThat(judge(pki.crls()).signer(alice.chain(), new Address("bob@lab.example"), AFTER))
                .isInstanceOf(SignerVerdict.Refused.class);
    }

    @Test
    void refusesASignerWhoseCertificateHadEndedWhenTheLetterWasTaken() throws Exception {
        Identity expired = pki.expired("carol@lab.example");
        DeviceJudge judge = judge(pki.crls());
        Instant end = expired.chain().leaf().getNotAfter().toInstant();
        assertThat(judge.signer(expired.chain(), expired.address(), end.minusSeconds(1)))
                .isInstanceOf(SignerVerdict.Accepted.class);
        assertThat(judge.signer(expired.chain(), expired.address(), end.plusSeconds(1)))
                .isInstanceOfSatisfying(
                        SignerVerdict.Refused.class,
                        refused -> assertThat(refused.failure()).isEqualTo(PathFailure.EXPIRED));
    }

    @Test
    void judgesASignerOfManyOldLettersOnce() throws Exception {
        DeviceJudge judge = judge(pki.crls());
        SignerVerdict first = judge.signer(alice.chain(), alice.address(), AFTER);
        SignerVerdict next = judge.signer(alice.chain(), alice.address(), AFTER.plusSeconds(1));
        assertThat(((SignerVerdict.Accepted) next).path()).isSameAs(((SignerVerdict.Accepted) first).path());
        assertThat(judge.signer(alice.chain(), new Address("bob@lab.example"), AFTER.plusSeconds(1)))
                .isInstanceOf(SignerVerdict.Refused.class);
    }

    @Test
    void refusesWhatASignerWroteAfterTheirRevocationThoughNotWhatTheyWroteBefore() throws Exception {
        Instant between = REVOKED_AT.plus(Duration.ofMinutes(30));
        RevokedCertificate entry = new RevokedCertificate(
                SerialNumber.of(leaf), between, RevocationReason.CESSATION_OF_OPERATION, NOT_SAID);
        DeviceJudge judge = judge(CrlSet.of(List.of(
                pki.root().crl(2, BEFORE, WEEK, List.of()), pki.issuing().crl(2, BEFORE, WEEK, List.of(entry)))));
        assertThat(judge.signer(alice.chain(), alice.address(), AFTER)).isInstanceOf(SignerVerdict.Accepted.class);
        assertRevoked(
                judge.signer(alice.chain(), alice.address(), between.plusSeconds(1)),
                between,
                RevocationReason.CESSATION_OF_OPERATION);
    }

    @Test
    void judgesASignerAnewByANewerList() throws Exception {
        HeldRevocations revocations = held(pki.crls(), Duration.ZERO);
        DeviceJudge judge = judge(revocations);
        assertThat(judge.signer(alice.chain(), alice.address(), AFTER)).isInstanceOf(SignerVerdict.Accepted.class);
        for (Crl crl : pki.revoke(leaf, RevocationReason.SUPERSEDED, NOT_SAID).crls()) {
            revocations.accept(crl.der());
        }
        assertRevoked(
                judge.signer(alice.chain(), alice.address(), AFTER.plusSeconds(1)),
                REVOKED_AT,
                RevocationReason.SUPERSEDED);
    }

    @Test
    void neitherSealsToTheRevokedNorTalksToThem() throws Exception {
        Identity relay = pki.server("127.0.0.1");
        pki.revoke(leaf);
        DeviceJudge judge = judge(pki.revoke(relay.chain().leaf()));
        assertRefused(() -> judge.device(alice.chain(), alice.address()), PathFailure.REVOKED);
        assertRefused(() -> judge.relay(relay.chain()), PathFailure.REVOKED);
    }

    @Test
    void neitherSealsNorTalksByOutdatedLists() throws Exception {
        DeviceJudge judge = judge(pki.staleCrls());
        assertRefused(() -> judge.device(alice.chain(), alice.address()), PathFailure.CRL_STALE);
        assertRefused(() -> judge.relay(pki.server("127.0.0.1").chain()), PathFailure.CRL_STALE);
    }

    @Test
    void remembersADeviceThatIsRevokedOrHasEnded() throws Exception {
        DeviceJudge judge = judge(pki.revoke(leaf));
        Identity expired = pki.expired("carol@lab.example");
        assertThat(judge.everDevice(alice.chain(), alice.address()).leaf()).isEqualTo(leaf);
        assertThat(judge.everDevice(expired.chain(), expired.address()).leaf())
                .isEqualTo(expired.chain().leaf());
    }

    private static void assertRefused(ThrowingJudgement judgement, PathFailure failure) {
        assertThatThrownBy(judgement::judge)
                .isInstanceOfSatisfying(
                        PathValidationException.class,
                        refusal -> assertThat(refusal.failure()).isEqualTo(failure));
    }

    private interface ThrowingJudgement {
        void judge() throws Exception;
    }

    private static void assertRevoked(SignerVerdict verdict, Instant since, RevocationReason reason) {
        assertThat(verdict).isEqualTo(new SignerVerdict.Revoked(since, reason));
    }

    private SignerVerdict signer(CrlSet crls, Instant acceptedAt) throws Exception {
        return judge(crls).signer(alice.chain(), alice.address(), acceptedAt);
    }

    private DeviceJudge judge(CrlSet crls) throws Exception {
        return judge(crls, Duration.ZERO);
    }

    private DeviceJudge judge(CrlSet crls, Duration grace) throws Exception {
        return judge(held(crls, grace));
    }

    private DeviceJudge judge(HeldRevocations revocations) {
        return new DeviceJudge(pki.trustAnchors(), revocations, Clock.fixed(LATER, ZoneOffset.UTC));
    }

    private HeldRevocations held(CrlSet crls, Duration grace) throws Exception {
        HeldRevocations revocations = new HeldRevocations(
                store.crls(), List.of(pki.root().certificate(), pki.issuing().certificate()), grace);
        for (Crl crl : crls.crls()) {
            revocations.accept(crl.der());
        }
        return revocations;
    }
}
