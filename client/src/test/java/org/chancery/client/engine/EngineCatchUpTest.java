package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.store.CountedStore;
import org.chancery.client.store.StoreLocation;
import org.chancery.protocol.frame.Frame;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Somebody who was away comes back to many letters.
final class EngineCatchUpTest extends Lab {
    private static final int LETTERS = 150;

    @BeforeEach
    void know() {
        relay.know(bob);
    }

    private List<String> write() throws Exception {
        List<String> texts = new ArrayList<>();
        TestClient a = online(alice);
        for (int i = 0; i < LETTERS; i++) {
            texts.add("line " + i);
            a.say(BOB, texts.getLast());
        }
        a.awaitMessage(texts.getLast(), MessageState.PUBLISHED);
        a.close();
        return texts;
    }

    @Test
    void lettersThatAreThereTogetherShareACommit() throws Exception {
        List<String> texts = write();
        relay.locked(() -> relay.withholds = true); // so that all have come before the first may be shown
        StoreLocation location = TestClient.location(bob, directory);
        CountedStore counted = CountedStore.open(location);
        TestClient b = keep(TestClient.start(pki, bob, relay.address(), location, counted.store(), 1));
        b.awaitConnected();
        int before = counted.commits();
        relay.handOutWithheld();
        b.awaitMessage(texts.getLast(), MessageState.RECEIVED);
        assertThat(counted.commits() - before).isBetween(1, LETTERS / 5);
        assertThat(b.texts(ALICE)).hasSize(100).last().isEqualTo(texts.getLast());
        assertThat(b.engine.messages(b.person(ALICE), LETTERS + 1))
                .extracting(Message::text)
                .containsExactlyElementsOf(texts);
        assertThat(acknowledgements()).isLessThan(LETTERS / 5);
    }

    @Test
    void nothingOfACommitThatFailsIsToldOrAcknowledged() throws Exception {
        List<String> texts = write();
        relay.locked(() -> relay.withholds = true);
        StoreLocation location = TestClient.location(bob, directory);
        CountedStore full = CountedStore.open(location);
        List<String> kept;
        try (TestClient b = TestClient.start(pki, bob, relay.address(), location, full.store(), 1)) {
            b.awaitConnected();
            full.fill();
            relay.handOutWithheld();
            assertThat(b.awaitProblem(ProblemKind.STORE).sentence()).contains("full");
            List<String> shown = b.told.stream()
                    .filter(Event.MessageStored.class::isInstance)
                    .map(stored -> ((Event.MessageStored) stored).message().text())
                    .toList();
            // Some may have found room in a commit before.
            kept = b.engine.messages(b.person(ALICE), LETTERS).stream()
                    .map(Message::text)
                    .toList();
            assertThat(kept).hasSizeLessThan(LETTERS).isEqualTo(shown);
        }
        List<String> durable = kept;
        relay.awaitEnded(bob.deviceId());
        assertThat(relay.acknowledged).allMatch(frame -> frame.sequence() <= durable.size());
        TestClient b = online(bob); // with room again
        b.awaitMessage(texts.getLast(), MessageState.RECEIVED);
        assertThat(b.engine.messages(b.person(ALICE), LETTERS + 1))
                .extracting(Message::text)
                .containsExactlyElementsOf(texts);
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
