package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.store.Missing;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.MessageReference;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.Test;

/// Letters of a room, asked for again: by those who were there, and by one who was not.
final class EngineRoomAskingTest extends Lab {
    private final Identity carol = device(CAROL);

    /// Alice says something that reaches nobody.
    private Message lost(TestClient a, ConversationId room, String text) throws InterruptedException {
        relay.locked(() -> relay.distortion = _ -> Optional.empty());
        Message lost = a.send(room, text);
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
        TestClient a = online(alice);
        TestClient b = online(bob);
        TestClient c = online(carol);
        ConversationId room = room(a, b, c);
        exchange(room, a, b, "one");
        c.awaitMessage("one", MessageState.RECEIVED);
        lost(a, room, "two");
        a.say(room, "three");
        Message missedByBob = note(b);
        Message missedByCarol = note(c);
        c.awaitMessage("three", MessageState.RECEIVED);
        int before = relay.letters(room).size();
        b.submit(new Command.AskAgain(missedByBob.id()));
        c.submit(new Command.AskAgain(missedByCarol.id()));
        b.awaitMessage("two", MessageState.RECEIVED);
        c.awaitMessage("two", MessageState.RECEIVED);
        exchange(room, c, a, "thank you");
        assertThat(relay.letters(room)).hasSize(before + 4);
    }

    @Test
    void nobodyIsHandedWhatWasSaidBeforeTheyCame() throws Exception {
        TestClient a = online(alice);
        TestClient b = online(bob);
        TestClient c = online(carol);
        ConversationId room = room(a, b);
        long secret = a.send(room, "not for carol").id();
        b.awaitMessage("not for carol", MessageState.RECEIVED);
        join(room, a, c);
        exchange(room, a, c, "welcome");
        claim(c, room, 1_000, reference(a, secret));
        c.submit(new Command.AskAgain(1_000));
        for (String text : List.of("first", "second", "third")) {
            Message lost = lost(a, room, text);
            claim(c, room, 2_000 + lost.id(), reference(a, lost.id()));
            c.submit(new Command.AskAgain(2_000 + lost.id()));
            c.awaitMessage(text, MessageState.RECEIVED);
        }
        assertThat(c.texts(room)).contains("first", "second", "third").doesNotContain("not for carol");
    }

    /// Something that was written for others lies where the record has carol in the room: the two do not fit.
    @Test
    void whatWasWrittenForOthersIsNotHandedOn() throws Exception {
        TestClient a = online(alice);
        TestClient c = online(carol);
        ConversationId room = a.createRoom("Incident 42");
        long secret = a.send(room, "not for carol").id();
        join(room, a, c);
        exchange(room, a, c, "welcome");
        Message lost = lost(a, room, "lost");
        StoredLine line = a.store.history().find(lost.id()).orElseThrow();
        a.store.history().addEvidence(line, a.store.history().evidence(secret).orElseThrow());
        claim(c, room, 1_000, reference(a, lost.id()));
        int before = relay.letters(room).size();
        c.submit(new Command.AskAgain(1_000));
        Message next = lost(a, room, "next");
        claim(c, room, 2_000, reference(a, next.id()));
        c.submit(new Command.AskAgain(2_000));
        c.awaitMessage("next", MessageState.RECEIVED);
        assertThat(relay.letters(room)).hasSize(before + 4); // two questions, one letter, one answer
    }

    /// What is handed on in a room is sealed to all who belong to it now.
    @Test
    void whoCameLaterIsNotSealedWhatOthersAskFor() throws Exception {
        TestClient a = online(alice);
        TestClient b = online(bob);
        TestClient c = online(carol);
        ConversationId room = room(a, b);
        lost(a, room, "not for carol");
        a.say(room, "so that bob misses it");
        Message missed = note(b);
        join(room, a, c);
        b.awaitRoom(room, view -> view.members().containsKey(CAROL));
        int before = relay.letters(room).size();
        b.submit(new Command.AskAgain(missed.id()));
        b.awaitMessage("not for carol", MessageState.RECEIVED);
        assertThat(relay.letters(room)).as("the question alone").hasSize(before + 1);
        assertThat(relay.letters(ConversationId.direct(ALICE, BOB)))
                .as("the invitation, and the answer")
                .hasSize(2);
        exchange(room, a, c, "last");
        assertThat(c.failures(room)).isEmpty();
    }

    /// The author has left: somebody else who was there answers, and nobody but that one.
    @Test
    void anotherAnswersForWhoHasLeft() throws Exception {
        Address dave = new Address("dave@lab.example");
        TestClient a = online(alice);
        TestClient b = online(bob);
        TestClient d = online(device(dave));
        ConversationId room = a.createRoom("Incident 42");
        join(room, a, b, Role.OWNER);
        join(room, a, d);
        long id = a.send(room, "not for carol").id();
        b.awaitMessage("not for carol", MessageState.RECEIVED);
        d.awaitMessage("not for carol", MessageState.RECEIVED);
        a.change(room, new Act.Leave());
        b.awaitRoom(room, view -> !view.members().containsKey(ALICE));
        TestClient c = online(carol);
        join(room, b, c);
        d.awaitRoom(room, view -> view.members().containsKey(CAROL));
        claim(d, room, 1_000, reference(a, id));
        d.submit(new Command.AskAgain(1_000));
        while (relay.letters(ConversationId.direct(BOB, dave)).isEmpty()) {
            assertThat(relay.acknowledged.poll(20, TimeUnit.SECONDS)).isNotNull();
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
