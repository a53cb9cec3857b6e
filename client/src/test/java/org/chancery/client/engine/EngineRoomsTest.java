package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.chat.RoomView;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.Test;

final class EngineRoomsTest extends Lab {
    private final Identity carol = device(CAROL);

    @Test
    void whoIsAskedInIsNotToldOfWhatWasBeforeHoweverManyAnswersThatTakes() throws Exception {
        relay.locked(() -> relay.entriesAtATime = 1);
        TestClient a = online(alice);
        TestClient b = online(bob);
        relay.know(carol);
        ConversationId room = a.createRoom("Incident 42");
        a.change(room, new Act.Invite(CAROL, Role.MEMBER));
        a.change(room, new Act.Remove(CAROL));
        a.change(room, new Act.Invite(BOB, Role.MEMBER));
        b.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
        b.change(room, new Act.Accept());
        b.settle();
        assertThat(b.texts(room)).isNotEmpty().noneMatch(text -> text.contains(CAROL.value()));
    }

    @Test
    void letsTheMembersOfARoomTalk() throws Exception {
        TestClient a = online(alice);
        TestClient b = online(bob);
        TestClient c = online(carol);
        ConversationId room = room(a, b, c);

        a.say(room, "the router is down");

        Message received = b.awaitMessage("the router is down", MessageState.RECEIVED);
        assertThat(received.with()).isEmpty();
        assertThat(received.conversation()).isEqualTo(room);
        c.awaitMessage("the router is down", MessageState.RECEIVED);
        exchange(room, b, c, "on my way");
        a.awaitMessage("on my way", MessageState.RECEIVED);
        for (TestClient client : List.of(a, b, c)) {
            assertThat(client.history(room)).extracting(Message::failure).containsOnly(Optional.empty());
        }
        assertThat(b.awaitRoom(room, view -> view.members().size() == 3).title())
                .isEqualTo("Incident 42");
    }

    @Test
    void sendsNothingToWhoHasNotJoined() throws Exception {
        TestClient a = online(alice);
        TestClient b = online(bob);
        ConversationId room = a.createRoom("Incident 42");
        a.change(room, new Act.Invite(BOB, Role.MEMBER));
        a.send(room, "before");
        b.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
        b.change(room, new Act.Accept());
        a.awaitRoom(room, view -> view.members().size() == 2);
        exchange(room, a, b, "after");
        assertThat(b.texts(room)).doesNotContain("before");
        assertThat(relay.letters(relay.onlyRoom()).getLast().seal().wraps())
                .extracting(wrap -> wrap.device())
                .containsExactlyInAnyOrder(alice.deviceId(), bob.deviceId());
    }

    @Test
    void tellsTheInvitedWhatTheRoomIsCalled() throws Exception {
        TestClient a = online(alice);
        TestClient b = online(bob);
        ConversationId room = a.createRoom("Incident 42");
        a.change(room, new Act.Invite(BOB, Role.MEMBER));
        b.awaitRoom(room, view -> view.title().equals("Incident 42") && view.state() == RoomView.State.INVITED);
    }

    @Test
    void tellsTheInvitedWhoComeLaterWhatTheRoomIsCalled() throws Exception {
        online(bob).close();
        TestClient a = online(alice);
        ConversationId room = a.createRoom("Incident 42");
        a.change(room, new Act.Invite(BOB, Role.MEMBER));
        a.awaitMessage("asks you into the room Incident 42", MessageState.PUBLISHED);
        TestClient b = online(bob);
        b.awaitRoom(room, view -> view.title().equals("Incident 42"));
    }

    @Test
    void sendsNothingToWhoWasRemoved() throws Exception {
        TestClient a = online(alice);
        TestClient b = online(bob);
        ConversationId room = room(a, b);
        a.change(room, new Act.Remove(BOB));
        b.awaitRoom(room, view -> view.state() == RoomView.State.LEFT);
        a.send(room, "alone");
        assertThat(relay.letters(room).getLast().seal().wraps())
                .extracting(wrap -> wrap.device())
                .containsExactly(alice.deviceId());
        b.say(room, "still here?");
        assertThat(b.awaitWhy()).contains("do not belong");
    }

    @Test
    void drawsAnotherKeyWhenSomebodyLeaves() throws Exception {
        TestClient a = online(alice);
        TestClient b = online(bob);
        ConversationId room = room(a, b);
        exchange(room, a, b, "together");
        b.change(room, new Act.Leave());
        a.awaitRoom(room, view -> view.members().size() == 1);
        a.send(room, "alone");
        List<TestRelay.Stored> letters = relay.letters(relay.onlyRoom());
        assertThat(letters.getLast().letter().header().sealId())
                .isNotEqualTo(letters.get(letters.size() - 2).letter().header().sealId());
    }

    @Test
    void signsAnActAnewBehindWhatCameFirst() throws Exception {
        TestClient a = online(alice);
        TestClient b = online(bob);
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

    @Test
    void saysWhyTheRelayDoesNotTakeAnAct() throws Exception {
        TestClient a = online(alice);
        ConversationId room = a.createRoom("Incident 42");
        relay.locked(() -> relay.roomRefusals.add(ProtocolError.NOT_ALLOWED));
        a.submit(room, new Act.Leave());
        Event.RoomActed acted = a.await(Event.RoomActed.class, it -> it.act() instanceof Command.ChangeRoom);
        assertThat(acted.failure().orElseThrow()).contains("NOT_ALLOWED");
    }

    @Test
    void keepsItsRoomsOverARestart() throws Exception {
        ConversationId room;
        try (TestClient a = online(alice);
                TestClient b = online(bob)) {
            room = room(a, b);
            exchange(room, a, b, "one");
        }
        try (TestClient a = online(alice);
                TestClient b = online(bob)) {
            assertThat(b.engine.rooms())
                    .singleElement()
                    .satisfies(view -> assertThat(view.members()).containsOnlyKeys(ALICE, BOB));
            exchange(room, b, a, "two");
        }
    }

    @Test
    @Defends(Threat.MEMBER_NOBODY_LET_IN)
    void doesNotBelieveARecordThatLeavesAnEntryOut() throws Exception {
        TestClient a = online(alice);
        ConversationId room = a.createRoom("Incident 42");
        a.change(room, new Act.Invite(CAROL, Role.MEMBER));
        relay.locked(() -> relay.shown = entries -> entries.subList(0, 1));
        TestClient b = online(bob);
        a.change(room, new Act.Invite(BOB, Role.MEMBER));
        Event.Problem problem = b.awaitProblem(ProblemKind.RELAY_INCONSISTENT);
        assertThat(problem.sentence()).contains("does not show the entries before");
        assertThat(b.engine.rooms()).allSatisfy(view -> assertThat(view.state()).isNotEqualTo(RoomView.State.INVITED));
    }

    @Test
    void takesATitleFromAnOwnerOnly() throws Exception {
        TestClient a = online(alice);
        TestClient b = online(bob);
        ConversationId room = room(a, b);
        b.submit(new Command.NameRoom(room, new Body.Title("Party")));
        a.awaitMessage("calls the room Party", MessageState.RECEIVED);
        b.awaitMessage("calls the room Party", MessageState.PUBLISHED);
        for (TestClient client : List.of(a, b)) {
            client.barrier();
            assertThat(client.engine.rooms()).extracting(RoomView::title).containsExactly("Incident 42");
        }
        a.submit(new Command.NameRoom(room, new Body.Title("Incident 43")));
        b.awaitRoom(room, view -> view.title().equals("Incident 43"));
        a.awaitRoom(room, view -> view.title().equals("Incident 43"));
    }

    @Test
    void doesOnceMoreWhatARestoredRelayHasLost() throws Exception {
        TestClient a = online(alice);
        TestClient b = online(bob);
        ConversationId room = room(a, b);
        exchange(room, a, b, "one");
        int places = relay.places(room);
        a.change(room, new Act.Invite(CAROL, Role.MEMBER));
        b.awaitRoom(room, view -> view.invited().containsKey(CAROL));
        relay.restore(room, places);
        a.await(Event.Problem.class, problem -> problem.sentence().contains("has lost 1 changes"));
        b.await(Event.Problem.class, problem -> problem.sentence().contains("has lost 1 changes"));
        a.awaitRoom(room, view -> view.invited().containsKey(CAROL));
        b.awaitRoom(room, view -> view.invited().containsKey(CAROL));
        exchange(room, b, a, "two");
        assertThat(relay.places(room)).as("with the change and two").isEqualTo(places + 2);
    }

    @Test
    void writesNothingToWhoIsBackByTheRelaysWordAlone() throws Exception {
        TestClient a = online(alice);
        TestClient b = online(bob);
        ConversationId room = room(a, b);
        int places = relay.places(room);
        a.change(room, new Act.Remove(BOB));
        relay.locked(() -> relay.roomRefusals.add(ProtocolError.NOT_ALLOWED)); // of the removal, done once more
        relay.restore(room, places);
        a.await(Event.RoomActed.class, acted -> acted.failure().isPresent());
        a.say(room, "among us");
        assertThat(a.awaitWhy()).contains("has lost that [bob@lab.example]");
        a.change(room, new Act.Remove(BOB));
        a.send(room, "now among us");
    }

    @Test
    void saysWhenARestoredRelayHasLostTheRoom() throws Exception {
        try (TestClient a = online(alice)) {
            ConversationId room = a.createRoom("Incident 42");
            relay.restore(room, 0);
            a.await(Event.Problem.class, problem -> problem.sentence().contains("has lost the room Incident 42"));
            while (!a.engine.rooms().isEmpty()) {
                a.await(Event.RoomsChanged.class, _ -> true);
            }
        }
        try (TestClient a = online(alice)) {
            assertThat(a.engine.rooms()).isEmpty();
        }
    }

    /// Who has taken part in a room for a while has a record that a guest has to ask for.
    @Test
    void anInvitationIsNotLostWhileTheRelayIsBusy() throws Exception {
        TestClient a = online(alice);
        TestClient b = online(bob);
        ConversationId room = room(a, b);
        a.change(room, new Act.Remove(BOB));
        Identity carol = pki.client("carol@lab.example");
        TestClient c = online(carol);
        relay.locked(() -> relay.busy = true);
        a.change(room, new Act.Invite(carol.address(), Role.MEMBER));

        c.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
        relay.locked(() -> assertThat(relay.busy).as("it was asked").isFalse());
    }
}
