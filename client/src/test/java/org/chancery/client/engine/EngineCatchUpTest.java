package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chancery.client.store.CountedStore;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.Frame;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Somebody who was away comes back to many letters.
final class EngineCatchUpTest {
    private static final String ALICE = "alice@lab.example";
    private static final String BOB = "bob@lab.example";
    private static final int LETTERS = 150;

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client(ALICE);
    private final Identity bob = pki.client(BOB);

    @TempDir
    private Path directory;

    private TestRelay relay;

    @BeforeEach
    void open() throws Exception {
        relay = new TestRelay(pki);
        relay.know(bob);
    }

    @AfterEach
    void close() throws Exception {
        relay.close();
    }

    private List<String> write() throws Exception {
        List<String> texts = new ArrayList<>();
        try (TestClient a =
                TestClient.start(pki, alice, relay.address(), directory).online()) {
            for (int i = 0; i < LETTERS; i++) {
                texts.add("line " + i);
                a.say(BOB, texts.getLast());
            }
            a.awaitMessage(texts.getLast(), MessageState.PUBLISHED);
        }
        return texts;
    }

    /// Without lists it has no key accepted.
    private static void awaitOnline(TestClient client) throws InterruptedException {
        client.await(Event.ConnectionChanged.class, changed -> changed.state() instanceof ConnectionState.Online);
    }

    @Test
    void lettersThatAreThereTogetherShareACommit() throws Exception {
        List<String> texts = write();
        relay.locked(() -> relay.withholds = true); // so that all have come before the first may be shown
        StoreLocation location = TestClient.location(bob, directory);
        CountedStore counted = CountedStore.open(location);
        try (TestClient b = TestClient.start(pki, bob, relay.address(), location, counted.store(), 1)) {
            awaitOnline(b);
            int before = counted.commits();
            relay.handOutWithheld();
            b.awaitMessage(texts.getLast(), MessageState.RECEIVED);
            assertThat(counted.commits() - before).isBetween(1, LETTERS / 5);
            assertThat(b.texts(ALICE)).hasSize(100).last().isEqualTo(texts.getLast());
            assertThat(b.engine.messages(b.engine.person(new Address(ALICE)), LETTERS + 1))
                    .extracting(Message::text)
                    .containsExactlyElementsOf(texts);
            assertThat(acknowledgements()).isLessThan(LETTERS / 5);
        }
    }

    @Test
    void nothingOfACommitThatFailsIsToldOrAcknowledged() throws Exception {
        List<String> texts = write();
        relay.locked(() -> relay.withholds = true);
        StoreLocation location = TestClient.location(bob, directory);
        CountedStore full = CountedStore.open(location);
        List<String> kept;
        try (TestClient b = TestClient.start(pki, bob, relay.address(), location, full.store(), 1)) {
            awaitOnline(b);
            full.fill();
            relay.handOutWithheld();
            List<Event> told = new ArrayList<>();
            Event event;
            do {
                event = b.events.poll(20, TimeUnit.SECONDS);
                assertThat(event).as("the store fails").isNotNull();
                told.add(event);
            } while (!(event instanceof Event.Problem problem && problem.kind() == ProblemKind.STORE));
            assertThat(event).asString().contains("full");
            List<String> shown = told.stream()
                    .filter(Event.MessageStored.class::isInstance)
                    .map(stored -> ((Event.MessageStored) stored).message().text())
                    .toList();
            // Some may have found room in a commit before.
            kept = b.engine.messages(b.engine.person(new Address(ALICE)), LETTERS).stream()
                    .map(Message::text)
                    .toList();
            assertThat(kept).hasSizeLessThan(LETTERS).isEqualTo(shown);
        }
        List<String> durable = kept;
        assertThat(relay.acknowledged).allMatch(frame -> frame.sequence() <= durable.size());
        try (TestClient b =
                TestClient.start(pki, bob, relay.address(), directory).online()) { // with room again
            b.awaitMessage(texts.getLast(), MessageState.RECEIVED);
            assertThat(b.engine.messages(b.engine.person(new Address(ALICE)), LETTERS + 1))
                    .extracting(Message::text)
                    .containsExactlyElementsOf(texts);
        }
    }

    /// Until the last letter is acknowledged.
    private int acknowledgements() throws InterruptedException {
        int count = 1;
        Frame.Acknowledge next = relay.acknowledged.poll(20, TimeUnit.SECONDS);
        while (next != null && next.sequence() < LETTERS) {
            count++;
            next = relay.acknowledged.poll(20, TimeUnit.SECONDS);
        }
        assertThat(next).as("the last was not acknowledged").isNotNull();
        return count;
    }
}
