package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.AnnouncedCrl;
import org.chancery.protocol.frame.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// How revocation lists come to the client, and what waits for them.
@Timeout(60)
class EngineListsTest {
    private static final String ALICE = "alice@lab.example";
    private static final String BOB = "bob@lab.example";
    private static final ConversationId CONVERSATION = ConversationId.direct(new Address(ALICE), new Address(BOB));

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client(ALICE);
    private final Identity bob = pki.client(BOB);
    private TestRelay relay;

    @BeforeEach
    void startRelay() throws IOException {
        relay = new TestRelay(pki);
        relay.know(alice);
        relay.know(bob);
    }

    @AfterEach
    void stopRelay() throws IOException {
        relay.close();
    }

    private TestClient start(Identity identity) throws Exception {
        return TestClient.start(pki, identity, relay.address(), directory);
    }

    /// Comes and goes, and holds the lists of now.
    private void visit(Identity identity) throws Exception {
        try (TestClient client = start(identity).online()) {
            String to = identity.deviceId().equals(alice.deviceId()) ? BOB : ALICE;
            client.say(to, "visit");
            client.awaitMessage("visit", MessageState.PUBLISHED);
        }
    }

    /// Whatever the client would do by itself meanwhile, with the relay's directory, it has done.
    private static void goToAndFro(TestClient client) throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            String prefix = "x".repeat(i + 1);
            client.engine.submit(new Command.FindPeople(prefix));
            client.await(Event.PeopleFound.class, found -> found.prefix().equals(prefix));
        }
    }

    @Test
    void isNotSentWhatItHolds() throws Exception {
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "first");
            a.awaitMessage("first", MessageState.PUBLISHED);
            assertThat(relay.listed).hasSize(2);
            relay.cutEverybody();
            a.online();
            a.say(BOB, "second");
            a.awaitMessage("second", MessageState.PUBLISHED);
        }
        try (TestClient a = start(alice).online()) { // from its store
            a.say(BOB, "third");
            a.awaitMessage("third", MessageState.PUBLISHED);
        }
        assertThat(relay.listed).hasSize(2);
    }

    @Test
    void sealsNothingBeforeItHasTheListsThatItMissed() throws Exception {
        visit(alice);
        relay.locked(() -> relay.withholds = true);
        relay.publish(pki.revoke(bob.chain().leaf()));
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "to whom?");
            a.awaitMessage("to whom?", MessageState.QUEUED);
            goToAndFro(a);
            assertThat(relay.letters(CONVERSATION)).as("visit").hasSize(1);
            relay.handOutWithheld();
            assertThat(a.awaitFailure().failure().orElseThrow()).contains("revoked");
        }
        assertThat(relay.letters(CONVERSATION)).hasSize(1);
    }

    @Test
    void showsNothingBeforeItHasTheListsThatItMissed() throws Exception {
        visit(bob);
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "from a thief");
            a.awaitMessage("from a thief", MessageState.PUBLISHED);
        }
        relay.locked(() -> relay.withholds = true);
        relay.publish(pki.revoke(
                alice.chain().leaf(),
                RevocationReason.KEY_COMPROMISE,
                Optional.of(pki.now().minus(Duration.ofDays(1)))));
        try (TestClient b = start(bob).online()) {
            goToAndFro(b);
            assertThat(b.texts(ALICE)).containsExactly("visit");
            relay.handOutWithheld();
            assertThat(b.awaitFailure().failure().orElseThrow()).contains("revoked");
            assertThat(b.texts(ALICE)).doesNotContain("from a thief");
        }
    }

    @Test
    void letsListsThatAreUnderWayHoldNothingUp() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            a.say(BOB, "before");
            b.awaitMessage("before", MessageState.RECEIVED);
            relay.locked(() -> relay.withholds = true);
            relay.publish(pki.revoke(pki.client("eve@lab.example").chain().leaf()));
            a.say(BOB, "meanwhile");
            b.awaitMessage("meanwhile", MessageState.RECEIVED);
            b.say(ALICE, "likewise");
            a.awaitMessage("likewise", MessageState.RECEIVED);
            relay.handOutWithheld();
            CrlSet revoking = pki.revoke(alice.chain().leaf());
            relay.locked(() -> relay.withholds = false);
            relay.publish(revoking);
            b.await(
                    Event.ContactsChanged.class,
                    changed -> changed.contacts().stream()
                            .anyMatch(contact ->
                                    contact.address().value().equals(ALICE) && contact.trust() == Trust.REVOKED));
            b.say(ALICE, "too late");
            assertThat(b.awaitFailure().failure().orElseThrow()).contains("revoked");
        }
    }

    @Test
    void leavesARelayThatSendsAnotherListThanItAnnounced() throws Exception {
        Crl announced = pki.issuing().crl(7, pki.now(), Duration.ofDays(7), List.of());
        byte[] other = announced.der();
        other[other.length - 1] ^= 1;
        leaves(announced, new Frame.CrlPart(announced.fingerprint(), 0, ByteBuffer.wrap(other)));
    }

    @Test
    void leavesARelayThatSendsAListThatItDidNotAnnounce() throws Exception {
        Crl announced = pki.issuing().crl(7, pki.now(), Duration.ofDays(7), List.of());
        Crl other = pki.issuing().crl(8, pki.now(), Duration.ofDays(7), List.of());
        leaves(announced, new Frame.CrlPart(other.fingerprint(), 0, other.part(0, other.length())));
    }

    private void leaves(Crl announced, Frame part) throws Exception {
        try (TestClient a = start(alice).online()) {
            goToAndFro(a);
            relay.say(new Frame.CrlsAnnounced(List.of(AnnouncedCrl.of(announced))));
            relay.say(part);
            a.await(
                    Event.ConnectionChanged.class,
                    changed -> changed.state() instanceof ConnectionState.Offline offline
                            && offline.reason().contains("not of the protocol"));
            a.online(); // and looks whether it has come to its senses
            a.say(BOB, "afterwards");
            a.awaitMessage("afterwards", MessageState.PUBLISHED);
        }
    }

    /// What no authority known here signed counts for nothing, and is not asked for again and again.
    @Test
    void takesNoListOfAStranger() throws Exception {
        Crl strangers = pki.otherAuthority().issuing().crl(9, pki.now(), Duration.ofDays(7), List.of());
        relay.publish(CrlSet.of(List.of(strangers)));
        try (TestClient a = start(alice).online()) {
            a.say(BOB, "unjudged");
            a.await(Event.Problem.class, problem -> problem.kind() == ProblemKind.REVOCATION_LIST);
            relay.cutEverybody();
            a.online();
            a.await(Event.Problem.class, problem -> problem.kind() == ProblemKind.REVOCATION_LIST);
            assertThat(relay.listed).containsExactly(strangers);
            assertThat(a.store().crls().all().crls()).isEmpty();
            relay.publish(pki.crls());
            a.awaitMessage("unjudged", MessageState.PUBLISHED);
        }
    }
}
