package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Blocking, read notes, and what a person's devices tell each other.
class EngineAsidesTest {
    private static final String ALICE = "alice@lab.example";
    private static final String BOB = "bob@lab.example";
    private static final Address AT_ALICE = new Address(ALICE);

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client(ALICE);
    private final Identity bob = pki.client(BOB);
    private final Identity tablet = pki.client(BOB);
    private TestRelay relay;

    @BeforeEach
    void startRelay() throws Exception {
        relay = new TestRelay(pki);
    }

    @AfterEach
    void stopRelay() throws Exception {
        relay.close();
    }

    private TestClient start(Identity identity) throws Exception {
        return TestClient.start(pki, identity, relay.address(), directory);
    }

    private static int unread(TestClient client, Address from) {
        return client.engine.contacts().stream()
                .filter(contact -> contact.address().equals(from))
                .findFirst()
                .map(Contact::unread)
                .orElse(0);
    }

    @Test
    void whomOneBlocksIsKeptAndNeitherShownNorCounted() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            a.say(BOB, "before");
            b.awaitMessage("before", MessageState.RECEIVED);
            b.engine.submit(new Command.Block(AT_ALICE, true));
            b.await(Event.BlockingChanged.class, Event.BlockingChanged::blocked);
            a.say(BOB, "during");
            a.awaitMessage("during", MessageState.PUBLISHED);
            b.say(ALICE, "mine");
            a.awaitMessage("mine", MessageState.RECEIVED);
            assertThat(b.texts(ALICE)).containsExactly("mine");
            assertThat(b.engine.blocked()).containsExactly(AT_ALICE);
            b.engine.submit(new Command.Block(AT_ALICE, false));
            b.await(Event.BlockingChanged.class, event -> !event.blocked());
            assertThat(b.texts(ALICE)).containsExactlyInAnyOrder("before", "during", "mine");
            b.await(Event.ContactsChanged.class, _ -> unread(b, AT_ALICE) == 2);
        }
    }

    @Test
    void tellsOnceHowFarOneHasRead() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            for (int i = 1; i <= 3; i++) {
                a.say(BOB, "message " + i);
                b.awaitMessage("message " + i, MessageState.RECEIVED);
                b.engine.submit(new Command.OpenConversation(b.engine.person(AT_ALICE)));
            }
            Event.ReadBy read = a.await(Event.ReadBy.class, _ -> true);
            assertThat(read.reader()).isEqualTo(new Address(BOB));
            assertThat(read.upTo()).isEqualTo(3);
            assertThat(relay.letters(ConversationId.direct(AT_ALICE, new Address(BOB))))
                    .hasSize(4);
            assertThat(a.texts(BOB)).hasSize(3);
        }
    }

    @Test
    void ownDevicesShareBlocksDraftsAndWhatIsRead() throws Exception {
        relay.know(bob);
        relay.know(tablet);
        try (TestClient b = start(bob).online();
                TestClient t = start(tablet).online();
                TestClient a = start(alice).online()) {
            a.say(BOB, "hello");
            b.awaitMessage("hello", MessageState.RECEIVED);
            t.awaitMessage("hello", MessageState.RECEIVED);
            t.await(Event.ContactsChanged.class, _ -> unread(t, AT_ALICE) == 1);
            t.say(ALICE, "so that each knows of the other");
            b.awaitMessage("so that each knows of the other", MessageState.PUBLISHED);
            b.engine.submit(new Command.SaveDraft(b.engine.person(AT_ALICE), "not yet"));
            b.engine.submit(new Command.OpenConversation(b.engine.person(AT_ALICE)));
            Event.DraftChanged draft = t.await(Event.DraftChanged.class, _ -> true);
            assertThat(draft.party()).isEqualTo(t.engine.person(AT_ALICE));
            assertThat(draft.text()).isEqualTo("not yet");
            assertThat(t.engine.draft(draft.party())).isEqualTo("not yet");
            t.await(Event.ContactsChanged.class, _ -> unread(t, AT_ALICE) == 0);
            b.engine.submit(new Command.Block(AT_ALICE, true));
            t.await(Event.BlockingChanged.class, Event.BlockingChanged::blocked);
            assertThat(t.engine.blocked()).containsExactly(AT_ALICE);
            assertThat(a.texts(BOB)).hasSize(2);
        }
    }
}
