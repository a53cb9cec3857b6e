package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.DeviceStanding;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.RoomView;
import org.chancery.client.chat.Trust;
import org.chancery.client.connection.RelayAddress;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Where the engines' tests take place: an authority, a relay, alice and bob, and a disk. Whoever is started here is
/// closed when the test ends.
@Timeout(60)
abstract class Lab {
    static final Address ALICE = new Address("alice@lab.example");
    static final Address BOB = new Address("bob@lab.example");
    static final Address CAROL = new Address("carol@lab.example");
    static final ConversationId CONVERSATION = ConversationId.direct(ALICE, BOB);

    @TempDir
    Path directory;

    final TestPki pki = TestPki.create();
    final Identity alice = pki.client(ALICE.value());
    final Identity bob = pki.client(BOB.value(), "Bob");
    TestRelay relay;

    private final Deque<TestClient> started = new ArrayDeque<>();

    @BeforeEach
    void startRelay() throws IOException {
        relay = new TestRelay(pki);
    }

    @AfterEach
    void stopAll() throws IOException {
        try {
            while (!started.isEmpty()) {
                started.pop().close();
            }
        } finally {
            relay.close();
        }
    }

    /// Another device of somebody's, or the first of somebody else's.
    Identity device(Address owner) {
        return pki.client(owner.value());
    }

    /// Its messenger, which begins to connect.
    TestClient start(Identity device) throws Exception {
        return start(device, relay.address());
    }

    TestClient start(Identity device, RelayAddress at) throws Exception {
        return keep(TestClient.start(pki, device, at, directory));
    }

    /// Its messenger, connected, and with a key that others can seal to.
    TestClient online(Identity device) throws Exception {
        return start(device).online();
    }

    /// Its messenger, on its owner's chain.
    TestClient onChain(Identity device) throws Exception {
        TestClient client = start(device);
        client.awaitStanding(DeviceStanding.ON_CHAIN);
        return client;
    }

    /// A device that waits joins by the word of another of its owner's.
    static void approve(TestClient own, TestClient waiting) throws InterruptedException {
        waiting.awaitStanding(DeviceStanding.WAITING);
        own.awaitWaiting();
        assertThat(own.done(new Command.ApproveDevice(waiting.identity.deviceId())))
                .isEmpty();
    }

    /// Closes it with the others when the test ends.
    TestClient keep(TestClient client) {
        started.push(client);
        return client;
    }

    /// The messenger of the same device, ended and begun again.
    TestClient restart(TestClient client) throws Exception {
        client.close();
        return start(client.identity);
    }

    /// One says something to the other, who receives it.
    static Message exchange(TestClient from, TestClient to, String text) throws Exception {
        Message sent = from.send(to.address, text);
        to.awaitMessage(text, MessageState.RECEIVED);
        return sent;
    }

    static Message exchange(ConversationId room, TestClient from, TestClient to, String text) throws Exception {
        Message sent = from.send(room, text);
        to.awaitMessage(text, MessageState.RECEIVED);
        return sent;
    }

    /// A room of the first one's, in which the others are.
    static ConversationId room(TestClient owner, TestClient... guests) throws Exception {
        ConversationId room = owner.createRoom("Incident 42");
        for (TestClient guest : guests) {
            join(room, owner, guest);
        }
        return room;
    }

    static void join(ConversationId room, TestClient owner, TestClient guest) throws Exception {
        join(room, owner, guest, Role.MEMBER);
    }

    static void join(ConversationId room, TestClient owner, TestClient guest, Role role) throws Exception {
        owner.change(room, new Act.Invite(guest.address, role));
        guest.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
        guest.change(room, new Act.Accept());
        owner.awaitRoom(room, view -> view.members().containsKey(guest.address));
        owner.settle(); // who lets somebody in tells what the room is called
    }

    static int unread(TestClient client, Address from) {
        return client.engine.contacts().stream()
                .filter(contact -> contact.address().equals(from))
                .mapToInt(Contact::unread)
                .sum();
    }

    /// Waits until somebody knows that a person's every device is revoked.
    static void awaitRevoked(TestClient client, Address person) throws InterruptedException {
        client.await(
                Event.ContactsChanged.class,
                changed -> changed.contacts().stream()
                        .anyMatch(contact -> contact.address().equals(person) && contact.trust() == Trust.REVOKED));
    }

    static String failure(Message message) {
        assertThat(message.failure()).isPresent();
        return message.failure().orElseThrow();
    }
}
