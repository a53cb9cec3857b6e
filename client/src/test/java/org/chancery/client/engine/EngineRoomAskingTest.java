package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.chancery.client.store.Missing;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.content.MessageReference;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Letters of a room, asked for again: by those who were there, and by one who was not.
class EngineRoomAskingTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final Address CAROL = new Address("carol@lab.example");

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client(ALICE.value());
    private final Identity bob = pki.client(BOB.value());
    private final Identity carol = pki.client(CAROL.value());
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

    private static void join(ConversationId room, TestClient owner, TestClient guest, Address address)
            throws InterruptedException {
        owner.change(room, new Act.Invite(address, Role.MEMBER));
        guest.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
        guest.change(room, new Act.Accept());
        owner.awaitRoom(room, view -> view.members().containsKey(address));
    }

    /// Alice says something that reaches nobody.
    private Message lost(TestClient a, ConversationId room, String text) throws InterruptedException {
        relay.locked(() -> relay.distortion = _ -> Optional.empty());
        a.say(room, text);
        Message lost = a.awaitMessage(text, MessageState.PUBLISHED);
        long place = lost.sequence().orElseThrow();
        relay.locked(() ->
                relay.distortion = deliver -> deliver.sequence() == place ? Optional.empty() : Optional.of(deliver));
        return lost;
    }

    private static Message note(TestClient client) throws InterruptedException {
        return client.await(
                        Event.MessageStored.class,
                        event -> event.message().failure().orElse("").startsWith("a message of alice"))
                .message();
    }

    @Test
    void oneAnswerIsEnoughForAll() throws Exception {
        try (TestClient a = start(alice);
                TestClient b = start(bob);
                TestClient c = start(carol)) {
            ConversationId room = a.createRoom("Incident 42");
            join(room, a, b, BOB);
            join(room, a, c, CAROL);
            a.say(room, "one");
            b.awaitMessage("one", MessageState.RECEIVED);
            c.awaitMessage("one", MessageState.RECEIVED);
            lost(a, room, "two");
            a.say(room, "three");
            Message missedByBob = note(b);
            Message missedByCarol = note(c);
            c.awaitMessage("three", MessageState.RECEIVED);
            int before = relay.letters(room).size();
            b.engine.submit(new Command.AskAgain(missedByBob.id()));
            c.engine.submit(new Command.AskAgain(missedByCarol.id()));
            b.awaitMessage("two", MessageState.RECEIVED);
            c.awaitMessage("two", MessageState.RECEIVED);
            c.say(room, "thank you");
            a.awaitMessage("thank you", MessageState.RECEIVED);
            assertThat(relay.letters(room)).hasSize(before + 4);
        }
    }

    @Test
    void nobodyIsHandedWhatWasSaidBeforeTheyCame() throws Exception {
        try (TestClient a = start(alice);
                TestClient b = start(bob);
                TestClient c = start(carol)) {
            ConversationId room = a.createRoom("Incident 42");
            join(room, a, b, BOB);
            a.say(room, "not for carol");
            long secret =
                    a.awaitMessage("not for carol", MessageState.PUBLISHED).id();
            b.awaitMessage("not for carol", MessageState.RECEIVED);
            join(room, a, c, CAROL);
            a.say(room, "welcome");
            c.awaitMessage("welcome", MessageState.RECEIVED);
            claim(c, room, 1_000, reference(a, secret));
            c.engine.submit(new Command.AskAgain(1_000));
            for (String text : List.of("first", "second", "third")) {
                Message lost = lost(a, room, text);
                claim(c, room, 2_000 + lost.id(), reference(a, lost.id()));
                c.engine.submit(new Command.AskAgain(2_000 + lost.id()));
                c.awaitMessage(text, MessageState.RECEIVED);
            }
            assertThat(c.engine.messages(Party.room(room), 100))
                    .extracting(Message::text)
                    .contains("first", "second", "third")
                    .doesNotContain("not for carol");
        }
    }

    /// Alice hands on what was said before carol came, as if it had been said since.
    @Test
    @Defends(Threat.HANDED_ON_AS_ANOTHERS)
    void whatWasSaidBeforeOneCameIsNotBelieved() throws Exception {
        try (TestClient a = start(alice);
                TestClient c = start(carol)) {
            ConversationId room = a.createRoom("Incident 42");
            a.say(room, "not for carol");
            long secret =
                    a.awaitMessage("not for carol", MessageState.PUBLISHED).id();
            join(room, a, c, CAROL);
            a.say(room, "welcome");
            c.awaitMessage("welcome", MessageState.RECEIVED);
            Message lost = lost(a, room, "lost");
            StoredLine line = a.store.history().find(lost.id()).orElseThrow();
            a.store
                    .history()
                    .addEvidence(line, a.store.history().evidence(secret).orElseThrow());
            claim(c, room, 1_000, reference(a, lost.id()));
            c.engine.submit(new Command.AskAgain(1_000));
            assertThat(c.await(
                                    Event.MessageStored.class,
                                    event -> event.message().failure().isPresent())
                            .message()
                            .failure()
                            .orElseThrow())
                    .contains("hands on")
                    .contains("MEMBERSHIP_MISMATCH");
        }
    }

    /// Alice hands on what she wrote to carol alone, as if it had been said in the room.
    @Test
    void whatWasSaidElsewhereIsNotTakenForWhatIsMissing() throws Exception {
        try (TestClient a = start(alice);
                TestClient c = start(carol)) {
            a.say(CAROL.value(), "between us");
            long elsewhere =
                    a.awaitMessage("between us", MessageState.PUBLISHED).id();
            c.awaitMessage("between us", MessageState.RECEIVED);
            ConversationId room = a.createRoom("Incident 42");
            join(room, a, c, CAROL);
            Message lost = lost(a, room, "lost");
            StoredLine line = a.store.history().find(lost.id()).orElseThrow();
            a.store
                    .history()
                    .addEvidence(line, a.store.history().evidence(elsewhere).orElseThrow());
            claim(c, room, 1_000, reference(a, lost.id()));
            c.engine.submit(new Command.AskAgain(1_000));
            assertThat(c.await(
                                    Event.MessageStored.class,
                                    event -> event.message().failure().isPresent())
                            .message()
                            .failure()
                            .orElseThrow())
                    .contains("RESEND_ELSEWHERE");
        }
    }

    /// What is handed on in a room is sealed to all who belong to it now.
    @Test
    void whoCameLaterIsNotSealedWhatOthersAskFor() throws Exception {
        try (TestClient a = start(alice);
                TestClient b = start(bob);
                TestClient c = start(carol)) {
            ConversationId room = a.createRoom("Incident 42");
            join(room, a, b, BOB);
            lost(a, room, "not for carol");
            a.say(room, "so that bob misses it");
            Message missed = note(b);
            join(room, a, c, CAROL);
            b.awaitRoom(room, view -> view.members().containsKey(CAROL));
            int before = relay.letters(room).size();
            b.engine.submit(new Command.AskAgain(missed.id()));
            b.awaitMessage("not for carol", MessageState.RECEIVED);
            assertThat(relay.letters(room)).as("the question alone").hasSize(before + 1);
            assertThat(relay.letters(ConversationId.direct(ALICE, BOB)))
                    .as("the invitation, and the answer")
                    .hasSize(2);
            a.say(room, "last");
            c.awaitMessage("last", MessageState.RECEIVED);
            assertThat(c.engine.messages(Party.room(room), 100))
                    .noneMatch(message -> message.failure().isPresent());
        }
    }

    /// The author has left: somebody else who was there answers, and nobody but that one.
    @Test
    void anotherAnswersForWhoHasLeft() throws Exception {
        Address dave = new Address("dave@lab.example");
        try (TestClient a = start(alice);
                TestClient b = start(bob);
                TestClient d = start(pki.client(dave.value()))) {
            ConversationId room = a.createRoom("Incident 42");
            a.change(room, new Act.Invite(BOB, Role.OWNER));
            b.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
            b.change(room, new Act.Accept());
            join(room, a, d, dave);
            a.say(room, "not for carol");
            long id = a.awaitMessage("not for carol", MessageState.PUBLISHED).id();
            b.awaitMessage("not for carol", MessageState.RECEIVED);
            d.awaitMessage("not for carol", MessageState.RECEIVED);
            a.change(room, new Act.Leave());
            b.awaitRoom(room, view -> !view.members().containsKey(ALICE));
            try (TestClient c = start(carol)) {
                join(room, b, c, CAROL);
                d.awaitRoom(room, view -> view.members().containsKey(CAROL));
                claim(d, room, 1_000, reference(a, id));
                d.engine.submit(new Command.AskAgain(1_000));
                while (relay.letters(ConversationId.direct(BOB, dave)).isEmpty()) {
                    assertThat(relay.acknowledged.poll(20, TimeUnit.SECONDS)).isNotNull();
                }
            }
        }
    }

    private static MessageReference reference(TestClient client, long message) throws Exception {
        return client.store.history().find(message).orElseThrow().reference().orElseThrow();
    }

    /// Says that a letter is missing.
    private static void claim(TestClient client, ConversationId room, long line, MessageReference letter)
            throws Exception {
        client.store
                .missing()
                .put(new Missing(
                        line,
                        Party.room(room),
                        ALICE,
                        letter.device(),
                        letter.chain(),
                        letter.counter(),
                        1,
                        List.of(new Missing.Range(letter.counter(), 1))));
    }
}
