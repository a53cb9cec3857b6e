package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.chat.RoomView;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.testing.TestAuthority;
import org.chancery.protocol.frame.AnnouncedCrl;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// How revocation lists come to the client, and what waits for them.
final class EngineListsTest extends Lab {
    @BeforeEach
    void know() {
        relay.know(alice);
        relay.know(bob);
    }

    /// Comes and goes, and holds the lists of now.
    private void visit(Identity identity) throws Exception {
        try (TestClient client = online(identity)) {
            client.send(client.address.equals(ALICE) ? BOB : ALICE, "visit");
        }
    }

    @Test
    void isNotSentWhatItHolds() throws Exception {
        try (TestClient a = online(alice)) {
            a.send(BOB, "first");
            assertThat(relay.listed).hasSize(2);
            relay.cutEverybody();
            a.online();
            a.send(BOB, "second");
        }
        try (TestClient a = online(alice)) { // from its store
            a.send(BOB, "third");
        }
        assertThat(relay.listed).hasSize(2);
    }

    @Test
    void sealsNothingBeforeItHasTheListsThatItMissed() throws Exception {
        visit(alice);
        relay.locked(() -> relay.withholds = true);
        relay.publish(pki.revoke(bob.chain().leaf()));
        TestClient a = online(alice);
        a.say(BOB, "to whom?");
        a.awaitMessage("to whom?", MessageState.QUEUED);
        a.settle();
        assertThat(relay.letters(CONVERSATION)).as("visit").hasSize(1);
        relay.handOutWithheld();
        assertThat(a.awaitWhy()).contains("revoked");
        assertThat(relay.letters(CONVERSATION)).hasSize(1);
    }

    @Test
    void showsNothingBeforeItHasTheListsThatItMissed() throws Exception {
        visit(bob);
        try (TestClient a = online(alice)) {
            a.send(BOB, "from a thief");
        }
        relay.locked(() -> relay.withholds = true);
        relay.publish(pki.revoke(
                alice.chain().leaf(),
                RevocationReason.KEY_COMPROMISE,
                Optional.of(pki.now().minus(Duration.ofDays(1)))));
        TestClient b = online(bob);
        b.settle();
        assertThat(b.texts(ALICE)).containsExactly("visit");
        relay.handOutWithheld();
        assertThat(b.awaitWhy()).contains("revoked");
        assertThat(b.texts(ALICE)).doesNotContain("from a thief");
    }

    @Test
    void letsListsThatAreUnderWayHoldNothingUp() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "before");
        relay.locked(() -> relay.withholds = true);
        relay.publish(pki.revoke(pki.client("eve@lab.example").chain().leaf()));
        exchange(a, b, "meanwhile");
        exchange(b, a, "likewise");
        relay.handOutWithheld();
        CrlSet revoking = pki.revoke(alice.chain().leaf());
        relay.locked(() -> relay.withholds = false);
        relay.publish(revoking);
        awaitRevoked(b, ALICE);
        b.say(ALICE, "too late");
        assertThat(b.awaitWhy()).contains("revoked");
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
        TestClient a = online(alice);
        a.settle();
        relay.say(new Frame.CrlsAnnounced(List.of(AnnouncedCrl.of(announced))));
        relay.say(part);
        a.await(
                Event.ConnectionChanged.class,
                changed -> changed.state() instanceof ConnectionState.Offline offline
                        && offline.reason().contains("not of the protocol"));
        a.online(); // and looks whether it has come to its senses
        a.send(BOB, "afterwards");
    }

    /// What no authority known here signed counts for nothing, and is not asked for again and again.
    /// A guest who cannot judge somebody in the room yet is asked in all the same, as soon as that is possible.
    @Test
    void anEntryWaitsForTheListsThatTheOneBeforeItWaitsFor() throws Exception {
        TestAuthority second = pki.secondIssuing();
        CrlSet all = pki.crls().merge(CrlSet.of(List.of(second.crl(1, pki.now(), Duration.ofDays(7), List.of()))));
        relay.publish(all);
        Identity carol = pki.client(CAROL.value());
        relay.know(carol);
        TestClient a = online(alice);
        TestClient b = online(pki.clientOf(second, "dave@lab.example"));
        ConversationId room = room(a, b);
        a.change(room, new Act.Invite(CAROL, Role.MEMBER));
        a.settle();

        relay.publish(pki.crls());
        TestClient c = start(carol);
        c.await(Event.Problem.class, problem -> problem.sentence().contains("changes of a room's members wait"));
        c.settle();
        assertThat(c.engine.rooms()).isEmpty();
        relay.publish(all);
        c.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
    }

    @Test
    void takesNoListOfAStranger() throws Exception {
        Crl strangers = pki.otherAuthority().issuing().crl(9, pki.now(), Duration.ofDays(7), List.of());
        relay.publish(CrlSet.of(List.of(strangers)));
        TestClient a = online(alice);
        a.say(BOB, "unjudged");
        a.awaitProblem(ProblemKind.REVOCATION_LIST);
        relay.cutEverybody();
        a.online();
        a.awaitProblem(ProblemKind.REVOCATION_LIST);
        assertThat(relay.listed).containsExactly(strangers);
        assertThat(a.store.crls().all().crls()).isEmpty();
        relay.publish(pki.crls());
        a.awaitMessage("unjudged", MessageState.PUBLISHED);
    }
}
