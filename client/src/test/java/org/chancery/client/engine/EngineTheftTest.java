package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chancery.client.chat.Doubt;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.ProblemKind;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;

/// What becomes of messages whose sender's key turns out to have been stolen.
final class EngineTheftTest extends Lab {
    @Test
    void marksWhatWasReadBeforeAndAfterTheTheft() throws Exception {
        try (TestClient b = online(bob);
                TestClient a = online(alice)) {
            exchange(a, b, "before");
            pki.advance(Duration.ofHours(1));
            Instant theft = pki.now();
            pki.advance(Duration.ofHours(1));
            exchange(a, b, "after");
            pki.advance(Duration.ofHours(1));
            relay.publish(pki.revoke(alice.chain().leaf(), RevocationReason.KEY_COMPROMISE, Optional.of(theft)));
            b.awaitProblem(ProblemKind.KEY_STOLEN);
            assertThat(b.history(ALICE))
                    .extracting(message -> message.standing().doubt())
                    .containsExactly(Optional.of(Doubt.BEFORE_THEFT), Optional.of(Doubt.AFTER_THEFT));
        }
        TestClient b = start(bob);
        assertThat(b.history(ALICE))
                .as("after a restart, before any connection")
                .extracting(message -> message.standing().doubt())
                .containsExactly(Optional.of(Doubt.BEFORE_THEFT), Optional.of(Doubt.AFTER_THEFT));
    }

    @Test
    @Defends(Threat.SIGNED_AFTER_THE_THEFT)
    void refusesALateLetterFromAfterTheTheft() throws Exception {
        relay.know(bob);
        Instant theft = pki.now().plus(Duration.ofMinutes(30));
        try (TestClient a = online(alice)) {
            a.send(BOB, "before");
            pki.advance(Duration.ofHours(1));
            a.send(BOB, "after");
        }
        pki.advance(Duration.ofHours(1));
        relay.publish(pki.revoke(alice.chain().leaf(), RevocationReason.KEY_COMPROMISE, Optional.of(theft)));
        TestClient b = online(bob);
        Message before = b.awaitMessage("before", MessageState.RECEIVED);
        assertThat(before.standing().doubt()).contains(Doubt.BEFORE_THEFT);
        assertThat(b.awaitWhy()).contains("SENDER_REVOKED");
    }

    @Test
    void marksNothingWhereAKeyWasMerelyGivenUp() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "before");
        pki.advance(Duration.ofHours(1));
        relay.publish(pki.revoke(alice.chain().leaf(), RevocationReason.SUPERSEDED, Optional.empty()));
        awaitRevoked(b, ALICE);
        b.barrier();
        assertThat(b.history(ALICE))
                .singleElement()
                .satisfies(message -> assertThat(message.standing().doubt()).isEmpty());
    }
}
