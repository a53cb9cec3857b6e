package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.MessageState;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.junit.jupiter.api.Test;

/// Blocking, read notes, and what a person's devices tell each other.
final class EngineAsidesTest extends Lab {
    private final Identity tablet = device(BOB);

    @Test
    void whomOneBlocksIsKeptAndNeitherShownNorCounted() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "before");
        b.submit(new Command.Block(ALICE, true));
        b.await(Event.BlockingChanged.class, Event.BlockingChanged::blocked);
        a.send(BOB, "during");
        exchange(b, a, "mine");
        assertThat(b.texts(ALICE)).containsExactly("mine");
        assertThat(b.engine.blocked()).containsExactly(ALICE);
        b.submit(new Command.Block(ALICE, false));
        b.await(Event.BlockingChanged.class, event -> !event.blocked());
        assertThat(b.texts(ALICE)).containsExactlyInAnyOrder("before", "during", "mine");
        b.await(Event.ContactsChanged.class, _ -> unread(b, ALICE) == 2);
    }

    @Test
    void tellsOnceHowFarOneHasRead() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        for (int i = 1; i <= 3; i++) {
            exchange(a, b, "message " + i);
            b.submit(new Command.OpenConversation(b.person(ALICE)));
        }
        Event.ReadBy read = a.await(Event.ReadBy.class, _ -> true);
        assertThat(read.reader()).isEqualTo(BOB);
        assertThat(read.upTo()).isEqualTo(3);
        b.settle();
        assertThat(relay.letters(ConversationId.direct(ALICE, BOB))).hasSize(4);
        assertThat(a.texts(BOB)).hasSize(3);
    }

    @Test
    void ownDevicesShareBlocksDraftsAndWhatIsRead() throws Exception {
        relay.know(bob);
        relay.know(tablet);
        TestClient b = online(bob);
        TestClient t = online(tablet);
        TestClient a = online(alice);
        exchange(a, b, "hello");
        t.awaitMessage("hello", MessageState.RECEIVED);
        t.await(Event.ContactsChanged.class, _ -> unread(t, ALICE) == 1);
        t.say(ALICE, "so that each knows of the other");
        b.awaitMessage("so that each knows of the other", MessageState.PUBLISHED);
        b.submit(new Command.SaveDraft(b.person(ALICE), "not yet"));
        b.submit(new Command.OpenConversation(b.person(ALICE)));
        Event.DraftChanged draft = t.await(Event.DraftChanged.class, _ -> true);
        assertThat(draft.party()).isEqualTo(t.person(ALICE));
        assertThat(draft.text()).isEqualTo("not yet");
        assertThat(t.engine.draft(draft.party())).isEqualTo("not yet");
        t.await(Event.ContactsChanged.class, _ -> unread(t, ALICE) == 0);
        b.submit(new Command.Block(ALICE, true));
        t.await(Event.BlockingChanged.class, Event.BlockingChanged::blocked);
        assertThat(t.engine.blocked()).containsExactly(ALICE);
        assertThat(a.texts(BOB)).hasSize(2);
    }
}
