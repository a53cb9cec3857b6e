package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Mention;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is said about messages: answers, edits, deletions, reactions; from device to device over a relay.
class EngineKindsTest {
    private static final String ALICE = "alice@lab.example";
    private static final String BOB = "bob@lab.example";

    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client(ALICE);
    private final Identity bob = pki.client(BOB);
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

    /// Says `text` to bob, and waits until both have it.
    private static Message said(TestClient a, TestClient b, String text) throws Exception {
        a.say(BOB, text);
        Message own = a.awaitMessage(text, MessageState.PUBLISHED);
        b.awaitMessage(text, MessageState.RECEIVED);
        return own;
    }

    private static Message changed(TestClient client, Predicate<Message> wanted) throws Exception {
        return client.await(
                        Event.MessageChanged.class, event -> event.message().isShown() && wanted.test(event.message()))
                .message();
    }

    private static Message only(TestClient client, String with) {
        List<Message> all = client.history(with);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void carriesMentionsAndReplies() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            said(a, b, "@bob@lab.example, come\nat noon");
            Message asked = only(b, ALICE);
            assertThat(asked.body())
                    .contains(new Body.Text(
                            "@bob@lab.example, come\nat noon",
                            List.of(new Mention(0, 16, new Address(BOB))),
                            Optional.empty()));
            b.engine.submit(new Command.Reply(asked.id(), "no"));
            Message answer = a.awaitMessage("no", MessageState.RECEIVED);
            assertThat(answer.standing().answers())
                    .contains(new Standing.Quote.Here(
                            only(a, BOB, 0).id(), new Address(ALICE), "@bob@lab.example, come"));
        }
    }

    private static Message only(TestClient client, String with, int index) {
        return client.history(with).get(index);
    }

    @Test
    void lastEditOfTheAuthorCounts() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            Message said = said(a, b, "nine");
            a.engine.submit(new Command.Edit(said.id(), "ten"));
            a.engine.submit(new Command.Edit(said.id(), "eleven"));
            Message shown = changed(b, message -> message.text().equals("eleven"));
            assertThat(shown.standing().edited()).isTrue();
            assertThat(only(b, ALICE).text()).isEqualTo("eleven");
            assertThat(only(a, BOB).text()).isEqualTo("eleven");
        }
    }

    @Test
    void nobodyEditsOrDeletesOthersWords() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            said(a, b, "mine");
            b.engine.submit(new Command.Edit(only(b, ALICE).id(), "yours"));
            b.await(Event.Problem.class, problem -> problem.kind() == ProblemKind.NOT_DONE);
            b.engine.submit(new Command.Delete(only(b, ALICE).id()));
            b.await(Event.Problem.class, problem -> problem.kind() == ProblemKind.NOT_DONE);
            assertThat(only(b, ALICE).text()).isEqualTo("mine");
        }
    }

    @Test
    void deletionLeavesNothingWithEither() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            Message said = said(a, b, "burn this");
            a.engine.submit(new Command.Edit(said.id(), "burn that"));
            changed(b, message -> message.text().equals("burn that"));
            long at = only(b, ALICE).id();
            assertThat(b.store.history().evidence(at)).isPresent();
            a.engine.submit(new Command.Delete(said.id()));
            changed(b, message -> message.standing().deleted());
            changed(a, message -> message.standing().deleted());
            for (TestClient client : List.of(a, b)) {
                Message left = client.history(client == a ? BOB : ALICE).getFirst();
                assertThat(left.body()).isEmpty();
                assertThat(left.text()).isEqualTo("(deleted)");
                assertThat(client.store.history().evidence(left.id())).isEmpty();
            }
        }
    }

    @Test
    void countsReactionsOncePerPersonAndEmoji() throws Exception {
        try (TestClient b = start(bob).online();
                TestClient a = start(alice).online()) {
            Message said = said(a, b, "lunch?");
            long at = only(b, ALICE).id();
            b.engine.submit(new Command.React(at, "k", false));
            b.engine.submit(new Command.React(at, "k", false));
            a.engine.submit(new Command.React(said.id(), "k", false));
            changed(b, message -> people(message, "k") == 2);
            a.engine.submit(new Command.React(said.id(), "x", false));
            changed(b, message -> people(message, "x") == 1);
            a.engine.submit(new Command.React(said.id(), "x", true));
            Message shown = changed(b, message -> people(message, "x") == 0);
            assertThat(people(shown, "k")).isEqualTo(2);
            assertThat(b.history(ALICE)).hasSize(1);
        }
    }

    private static long people(Message message, String emoji) {
        return message.standing().reactions().stream()
                .filter(reacted -> reacted.emoji().equals(emoji))
                .mapToLong(reacted -> reacted.people().size())
                .sum();
    }
}
