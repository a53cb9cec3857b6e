package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.Standing;
import org.chancery.client.store.Line;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.Origin;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoreLocation;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ChainId;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.content.MessageReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What members, honest or not, do to each other's messages, in whichever order it comes.
class AmendingTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final Party PARTY = Party.person(ALICE, BOB);
    private static final DeviceId DEVICE = new DeviceId("d1".repeat(32));
    private static final ChainId CHAIN = new ChainId("c1".repeat(16));

    @TempDir
    private Path directory;

    private MessageStore store;
    private Amending amending;
    private Messages messages;

    @BeforeEach
    void open() throws IOException {
        store = MessageStore.open(
                new StoreLocation(directory.resolve("alice.p12")), Passphrase.none(), new SecureRandom());
        amending = new Amending(store.history());
        messages = new Messages(store.history(), new Thefts());
    }

    @AfterEach
    void close() throws IOException {
        store.close();
    }

    /// The letter with this number, at the place with the same.
    private StoredLine comes(long number, Address from, Body body) throws StoreException {
        Line line = new Line(
                PARTY,
                from,
                Optional.of(DEVICE),
                from.equals(ALICE),
                Optional.of(body),
                Instant.EPOCH,
                Optional.of(Instant.EPOCH),
                OptionalLong.of(number),
                Optional.empty(),
                Optional.empty());
        StoredLine stored = store.history()
                .add(new Origin.Letter(DEVICE, CHAIN, number), line)
                .orElseThrow();
        store.history().addEvidence(stored, new byte[] {1});
        return amending.entered(stored).stored();
    }

    private static MessageReference number(long number) {
        return new MessageReference(DEVICE, CHAIN, number);
    }

    private Message shown(long number) throws StoreException {
        return messages.of(
                store.history().find(PARTY.conversation(), number(number)).orElseThrow());
    }

    @Test
    void othersChangeNothing() throws Exception {
        comes(1, ALICE, new Body.Text("mine"));
        comes(2, BOB, new Body.Edit(number(1), "yours", List.of()));
        comes(3, BOB, new Body.Delete(number(1)));
        assertThat(shown(1).text()).isEqualTo("mine");
        assertThat(shown(1).standing()).isEqualTo(Standing.PLAIN);
        assertThat(store.history().evidence(shown(1).id())).isPresent();
    }

    @Test
    void othersDeleteNothingThatComesLater() throws Exception {
        comes(1, BOB, new Body.Delete(number(2)));
        comes(2, ALICE, new Body.Text("mine"));
        assertThat(shown(2).standing().deleted()).isFalse();
    }

    @Test
    void whatIsDeletedBeforeItComesIsNotKept() throws Exception {
        comes(1, ALICE, new Body.Delete(number(3)));
        StoredLine edit = comes(2, ALICE, new Body.Edit(number(3), "burn that", List.of()));
        comes(3, ALICE, new Body.Text("burn this"));
        assertThat(edit.line().body()).isEmpty();
        assertThat(store.history().find(edit.id()).orElseThrow().line().body()).isEmpty();
        assertThat(shown(3).standing().deleted()).isTrue();
        assertThat(shown(3).body()).isEmpty();
        assertThat(store.history().evidence(shown(3).id())).isEmpty();
    }

    @Test
    void whatIsDeletedTakesItsEditsAlong() throws Exception {
        comes(1, ALICE, new Body.Text("burn this"));
        StoredLine edit = comes(2, ALICE, new Body.Edit(number(1), "burn that", List.of()));
        comes(3, ALICE, new Body.Delete(number(1)));
        assertThat(store.history().find(edit.id()).orElseThrow().line().body()).isEmpty();
        assertThat(store.history().evidence(edit.id())).isEmpty();
        assertThat(shown(1).text()).isEqualTo("(deleted)");
    }

    @Test
    void whatIsDeletedTakesAllItsEditsAlongHoweverManyThereAre() throws Exception {
        int edits = 1_100;
        store.commit(() -> {
            comes(1, ALICE, new Body.Text("burn this"));
            for (int i = 0; i < edits; i++) {
                comes(2 + i, ALICE, new Body.Edit(number(1), "burn that", List.of()));
            }
            comes(2 + edits, ALICE, new Body.Delete(number(1)));
        });
        for (int i = 0; i < edits; i++) {
            StoredLine edit =
                    store.history().find(PARTY.conversation(), number(2 + i)).orElseThrow();
            assertThat(edit.line().body()).isEmpty();
            assertThat(store.history().evidence(edit.id())).isEmpty();
        }
    }

    /// Who shows a message reads its last words alone, whoever changed it as often as they could.
    @Test
    void editsThatAreOvertakenAreNotRead() throws Exception {
        comes(1, ALICE, new Body.Text("one"));
        for (int i = 2; i < 50; i++) {
            comes(i, ALICE, new Body.Edit(number(1), "words " + i, List.of()));
        }
        assertThat(store.history().edits(PARTY.conversation(), number(1), ALICE, 100))
                .hasSize(1);
        assertThat(shown(1).text()).isEqualTo("words 49");
    }

    @Test
    void anEditThatComesLateDoesNotOvertakeTheLast() throws Exception {
        comes(1, ALICE, new Body.Text("one"));
        comes(3, ALICE, new Body.Edit(number(1), "last", List.of()));
        comes(2, ALICE, new Body.Edit(number(1), "late", List.of()));
        assertThat(shown(1).text()).isEqualTo("last");
    }

    /// An edit that waits to be sent may fail, and then what was before it counts again.
    @Test
    void anEditThatIsNotInTheLogOvertakesNone() throws Exception {
        comes(1, ALICE, new Body.Text("one"));
        comes(2, ALICE, new Body.Edit(number(1), "two", List.of()));
        Line waiting = new Line(
                PARTY,
                ALICE,
                Optional.of(DEVICE),
                true,
                Optional.of(new Body.Edit(number(1), "three", List.of())),
                Instant.EPOCH,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
        StoredLine stored = store.history()
                .add(new Origin.Letter(DEVICE, CHAIN, 3), waiting)
                .orElseThrow();
        amending.entered(stored);
        assertThat(shown(1).text()).isEqualTo("three");
        store.history().rewrite(stored.with(waiting.failed("nobody could read it")));
        assertThat(shown(1).text()).isEqualTo("two");
    }

    @Test
    void onlyTextsHaveOtherWords() throws Exception {
        comes(1, ALICE, new Body.Unknown(99, new byte[] {1}));
        comes(2, ALICE, new Body.Edit(number(1), "now it is known", List.of()));
        assertThat(shown(1).text()).doesNotContain("now it is known");
        assertThat(shown(1).standing().edited()).isFalse();
    }

    @Test
    void nobodyReactsWithoutEnd() throws Exception {
        comes(1, ALICE, new Body.Text("lunch?"));
        for (int i = 0; i < 20; i++) {
            comes(2 + i, BOB, new Body.Reaction(number(1), String.valueOf((char) ('a' + i)), false));
        }
        assertThat(shown(1).standing().reactions()).hasSize(Amending.MAX_REACTIONS_OF_ONE);
        comes(40, ALICE, new Body.Reaction(number(1), "z", false));
        assertThat(shown(1).standing().reactions()).hasSize(Amending.MAX_REACTIONS_OF_ONE + 1);
    }

    /// As many as one likes over time: what is overtaken does not count.
    @Test
    void reactionsComeAndGo() throws Exception {
        comes(1, ALICE, new Body.Text("lunch?"));
        for (int i = 0; i < 300; i++) {
            comes(2 + i, BOB, new Body.Reaction(number(1), "k", i % 2 == 1));
        }
        assertThat(shown(1).standing().reactions()).isEmpty();
        comes(400, BOB, new Body.Reaction(number(1), "k", false));
        assertThat(shown(1).standing().reactions()).containsExactly(new Standing.Reacted("k", List.of(BOB)));
    }

    @Test
    void answersSayWhatIsNotHere() throws Exception {
        comes(1, ALICE, new Body.Text("one", List.of(), Optional.of(number(9))));
        assertThat(shown(1).standing().answers()).contains(new Standing.Quote.Absent());
    }
}
