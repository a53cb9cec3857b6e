package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.chancery.client.store.Handover;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a new device gets of what was said before it was there.
@Timeout(60)
class EngineHistoryTest {
    private static final String ALICE = "alice@lab.example";
    private static final String BOB = "bob@lab.example";
    private static final String CAROL = "carol@lab.example";

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client(ALICE);
    private final Identity phone = pki.client(ALICE);
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
        return TestClient.start(pki, identity, relay.address(), directory);
    }

    private static void exchange(TestClient from, TestClient to, String address, String text) throws Exception {
        from.say(address, text);
        from.awaitMessage(text, MessageState.PUBLISHED);
        to.awaitMessage(text, MessageState.RECEIVED);
    }

    /// The phone waits, and alice's laptop lets it join.
    private void approve(TestClient a, TestClient p) throws Exception {
        p.await(Event.OwnDevicesChanged.class, event -> event.devices().standing() == DeviceStanding.WAITING);
        a.await(
                Event.OwnDevicesChanged.class,
                event -> !event.devices().waiting().isEmpty());
        Command.DeviceAct approve = new Command.ApproveDevice(phone.deviceId());
        a.engine.submit(approve);
        assertThat(a.await(Event.DeviceActed.class, acted -> acted.act().equals(approve))
                        .failure())
                .isEmpty();
    }

    private int handOver(TestClient a) throws Exception {
        a.engine.submit(new Command.HandOver(phone.deviceId()));
        return a.await(Event.HistoryHandedOver.class, Event.HistoryHandedOver::done)
                .letters();
    }

    private static List<Message> texts(TestClient client, String with) {
        return client.history(with).stream()
                .filter(message -> message.body().orElse(null) instanceof Body.Text)
                .toList();
    }

    @Test
    void aNewDeviceHasWhatWasSaidInItsOrderAndBeforeWhatItGetsItself() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            exchange(a, b, BOB, "one");
            exchange(b, a, ALICE, "two");
            exchange(a, b, BOB, "three");
            a.engine.submit(new Command.Edit(texts(a, BOB).getFirst().id(), "uno"));
            b.awaitMessage("uno", MessageState.RECEIVED);
            b.engine.submit(new Command.React(texts(b, ALICE).getFirst().id(), "\uD83D\uDC4D", false));
            a.await(
                    Event.MessageChanged.class,
                    event -> !event.message().standing().reactions().isEmpty());
            exchange(a, b, BOB, "not for long");
            a.engine.submit(new Command.Delete(texts(a, BOB).getLast().id()));
            b.await(
                    Event.MessageChanged.class,
                    event -> event.message().standing().deleted());
            try (TestClient p = start(phone).online()) {
                approve(a, p);
                exchange(b, p, ALICE, "live");
                assertThat(handOver(a)).isPositive();
                p.awaitAll(BOB, "uno", "two", "three", "live");
                assertThat(texts(p, BOB).stream().map(Message::text)).containsExactly("uno", "two", "three", "live");
                Message first = texts(p, BOB).getFirst();
                assertThat(first.standing().edited()).isTrue();
                assertThat(first.standing().reactions()).hasSize(1);
                assertThat(first.mine()).isTrue();
                assertThat(p.engine.messages(p.engine.person(new Address(BOB)), 100))
                        .noneMatch(message -> message.text().contains("not for long")
                                || message.failure().isPresent());
                assertThat(p.engine.contacts().stream()
                                .filter(contact -> contact.address().equals(new Address(BOB)))
                                .map(Contact::unread))
                        .as("what came before it was there counts as read")
                        .containsExactly(1);
            }
        }
    }

    @Test
    void isVerifiedByWhatItsAuthorsSigned() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            exchange(b, a, ALICE, "true");
            exchange(b, a, ALICE, "false");
            Message last = texts(a, BOB).getLast();
            byte[] signed = a.store.history().evidence(last.id()).orElseThrow();
            signed[signed.length - 1] ^= 1;
            a.store.history().addEvidence(a.store.history().find(last.id()).orElseThrow(), signed);
            try (TestClient p = start(phone).online()) {
                approve(a, p);
                handOver(a);
                p.await(
                        Event.Problem.class,
                        problem -> problem.sentence().startsWith("1 messages of your history cannot be verified"));
                assertThat(texts(p, BOB).stream().map(Message::text)).containsExactly("true");
            }
        }
    }

    @Test
    void leavesOutWhoIsBlockedAndWhatIsOld() throws Exception {
        Identity carol = pki.client(CAROL);
        try (TestClient b = start(bob).online();
                TestClient c = start(carol).online();
                TestClient a = start(alice).online()) {
            exchange(b, a, ALICE, "old");
            exchange(c, a, ALICE, "unwanted");
            a.engine.submit(new Command.Block(new Address(CAROL), true));
            a.await(Event.BlockingChanged.class, _ -> true);
            pki.advance(Duration.ofMinutes(2));
            exchange(b, a, ALICE, "new");
            try (TestClient p = start(phone).online()) {
                approve(a, p);
                Instant since = pki.now().minus(Duration.ofMinutes(1));
                long all = a.store.history().newest() + 1;
                a.store.handovers().put(new Handover(phone.deviceId(), all, since, 0, 0));
                a.say(BOB, "wakes the engine");
                assertThat(a.await(Event.HistoryHandedOver.class, Event.HistoryHandedOver::done)
                                .letters())
                        .isEqualTo(1);
                p.awaitAll(BOB, "new");
                assertThat(texts(p, BOB)).extracting(Message::text).doesNotContain("old");
                assertThat(texts(p, CAROL)).isEmpty();
            }
        }
    }

    @Test
    void inRoomsItIsWhatTheOwnerWasAMemberFor() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            ConversationId room = b.createRoom("Incident 42");
            b.say(room, "before alice");
            b.awaitMessage("before alice", MessageState.PUBLISHED);
            b.change(room, new Act.Invite(new Address(ALICE), Role.MEMBER));
            a.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
            a.change(room, new Act.Accept());
            b.awaitRoom(room, view -> view.members().size() == 2);
            b.say(room, "with alice");
            a.awaitMessage("with alice", MessageState.RECEIVED);
            try (TestClient p = start(phone).online()) {
                approve(a, p);
                handOver(a);
                p.awaitMessage("with alice", MessageState.RECEIVED);
                assertThat(p.engine.messages(Party.room(room), 100))
                        .filteredOn(message -> message.body().orElse(null) instanceof Body.Text)
                        .extracting(Message::text)
                        .containsExactly("with alice");
            }
        }
    }

    @Test
    void goesOnAfterTheConnectionWasLost() throws Exception {
        try (TestClient b = start(bob).online()) {
            TestClient before = start(alice).online();
            for (int i = 0; i < 30; i++) {
                exchange(before, b, BOB, "line " + i + " " + "x".repeat(20_000));
            }
            try (TestClient p = start(phone).online()) {
                try (before) {
                    approve(before, p);
                    before.engine.submit(new Command.HandOver(phone.deviceId()));
                    before.await(Event.HistoryHandedOver.class, event -> !event.done());
                }
                relay.cutEverybody();
                try (TestClient a = start(alice).online()) {
                    a.await(Event.HistoryHandedOver.class, Event.HistoryHandedOver::done);
                    p.awaitAll(BOB, "line 0 " + "x".repeat(20_000), "line 29 " + "x".repeat(20_000));
                    assertThat(texts(p, BOB)).hasSize(30);
                }
            }
        }
    }
}
