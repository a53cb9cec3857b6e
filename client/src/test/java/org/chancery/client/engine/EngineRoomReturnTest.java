package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Optional;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whoever was out of a room for a while.
class EngineRoomReturnTest {
    private static final Address BOB = new Address("bob@lab.example");

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");
    private final Identity bob = pki.client(BOB.value());

    @Test
    void missesNothingOfWhatWasSaidAmongOthersMeanwhile() throws Exception {
        try (TestRelay relay = new TestRelay(pki);
                TestClient a =
                        TestClient.start(pki, alice, relay.address(), directory).online();
                TestClient b =
                        TestClient.start(pki, bob, relay.address(), directory).online()) {
            ConversationId room = a.createRoom("Incident 42");
            comesIn(a, b, room);
            a.say(room, "while he is here");
            b.awaitMessage("while he is here", MessageState.RECEIVED);
            a.change(room, new Act.Remove(BOB));
            b.awaitRoom(room, view -> view.state() == RoomView.State.LEFT);

            a.say(room, "among us");
            a.awaitMessage("among us", MessageState.PUBLISHED);
            comesIn(a, b, room);
            a.say(room, "welcome back");

            b.awaitMessage("welcome back", MessageState.RECEIVED);
            assertThat(b.engine.messages(Party.room(room), 100))
                    .extracting(Message::failure)
                    .containsOnly(Optional.empty());
        }
    }

    private static void comesIn(TestClient a, TestClient b, ConversationId room) throws InterruptedException {
        a.change(room, new Act.Invite(BOB, Role.MEMBER));
        b.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
        b.change(room, new Act.Accept());
        a.awaitRoom(room, view -> view.members().size() == 2);
    }
}
