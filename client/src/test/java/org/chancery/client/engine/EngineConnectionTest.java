package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.connection.EndReason;
import org.chancery.client.terminal.Courier;
import org.chancery.client.terminal.Dispatch;
import org.chancery.pki.keystore.Identity;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.SessionEndCode;
import org.junit.jupiter.api.Test;

/// How the engine comes to a relay, and when it does not.
final class EngineConnectionTest extends Lab {
    @Test
    void reconnectsByItself() throws Exception {
        TestClient a = online(alice);
        relay.cutEverybody();
        a.await(Event.ConnectionChanged.class, changed -> changed.state() instanceof ConnectionState.Offline);
        a.online();
    }

    @Test
    void comesBackHoweverLateTheRelayWantsIt() throws Exception {
        TestClient a = online(alice);
        relay.say(
                new Frame.Goodbye(SessionEndCode.DRAINING, "for ever", Optional.of(Duration.ofMillis(Long.MAX_VALUE))));
        Event.ConnectionChanged offline =
                a.await(Event.ConnectionChanged.class, changed -> changed.state() instanceof ConnectionState.Offline);
        assertThat(((ConnectionState.Offline) offline.state()).retryAt().orElseThrow())
                .isBefore(pki.now().plus(Duration.ofDays(1)));
        a.submit(new Command.RetryNow());
        a.online();
    }

    @Test
    @SuppressWarnings("NullAway") // a fault in the engine's own work, of which none is known
    void saysThatItHasFailedInsteadOfFallingSilent() throws Exception {
        try (TestClient a = online(alice);
                Courier courier = new Courier(a.engine)) {
            a.submit(null);
            a.awaitProblem(ProblemKind.INTERNAL);
            a.await(Event.ConnectionChanged.class, changed -> changed.state() instanceof ConnectionState.Offline);
            assertThat(courier.run(new Command.SendText(a.person(BOB), "lost?"), Duration.ofMillis(1)))
                    .as("what is not stored is not called queued")
                    .isInstanceOf(Dispatch.Failed.class);
        }
    }

    @Test
    void endsWhenItsCertificateIsRevoked() throws Exception {
        TestClient a = online(alice);
        relay.sayGoodbye(SessionEndCode.REVOKED);
        assertThat(awaitEnd(a)).isEqualTo(EndReason.REVOKED);
    }

    @Test
    void endsWhenAnotherProgramTakesItsPlace() throws Exception {
        TestClient a = online(alice);
        relay.sayGoodbye(SessionEndCode.REPLACED);
        assertThat(awaitEnd(a)).isEqualTo(EndReason.REPLACED);
    }

    @Test
    void saysNothingToARelayOfAnotherAuthority() throws Exception {
        relay.close();
        relay = new TestRelay(pki, pki.otherAuthority().server("127.0.0.1"));
        TestClient a = start(alice);
        assertThat(awaitEnd(a)).isEqualTo(EndReason.RELAY_NOT_TRUSTED);
    }

    @Test
    void saysNothingToARelayForAnotherHost() throws Exception {
        relay.close();
        relay = new TestRelay(pki, pki.server("chat.lab.example"));
        TestClient a = start(alice);
        assertThat(awaitEnd(a)).isEqualTo(EndReason.RELAY_NOT_TRUSTED);
    }

    @Test
    void leavesARelayWhoseCertificateIsRevoked() throws Exception {
        relay.close();
        Identity stolen = pki.server("127.0.0.1");
        relay = new TestRelay(pki, stolen);
        relay.publish(pki.revoke(stolen.chain().leaf()));
        TestClient a = start(alice);
        assertThat(awaitEnd(a)).isEqualTo(EndReason.RELAY_NOT_TRUSTED);
    }

    @Test
    void doesNotConnectWithAnExpiredCertificate() throws Exception {
        TestClient a = start(pki.expired(ALICE.value()));
        assertThat(awaitEnd(a)).isEqualTo(EndReason.EXPIRED);
    }

    private static EndReason awaitEnd(TestClient client) throws InterruptedException {
        Event.ConnectionChanged changed =
                client.await(Event.ConnectionChanged.class, event -> event.state() instanceof ConnectionState.Ended);
        return ((ConnectionState.Ended) changed.state()).reason();
    }
}
