package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Query;
import org.chancery.protocol.frame.SessionEndCode;
import org.chancery.server.testing.MovableClock;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Every way in which somebody who is here may no longer be, and what mends it.
@Timeout(60)
class RelayRevocationTest {

    private static final Duration CRL_LIFE = Duration.ofDays(7);

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");
    private final MovableClock clock = new MovableClock(pki.now());

    @TempDir
    private Path directory;

    private TestRelay relay;

    @BeforeEach
    void start() throws Exception {
        relay = TestRelay.start(pki, directory, clock);
    }

    @AfterEach
    void stop() throws Exception {
        relay.close();
    }

    private static SessionEndCode end(TestClient client) throws Exception {
        SessionEndCode code = client.expect(Frame.Goodbye.class).code();
        client.awaitEnd();
        return code;
    }

    private CrlSet crls(Instant thisUpdate, long number, List<RevokedCertificate> byTheRoot) {
        return crls(thisUpdate, number, CRL_LIFE, byTheRoot);
    }

    private CrlSet crls(Instant thisUpdate, long number, Duration life, List<RevokedCertificate> byTheRoot) {
        return CrlSet.of(List.of(
                pki.root().crl(number, thisUpdate, life, byTheRoot),
                pki.issuing().crl(number, thisUpdate, life, List.of())));
    }

    @Test
    void theIssuingCaIsRevokedByTheRoot() throws Exception {
        TestClient client = relay.greeted(alice);
        RevokedCertificate issuing = new RevokedCertificate(
                SerialNumber.of(pki.issuing().certificate()),
                pki.now(),
                RevocationReason.CA_COMPROMISE,
                Optional.empty());
        relay.publish(crls(pki.now(), 2, List.of(issuing)));
        assertThat(end(client)).isEqualTo(SessionEndCode.REVOKED);
        assertThatThrownBy(() -> relay.greeted(alice)).isInstanceOfAny(AssertionError.class, IOException.class);
    }

    @Test
    void aCertificateEndsWithItsLastSecond() throws Exception {
        TestClient client = relay.greeted(alice);
        Instant notAfter = alice.chain().leaf().getNotAfter().toInstant();
        client.expect(Frame.CrlsAnnounced.class);
        relay.publish(crls(pki.now(), 2, Duration.ofDays(500), List.of())); // or the lists would end first
        client.expect(Frame.CrlsAnnounced.class);
        clock.moveTo(notAfter.plusMillis(999));
        client.say(new Frame.Ping(1));
        client.expect(Frame.Pong.class);
        clock.moveTo(notAfter.plusSeconds(1));
        assertThat(end(client)).isEqualTo(SessionEndCode.EXPIRED);
    }

    @Test
    void listsPastTheirEndEndEverySessionAndFreshOnesMendIt() throws Exception {
        TestClient client = relay.greeted(alice);
        clock.moveTo(pki.now().plus(CRL_LIFE));
        assertThat(end(client)).isEqualTo(SessionEndCode.REVOCATION_STALE);
        assertThatThrownBy(() -> relay.greeted(alice)).isInstanceOfAny(AssertionError.class, IOException.class);
        relay.publish(crls(clock.instant().minusSeconds(60), 2, List.of()));
        awaitLetIn();
    }

    /// Its people are gone with it, and the lists of those who go on are fresh.
    @Test
    void isReadyWithoutTheListOfAnAuthorityThatHasEnded() throws Exception {
        clock.moveTo(pki.issuing().certificate().getNotAfter().toInstant().plusSeconds(1));
        assertThat(relay.ask("/readyz").body())
                .contains("CN=Lab Root CA is out of date")
                .endsWith("whoever CN=Lab Root CA certified is not let in\n");
        relay.publish(CrlSet.of(List.of(pki.root().crl(2, clock.instant(), CRL_LIFE, List.of()))));
        for (int attempt = 0; attempt < 500 && relay.ask("/readyz").status() != 200; attempt++) {
            Thread.sleep(10);
        }
        assertThat(relay.ask("/readyz").body()).isEqualTo("ready\n");
        assertThat(relay.sample("chancery_crl_next_update_timestamp_seconds{issuer=\"CN=Lab Root CA\"}"))
                .isEqualTo((double) clock.instant().plus(CRL_LIFE).getEpochSecond());
        assertThat(relay.ask("/metrics").body())
                .doesNotContain("chancery_crl_next_update_timestamp_seconds{issuer=\"CN=Lab Issuing CA\"}");
    }

    /// The relay takes the lists in its own time.
    private void awaitLetIn() throws Exception {
        for (int attempt = 0; ; attempt++) {
            try {
                relay.greeted(alice);
                return;
            } catch (AssertionError | IOException e) {
                if (attempt == 50) {
                    throw e;
                }
            }
        }
    }

    @Test
    void aRootIsNoLongerTrusted() throws Exception {
        TestPki other = pki.otherAuthority();
        TestClient client = relay.greeted(alice);
        relay.relay().believe(other.trustAnchors());
        assertThat(end(client)).isEqualTo(SessionEndCode.UNTRUSTED);
        assertThatThrownBy(() -> relay.greeted(alice)).isInstanceOfAny(AssertionError.class, IOException.class);
        relay.relay().believe(pki.trustAnchors());
        awaitLetIn();
    }

    @Test
    void anotherCertificateIsShownWithoutEndingAnything() throws Exception {
        TestClient before = relay.greeted(alice);
        Identity next = pki.server("127.0.0.1", "chat.lab.example");
        relay.relay().become(next);
        TestClient after = relay.greeted(pki.client("bob@lab.example"));
        assertThat(after.relayCertificate()).isEqualTo(next.chain().leaf());
        assertThat(before.relayCertificate()).isNotEqualTo(next.chain().leaf());
        before.say(new Frame.Ping(1));
        before.expect(Frame.Pong.class);
    }

    @Test
    void aCertificateThatNobodyAcceptsIsNotShown() throws Exception {
        Identity persons = pki.wrongPurposeServer("127.0.0.1");
        assertThatThrownBy(() -> relay.relay().become(persons))
                .isInstanceOfSatisfying(
                        PathValidationException.class,
                        e -> assertThat(e.failure()).isEqualTo(PathFailure.PURPOSE_NOT_ALLOWED));
        relay.greeted(alice);
    }

    /// Revocation goes by certificate at the relay; it is the authority that follows the key.
    @Test
    void aRenewedCertificateKeepsTheDevice() throws Exception {
        TestClient older = relay.greeted(alice);
        Identity renewed = pki.client("alice@lab.example", alice.key());
        TestClient newer = relay.greeted(renewed);
        assertThat(end(older)).isEqualTo(SessionEndCode.REPLACED);
        newer.expect(Frame.CrlsAnnounced.class);
        relay.publish(pki.revoke(alice.chain().leaf(), RevocationReason.SUPERSEDED, Optional.empty()));
        newer.expect(Frame.CrlsAnnounced.class);
        assertThat(lookUp(newer, renewed).revoked()).isFalse();
        assertThat(lookUp(newer, renewed).online()).isTrue();
    }

    @Test
    void theDirectoryShowsARevocationAtOnce() throws Exception {
        Identity bob = pki.client("bob@lab.example");
        relay.greeted(bob);
        TestClient client = relay.greeted(alice);
        client.expect(Frame.CrlsAnnounced.class);
        relay.publish(pki.revoke(bob.chain().leaf()));
        client.expect(Frame.CrlsAnnounced.class);
        assertThat(lookUp(client, bob).revoked()).isTrue();
    }

    private static DirectoryEntry lookUp(TestClient client, Identity device) throws Exception {
        client.say(new Frame.DirectoryQuery(1, new Query.ByDevice(device.deviceId())));
        return client.expect(Frame.DirectoryAnswer.class).entries().getFirst();
    }
}
