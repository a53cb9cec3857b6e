package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of messages whose sender's key turns out to have been stolen.
@Timeout(60)
class EngineTheftTest {
    private static final String ALICE = "alice@lab.example";
    private static final String BOB = "bob@lab.example";

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client(ALICE);
    private final Identity bob = pki.client(BOB);
    private TestRelay relay;

    @BeforeEach
    void startRelay() throws IOException {
        relay = new TestRelay(pki);
    }

    @AfterEach
    void stopRelay() throws IOException {
        relay.close();
    }

    private TestClient start(Identity identity) throws Exception {
        return TestClient.start(pki, identity, relay.address(), directory).online();
    }

    @Test
    void marksWhatWasReadBeforeAndAfterTheTheft() throws Exception {
        try (TestClient b = start(bob);
                TestClient a = start(alice)) {
            a.say(BOB, "before");
            b.awaitMessage("before", MessageState.RECEIVED);
            pki.advance(Duration.ofHours(1));
            Instant theft = pki.now();
            pki.advance(Duration.ofHours(1));
            a.say(BOB, "after");
            b.awaitMessage("after", MessageState.RECEIVED);
            pki.advance(Duration.ofHours(1));
            relay.publish(pki.revoke(alice.chain().leaf(), RevocationReason.KEY_COMPROMISE, Optional.of(theft)));
            b.await(Event.Problem.class, problem -> problem.kind() == ProblemKind.KEY_STOLEN);
            assertThat(b.history(ALICE))
                    .extracting(message -> message.standing().doubt())
                    .containsExactly(Optional.of(Doubt.BEFORE_THEFT), Optional.of(Doubt.AFTER_THEFT));
        }
        try (TestClient b = TestClient.start(pki, bob, relay.address(), directory)) {
            assertThat(b.history(ALICE))
                    .as("after a restart, before any connection")
                    .extracting(message -> message.standing().doubt())
                    .containsExactly(Optional.of(Doubt.BEFORE_THEFT), Optional.of(Doubt.AFTER_THEFT));
        }
    }

    @Test
    @Defends(Threat.SIGNED_AFTER_THE_THEFT)
    void refusesALateLetterFromAfterTheTheft() throws Exception {
        relay.know(bob);
        Instant theft = pki.now().plus(Duration.ofMinutes(30));
        try (TestClient a = start(alice)) {
            a.say(BOB, "before");
            a.awaitMessage("before", MessageState.PUBLISHED);
            pki.advance(Duration.ofHours(1));
            a.say(BOB, "after");
            a.awaitMessage("after", MessageState.PUBLISHED);
        }
        pki.advance(Duration.ofHours(1));
        relay.publish(pki.revoke(alice.chain().leaf(), RevocationReason.KEY_COMPROMISE, Optional.of(theft)));
        try (TestClient b = start(bob)) {
            Message before = b.awaitMessage("before", MessageState.RECEIVED);
            assertThat(before.standing().doubt()).contains(Doubt.BEFORE_THEFT);
            assertThat(b.awaitFailure().failure().orElseThrow()).contains("SENDER_REVOKED");
        }
    }

    @Test
    void marksNothingWhereAKeyWasMerelyGivenUp() throws Exception {
        try (TestClient b = start(bob);
                TestClient a = start(alice)) {
            a.say(BOB, "before");
            b.awaitMessage("before", MessageState.RECEIVED);
            pki.advance(Duration.ofHours(1));
            relay.publish(pki.revoke(alice.chain().leaf(), RevocationReason.SUPERSEDED, Optional.empty()));
            b.await(
                    Event.ContactsChanged.class,
                    changed -> changed.contacts().stream().anyMatch(contact -> contact.trust() == Trust.REVOKED));
            assertThat(b.history(ALICE))
                    .singleElement()
                    .satisfies(message -> assertThat(message.standing().doubt()).isEmpty());
        }
    }
}
