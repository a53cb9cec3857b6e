package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EngineRoomsTest {
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

    @Test
    void whoIsAskedInIsNotToldOfWhatWasBeforeHoweverManyAnswersThatTakes() throws Exception {
        relay.locked(() -> relay.entriesAtATime = 1);
        try (TestClient a = start(alice);
                TestClient b = start(bob)) {
            relay.know(carol);
            ConversationId room = a.createRoom("Incident 42");
            a.change(room, new Act.Invite(CAROL, Role.MEMBER));
            a.change(room, new Act.Remove(CAROL));
            a.change(room, new Act.Invite(BOB, Role.MEMBER));
            b.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
            assertThat(b.engine.messages(Party.room(room), 100))
                    .extracting(Message::text)
                    .noneMatch(text -> text.contains(CAROL.value()));
        }
    }

    @Test
    void letsTheMembersOfARoomTalk() throws Exception {
        try (TestClient a = start(alice);
                TestClient b = start(bob);
                TestClient c = start(carol)) {
            ConversationId room = a.createRoom("Incident 42");
            a.change(room, new Act.Invite(BOB, Role.MEMBER));
            a.change(room, new Act.Invite(CAROL, Role.MEMBER));
            b.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
            b.change(room, new Act.Accept());
            c.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
            c.change(room, new Act.Accept());
            a.awaitRoom(room, view -> view.members().size() == 3);

            a.say(room, "the router is down");

            Message received = b.awaitMessage("the router is down", MessageState.RECEIVED);
            assertThat(received.with()).isEmpty();
            assertThat(received.conversation()).isEqualTo(room);
            c.awaitMessage("the router is down", MessageState.RECEIVED);
            b.say(room, "on my way");
            c.awaitMessage("on my way", MessageState.RECEIVED);
            a.awaitMessage("on my way", MessageState.RECEIVED);
            for (TestClient client : List.of(a, b, c)) {
                assertThat(client.engine.messages(Party.room(room), 100))
                        .extracting(Message::failure)
                        .containsOnly(Optional.empty());
            }
            assertThat(b.awaitRoom(room, view -> view.members().size() == 3).title())
                    .isEqualTo("Incident 42");
        }
    }

    @Test
    void sendsNothingToWhoHasNotJoined() throws Exception {
        try (TestClient a = start(alice);
                TestClient b = start(bob)) {
            ConversationId room = a.createRoom("Incident 42");
            a.change(room, new Act.Invite(BOB, Role.MEMBER));
            a.say(room, "before");
            a.awaitMessage("before", MessageState.PUBLISHED);
            b.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
            b.change(room, new Act.Accept());
            a.awaitRoom(room, view -> view.members().size() == 2);
            a.say(room, "after");
            b.awaitMessage("after", MessageState.RECEIVED);
            assertThat(b.engine.messages(Party.room(room), 100))
                    .extracting(Message::text)
                    .doesNotContain("before");
        }
        assertThat(relay.letters(relay.onlyRoom()).getLast().seal().wraps())
                .extracting(wrap -> wrap.device())
                .containsExactlyInAnyOrder(alice.deviceId(), bob.deviceId());
    }

    @Test
    void tellsTheInvitedWhatTheRoomIsCalled() throws Exception {
        try (TestClient a = start(alice);
                TestClient b = start(bob)) {
            ConversationId room = a.createRoom("Incident 42");
            a.change(room, new Act.Invite(BOB, Role.MEMBER));
            b.awaitRoom(room, view -> view.title().equals("Incident 42") && view.state() == RoomView.State.INVITED);
        }
    }

    @Test
    void tellsTheInvitedWhoComeLaterWhatTheRoomIsCalled() throws Exception {
        start(bob).close();
        try (TestClient a = start(alice)) {
            ConversationId room = a.createRoom("Incident 42");
            a.change(room, new Act.Invite(BOB, Role.MEMBER));
            a.awaitMessage("asks you into the room Incident 42", MessageState.PUBLISHED);
            try (TestClient b = start(bob)) {
                b.awaitRoom(room, view -> view.title().equals("Incident 42"));
            }
        }
    }

    @Test
    void sendsNothingToWhoWasRemoved() throws Exception {
        try (TestClient a = start(alice);
                TestClient b = start(bob)) {
            ConversationId room = joined(a, b);
            a.change(room, new Act.Remove(BOB));
            b.awaitRoom(room, view -> view.state() == RoomView.State.LEFT);
            a.say(room, "alone");
            a.awaitMessage("alone", MessageState.PUBLISHED);
            assertThat(relay.letters(room).getLast().seal().wraps())
                    .extracting(wrap -> wrap.device())
                    .containsExactly(alice.deviceId());
            b.say(room, "still here?");
            assertThat(b.awaitFailure().failure().orElseThrow()).contains("do not belong");
        }
    }

    @Test
    void drawsAnotherKeyWhenSomebodyLeaves() throws Exception {
        try (TestClient a = start(alice);
                TestClient b = start(bob)) {
            ConversationId room = joined(a, b);
            a.say(room, "together");
            b.awaitMessage("together", MessageState.RECEIVED);
            b.change(room, new Act.Leave());
            a.awaitRoom(room, view -> view.members().size() == 1);
            a.say(room, "alone");
            a.awaitMessage("alone", MessageState.PUBLISHED);
        }
        List<TestRelay.Stored> letters = relay.letters(relay.onlyRoom());
        assertThat(letters.getLast().letter().header().sealId())
                .isNotEqualTo(letters.get(letters.size() - 2).letter().header().sealId());
    }

    @Test
    void signsAnActAnewBehindWhatCameFirst() throws Exception {
        try (TestClient a = start(alice);
                TestClient b = start(bob)) {
            ConversationId room = a.createRoom("Incident 42");
            a.change(room, new Act.Invite(BOB, Role.OWNER));
            b.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
            b.change(room, new Act.Accept());
            // The relay has taken Bob's entry first, and says so before Alice has seen it.
            relay.locked(() -> relay.roomRefusals.add(ProtocolError.STALE));
            a.submit(room, new Act.Invite(CAROL, Role.MEMBER));
            b.change(room, new Act.Invite(new Address("dave@lab.example"), Role.MEMBER));
            a.awaitRoom(room, view -> view.invited().size() == 2);
        }
    }

    @Test
    void saysWhyTheRelayDoesNotTakeAnAct() throws Exception {
        try (TestClient a = start(alice)) {
            ConversationId room = a.createRoom("Incident 42");
            relay.locked(() -> relay.roomRefusals.add(ProtocolError.NOT_ALLOWED));
            a.submit(room, new Act.Leave());
            Event.RoomActed acted = a.await(Event.RoomActed.class, it -> it.act() instanceof Command.ChangeRoom);
            assertThat(acted.failure().orElseThrow()).contains("NOT_ALLOWED");
        }
    }

    @Test
    void keepsItsRoomsOverARestart() throws Exception {
        ConversationId room;
        try (TestClient a = start(alice);
                TestClient b = start(bob)) {
            room = joined(a, b);
            a.say(room, "one");
            b.awaitMessage("one", MessageState.RECEIVED);
        }
        try (TestClient a = start(alice);
                TestClient b = start(bob)) {
            assertThat(b.engine.rooms())
                    .singleElement()
                    .satisfies(view -> assertThat(view.members()).containsOnlyKeys(ALICE, BOB));
            b.say(room, "two");
            a.awaitMessage("two", MessageState.RECEIVED);
        }
    }

    @Test
    @Defends(Threat.MEMBER_NOBODY_LET_IN)
    void doesNotBelieveARecordThatLeavesAnEntryOut() throws Exception {
        try (TestClient a = start(alice)) {
            ConversationId room = a.createRoom("Incident 42");
            a.change(room, new Act.Invite(CAROL, Role.MEMBER));
            relay.locked(() -> relay.shown = entries -> entries.subList(0, 1));
            try (TestClient b = start(bob)) {
                a.change(room, new Act.Invite(BOB, Role.MEMBER));
                Event.Problem problem = b.await(Event.Problem.class, it -> it.kind() == ProblemKind.RELAY_INCONSISTENT);
                assertThat(problem.sentence()).contains("does not show the entries before");
                assertThat(b.engine.rooms())
                        .allSatisfy(view -> assertThat(view.state()).isNotEqualTo(RoomView.State.INVITED));
            }
        }
    }

    @Test
    void takesATitleFromAnOwnerOnly() throws Exception {
        try (TestClient a = start(alice);
                TestClient b = start(bob)) {
            ConversationId room = joined(a, b);
            b.engine.submit(new Command.NameRoom(room, new Body.Title("Party")));
            a.awaitMessage("calls the room Party", MessageState.RECEIVED);
            a.engine.submit(new Command.NameRoom(room, new Body.Title("Incident 43")));
            b.awaitRoom(room, view -> view.title().equals("Incident 43"));
            a.awaitRoom(room, view -> view.title().equals("Incident 43"));
        }
    }

    @Test
    void doesOnceMoreWhatARestoredRelayHasLost() throws Exception {
        try (TestClient a = start(alice);
                TestClient b = start(bob)) {
            ConversationId room = joined(a, b);
            a.say(room, "one");
            b.awaitMessage("one", MessageState.RECEIVED);
            int places = relay.places(room);
            a.change(room, new Act.Invite(CAROL, Role.MEMBER));
            b.awaitRoom(room, view -> view.invited().containsKey(CAROL));
            relay.restore(room, places);
            a.await(Event.Problem.class, problem -> problem.sentence().contains("has lost 1 changes"));
            b.await(Event.Problem.class, problem -> problem.sentence().contains("has lost 1 changes"));
            a.awaitRoom(room, view -> view.invited().containsKey(CAROL));
            b.awaitRoom(room, view -> view.invited().containsKey(CAROL));
            b.say(room, "two");
            a.awaitMessage("two", MessageState.RECEIVED);
        }
    }

    @Test
    void writesNothingToWhoIsBackByTheRelaysWordAlone() throws Exception {
        try (TestClient a = start(alice);
                TestClient b = start(bob)) {
            ConversationId room = joined(a, b);
            int places = relay.places(room);
            a.change(room, new Act.Remove(BOB));
            relay.locked(() -> relay.roomRefusals.add(ProtocolError.NOT_ALLOWED)); // of the removal, done once more
            relay.restore(room, places);
            a.await(Event.RoomActed.class, acted -> acted.failure().isPresent());
            a.say(room, "among us");
            assertThat(a.awaitFailure().failure().orElseThrow()).contains("has lost that [bob@lab.example]");
            a.change(room, new Act.Remove(BOB));
            a.say(room, "now among us");
            a.awaitMessage("now among us", MessageState.PUBLISHED);
        }
    }

    @Test
    void saysWhenARestoredRelayHasLostTheRoom() throws Exception {
        try (TestClient a = start(alice)) {
            ConversationId room = a.createRoom("Incident 42");
            relay.restore(room, 0);
            a.await(Event.Problem.class, problem -> problem.sentence().contains("has lost the room Incident 42"));
            while (!a.engine.rooms().isEmpty()) {
                a.await(Event.RoomsChanged.class, _ -> true);
            }
        }
        try (TestClient a = start(alice)) {
            assertThat(a.engine.rooms()).isEmpty();
        }
    }

    private static ConversationId joined(TestClient a, TestClient b) throws InterruptedException {
        ConversationId room = a.createRoom("Incident 42");
        a.change(room, new Act.Invite(BOB, Role.MEMBER));
        b.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
        b.change(room, new Act.Accept());
        a.awaitRoom(room, view -> view.members().size() == 2);
        return room;
    }
}
