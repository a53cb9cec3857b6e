package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class EngineSearchTest extends Lab {
    private static List<String> find(TestClient client, Optional<Party> in, String... words) {
        return client.engine.find(new Search(List.of(words), in, 100)).stream()
                .map(Message::text)
                .toList();
    }

    private static List<String> find(TestClient client, String... words) {
        return find(client, Optional.empty(), words);
    }

    @ParameterizedTest
    @CsvSource({
        "The CAFÉ is closed, cafe",
        "cafe\u0301 at noon, CAFÉ",
        "Straße gesperrt, STRASSE",
        "the ﬁle is here, file",
        "ΣΊΣΥΦΟΣ, σισυφος",
        "on   my way, on my way"
    })
    void neitherCaseNorAccentsNorComposingMatter(String text, String word) {
        assertThat(Search.folded(text)).contains(Search.folded(word));
    }

    @Test
    void looksForSomethingAtLeast() {
        assertThatThrownBy(() -> new Search(List.of(" "), Optional.empty(), 10))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Search(List.of("a"), Optional.empty(), 0))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void findsAllWordsNewestFirstWhereverTheyWereSaid() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        ConversationId room = a.createRoom("Incident 42");
        for (String text : List.of("router in rack seven", "rack of lamb", "The Router, Rack 9")) {
            exchange(a, b, text);
        }
        a.send(room, "rack and router");
        assertThat(find(a, "router", "rack"))
                .containsExactly("rack and router", "The Router, Rack 9", "router in rack seven");
        assertThat(find(a, "rack s")).containsExactly("router in rack seven");
        assertThat(find(a, Optional.of(Party.room(room)), "rack")).containsExactly("rack and router");
        Optional<Party> withBob = Optional.of(a.person(BOB));
        assertThat(find(a, withBob, "router")).containsExactly("The Router, Rack 9", "router in rack seven");
        assertThat(find(b, "lamb")).containsExactly("rack of lamb");
        assertThat(a.engine.find(new Search(List.of("rack"), Optional.empty(), 2)))
                .hasSize(2);
    }

    @Test
    void findsWordsAsTheyStandAndNothingThatWasDeletedOrSaidOtherwise() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        long edited = a.send(BOB, "meet at noon").id();
        long deleted = a.send(BOB, "a secret").id();
        b.awaitMessage("a secret", MessageState.RECEIVED);
        assertThat(find(b, "secret")).containsExactly("a secret");
        a.submit(new Command.Edit(edited, "meet at dusk"));
        b.awaitMessage("meet at dusk", MessageState.RECEIVED);
        a.submit(new Command.Delete(deleted));
        b.await(Event.MessageChanged.class, event -> event.message().standing().deleted());
        for (TestClient client : List.of(a, b)) {
            assertThat(find(client, "dusk")).containsExactly("meet at dusk");
            assertThat(find(client, "noon")).isEmpty();
            assertThat(find(client, "secret")).isEmpty();
        }
    }

    @Test
    void findsNothingOfWhomOneDoesNotHear() throws Exception {
        TestClient b = online(bob);
        TestClient a = online(alice);
        exchange(a, b, "hello there");
        assertThat(find(b, "hello")).hasSize(1);
        b.submit(new Command.Block(ALICE, true));
        b.await(Event.BlockingChanged.class, _ -> true);
        assertThat(find(b, "hello")).isEmpty();
    }

    /// Over more lines than are read at a time.
    @Test
    void looksThroughEverything() throws Exception {
        relay.know(bob);
        TestClient a = online(alice);
        a.say(BOB, "needle");
        for (int i = 0; i < 450; i++) {
            a.say(BOB, "hay " + i);
        }
        a.awaitMessage("hay 449", MessageState.PUBLISHED);
        assertThat(find(a, "needle")).containsExactly("needle");
        assertThat(find(a, Optional.of(a.person(BOB)), "needle")).containsExactly("needle");
    }
}
