package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.Trust;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.frame.Frame;
import org.junit.jupiter.api.Test;

/// What two people say to each other, as each sees it.
final class EngineTest extends Lab {
    @Test
    void carriesATextFromOneToTheOther() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        assertThat(a.send(BOB, "hello").sequence()).hasValue(1);
        Message received = b.awaitMessage("hello", MessageState.RECEIVED);
        assertThat(received.from()).isEqualTo(ALICE);
        assertThat(received.device()).contains(alice.deviceId());
        assertThat(received.conversation()).isEqualTo(CONVERSATION);
        assertThat(received.mine()).isFalse();
    }

    @Test
    void carriesAConversationInOneOrder() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        for (int i = 0; i < 5; i++) {
            exchange(a, b, "a" + i);
            exchange(b, a, "b" + i);
        }
        List<String> all = List.of("a0", "b0", "a1", "b1", "a2", "b2", "a3", "b3", "a4", "b4");
        assertThat(a.texts(BOB)).isEqualTo(all);
        assertThat(b.texts(ALICE)).isEqualTo(all);
    }

    @Test
    void deliversWhatWasSentWhileTheOtherWasAway() throws Exception {
        relay.know(bob);
        try (TestClient a = online(alice)) {
            a.say(BOB, "one");
            a.send(BOB, "two");
        }
        TestClient b = start(bob);
        b.awaitMessage("one", MessageState.RECEIVED);
        b.awaitMessage("two", MessageState.RECEIVED);
    }

    @Test
    void writesToOnesOwnOtherDevices() throws Exception {
        Identity second = device(ALICE);
        relay.know(alice);
        relay.know(second);
        TestClient other = online(second);
        TestClient a = online(alice);
        a.send(ALICE, "do not forget the keys");
        Message received = other.awaitMessage("do not forget the keys", MessageState.PUBLISHED);
        assertThat(received.mine()).isTrue();
        assertThat(received.with()).contains(ALICE);
    }

    @Test
    void showsOnceWhatIsDeliveredTwice() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "one");
        relay.deliverAgain();
        exchange(a, b, "two");
        assertThat(b.texts(ALICE)).containsExactly("one", "two");
    }

    @Test
    @Defends(Threat.HISTORY_SHOWN_DIFFERENTLY)
    void namesWhatTheRelayHeldBack() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "one");
        relay.locked(() -> relay.distortion = _ -> Optional.empty());
        a.send(BOB, "two");
        relay.locked(
                () -> relay.distortion = deliver -> deliver.sequence() == 2 ? Optional.empty() : Optional.of(deliver));
        a.say(BOB, "three");
        assertThat(b.awaitWhy()).contains("missing");
        b.awaitMessage("three", MessageState.RECEIVED);
    }

    @Test
    @Defends(Threat.HISTORY_SHOWN_DIFFERENTLY)
    void noticesARelayThatRewritesItsRecord() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "one");
        relay.locked(() -> relay.distortion = deliver -> Optional.of(new Frame.Deliver(
                deliver.conversation(),
                deliver.sequence(),
                deliver.acceptedAt(),
                Digest.NONE,
                deliver.envelopeDer(),
                deliver.from())));
        a.say(BOB, "two");
        assertThat(b.awaitWhy()).contains("TRANSCRIPT_MISMATCH");
        b.awaitMessage("two", MessageState.RECEIVED);
    }

    @Test
    void showsOnAllOwnDevicesWhatOneHasSent() throws Exception {
        Identity laptop = device(ALICE);
        relay.know(bob);
        relay.know(alice);
        relay.know(laptop);
        TestClient l = online(laptop);
        TestClient a = online(alice);
        a.say(BOB, "from the other device");
        Message seen = l.awaitMessage("from the other device", MessageState.PUBLISHED);
        assertThat(seen.mine()).isTrue();
        assertThat(seen.with()).contains(BOB);
    }

    @Test
    void countsWhatIsUnreadUntilItIsLookedAt() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        a.say(BOB, "look");
        b.await(Event.ContactsChanged.class, changed -> unread(changed) == 1);
        b.submit(new Command.OpenConversation(b.person(ALICE)));
        b.await(Event.ContactsChanged.class, changed -> unread(changed) == 0);
    }

    private static int unread(Event.ContactsChanged changed) {
        return changed.contacts().stream().mapToInt(Contact::unread).sum();
    }

    @Test
    void findsPeopleByTheBeginningOfTheirAddress() throws Exception {
        relay.know(bob);
        relay.know(device(CAROL));
        TestClient a = online(alice);
        a.submit(new Command.FindPeople("bo"));
        Event.PeopleFound found =
                a.await(Event.PeopleFound.class, answer -> answer.prefix().equals("bo"));
        assertThat(found.people()).singleElement().satisfies(contact -> {
            assertThat(contact.address()).isEqualTo(BOB);
            assertThat(contact.displayName()).isEqualTo("Bob");
            assertThat(contact.trust()).isEqualTo(Trust.TRUSTED);
            assertThat(contact.devices().getFirst().pathNames())
                    .containsExactly(BOB.value(), "Lab Issuing CA", "Lab Root CA");
        });
    }
}
