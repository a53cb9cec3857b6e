package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;
import org.chancery.pki.testing.TestAuthority;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.AnnouncedCrl;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.SessionEndCode;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The list of an issuing CA that nobody here has come from: the relay cannot know whose it is, judges by it
/// all the same, and hands it to clients once somebody has shown the CA's certificate.
@Timeout(60)
class RelayStrangersTest {

    private final TestPki pki = TestPki.create();
    private final TestAuthority second = pki.secondIssuing();
    private final Identity alice = pki.client("alice@lab.example");
    private final Identity carol = pki.clientOf(second, "carol@lab.example");
    private final Identity dave = pki.clientOf(second, "dave@lab.example");
    private final Crl seconds = seconds(1, List.of(carol));

    @TempDir
    private Path directory;

    private TestRelay relay;

    @BeforeEach
    void start() throws Exception {
        relay = TestRelay.start(pki, directory);
    }

    @AfterEach
    void stop() throws IOException {
        relay.close();
    }

    private Crl seconds(long number, List<Identity> revoked) {
        return second.crl(
                number,
                pki.now(),
                Duration.ofDays(7),
                revoked.stream()
                        .map(identity -> new RevokedCertificate(
                                SerialNumber.of(identity.chain().leaf()),
                                pki.now(),
                                RevocationReason.KEY_COMPROMISE,
                                Optional.empty()))
                        .toList());
    }

    /// Together with the lists of everybody else; somebody else revoked shows when it is in force.
    private void publish(Crl list) throws Exception {
        TestClient eve = relay.greeted(pki.client("eve@lab.example"));
        List<Crl> all =
                new ArrayList<>(pki.revoke(eve.identity().chain().leaf()).crls());
        all.add(list);
        relay.publish(CrlSet.of(all));
        assertThat(eve.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.REVOKED);
    }

    private static boolean names(Frame.CrlsAnnounced announced, Crl list) {
        return announced.crls().contains(AnnouncedCrl.of(list));
    }

    @Test
    void keepsOutWhomItLists() throws Exception {
        publish(seconds);
        assertThatThrownBy(() -> relay.greeted(carol)).isInstanceOfAny(AssertionError.class, IOException.class);
        relay.greeted(dave);
    }

    @Test
    void isHandedOutOnceSomebodyOfThatCaIsHere() throws Exception {
        publish(seconds);
        TestClient early = relay.greeted(alice);
        Frame.CrlsAnnounced first = early.expect(Frame.CrlsAnnounced.class);
        assertThat(first.crls()).hasSize(2);
        assertThat(names(first, seconds)).isFalse();
        relay.greeted(dave).expect(Frame.CrlsAnnounced.class, announced -> names(announced, seconds));
        early.expect(Frame.CrlsAnnounced.class, announced -> names(announced, seconds));
    }

    @Test
    void endsSessionsOfThatCaWhenItIsRenewed() throws Exception {
        publish(seconds);
        TestClient client = relay.greeted(dave);
        publish(seconds(2, List.of(carol, dave)));
        assertThat(client.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.REVOKED);
    }

    /// It bears the CA's name and a higher number, and no signature of its key.
    @Test
    void undoesNothingWhenItIsForged() throws Exception {
        publish(seconds);
        relay.greeted(dave);
        byte[] der = second.crl(9, pki.now(), Duration.ofDays(7), List.of()).der();
        der[der.length - 1] ^= 1;
        Crl forged = Crl.parse(der);
        assertThat(forged.line()).isEqualTo(seconds.line());
        publish(forged);
        assertThatThrownBy(() -> relay.greeted(carol)).isInstanceOfAny(AssertionError.class, IOException.class);
        relay.greeted(dave);
    }
}
