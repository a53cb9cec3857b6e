package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.chat.Standing;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.Mention;
import org.junit.jupiter.api.Test;

/// What is said about messages: answers, edits, deletions, reactions; from device to device over a relay.
final class EngineKindsTest extends Lab {
    private static Message changed(TestClient client, Predicate<Message> wanted) throws Exception {
        return client.await(
                        Event.MessageChanged.class, event -> event.message().isShown() && wanted.test(event.message()))
                .message();
    }

    private static Message only(TestClient client, Address with) {
        List<Message> all = client.history(with);
        assertThat(all).hasSize(1);
        return all.getFirst();
    }

    @Test
    void carriesMentionsAndReplies() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "@bob@lab.example, come\nat noon");
        Message asked = only(b, ALICE);
        assertThat(asked.body())
                .contains(new Body.Text(
                        "@bob@lab.example, come\nat noon", List.of(new Mention(0, 16, BOB)), Optional.empty()));
        b.submit(new Command.Reply(asked.id(), "no"));
        Message answer = a.awaitMessage("no", MessageState.RECEIVED);
        assertThat(answer.standing().answers())
                .contains(new Standing.Quote.Here(a.history(BOB).getFirst().id(), ALICE, "@bob@lab.example, come"));
    }

    @Test
    void lastEditOfTheAuthorCounts() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        Message said = exchange(a, b, "nine");
        a.submit(new Command.Edit(said.id(), "ten"));
        a.submit(new Command.Edit(said.id(), "eleven"));
        Message shown = changed(b, message -> message.text().equals("eleven"));
        assertThat(shown.standing().edited()).isTrue();
        assertThat(only(b, ALICE).text()).isEqualTo("eleven");
        assertThat(only(a, BOB).text()).isEqualTo("eleven");
    }

    @Test
    void nobodyEditsOrDeletesOthersWords() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "mine");
        b.submit(new Command.Edit(only(b, ALICE).id(), "yours"));
        b.awaitProblem(ProblemKind.NOT_DONE);
        b.submit(new Command.Delete(only(b, ALICE).id()));
        b.awaitProblem(ProblemKind.NOT_DONE);
        assertThat(only(b, ALICE).text()).isEqualTo("mine");
    }

    @Test
    void deletionLeavesNothingWithEither() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        Message said = exchange(a, b, "burn this");
        a.submit(new Command.Edit(said.id(), "burn that"));
        changed(b, message -> message.text().equals("burn that"));
        long at = only(b, ALICE).id();
        assertThat(b.store.history().evidence(at)).isPresent();
        a.submit(new Command.Delete(said.id()));
        changed(b, message -> message.standing().deleted());
        changed(a, message -> message.standing().deleted());
        for (TestClient client : List.of(a, b)) {
            Message left = client.history(client == a ? BOB : ALICE).getFirst();
            assertThat(left.body()).isEmpty();
            assertThat(left.text()).isEqualTo("(deleted)");
            assertThat(client.store.history().evidence(left.id())).isEmpty();
        }
    }

    @Test
    void countsReactionsOncePerPersonAndEmoji() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        Message said = exchange(a, b, "lunch?");
        long at = only(b, ALICE).id();
        b.submit(new Command.React(at, "k", false));
        b.submit(new Command.React(at, "k", false));
        a.submit(new Command.React(said.id(), "k", false));
        changed(b, message -> people(message, "k") == 2);
        a.submit(new Command.React(said.id(), "x", false));
        changed(b, message -> people(message, "x") == 1);
        a.submit(new Command.React(said.id(), "x", true));
        Message shown = changed(b, message -> people(message, "x") == 0);
        assertThat(people(shown, "k")).isEqualTo(2);
        assertThat(b.history(ALICE)).hasSize(1);
    }

    private static long people(Message message, String emoji) {
        return message.standing().reactions().stream()
                .filter(reacted -> reacted.emoji().equals(emoji))
                .mapToLong(reacted -> reacted.people().size())
                .sum();
    }
}
