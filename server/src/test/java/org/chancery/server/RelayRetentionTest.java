package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.Frame;
import org.chancery.server.config.ConnectionBounds;
import org.chancery.server.config.Rate;
import org.chancery.server.config.RateBounds;
import org.chancery.server.config.SessionBounds;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.testing.LapsedLetters;
import org.chancery.server.testing.LogLines;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of letters that nobody fetches, as both ends see it.
@Timeout(60)
class RelayRetentionTest {

    private static final Rate PLENTY = new Rate(1e6, 1e6);
    private static final Address BOB = new Address("bob@lab.example");

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");
    private final Identity bob = pki.client(BOB.value());
    private final AtomicInteger failures = new AtomicInteger();
    private volatile Instant now = pki.now();

    @TempDir
    private Path directory;

    private final class Moved extends Clock {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            if (failures.get() > 0 && Thread.currentThread().getName().equals("housekeeping")) {
                failures.decrementAndGet();
                throw new IllegalStateException("no clock");
            }
            return now;
        }
    }

    private TestRelay start() throws Exception {
        StorageBounds bounds = new StorageBounds(Duration.ofSeconds(1), Duration.ofSeconds(1), 1 << 30, 0);
        return TestRelay.start(pki, directory, new Moved(), bounds);
    }

    @Test
    void tellsBothEndsOfLettersThatNobodyFetched() throws Exception {
        try (TestRelay relay = start()) {
            relay.greeted(bob).close();
            relay.awaitGuest("-" + BOB + " LEFT");
            TestClient writer = relay.greeted(alice);
            var line = writer.line(BOB, bob);
            Digest transcript = Digest.NONE;
            for (int i = 1; i <= 3; i++) {
                line.send("number " + i);
                transcript = writer.expect(Frame.Published.class).transcript();
            }
            now = now.plusSeconds(2);

            Frame.Lapsed lapsed = writer.expect(Frame.Lapsed.class, told -> told.count() == 3);
            assertThat(lapsed).isEqualTo(new Frame.Lapsed(line.conversation(), BOB, 3, 3));
            line.send("number 4"); // with its seal: the relay has forgotten the one before
            writer.expect(Frame.Published.class);

            TestClient reader = relay.greeted(bob);
            assertThat(reader.expect(Frame.Gap.class)).isEqualTo(new Frame.Gap(line.conversation(), 3, 3, transcript));
            assertThat(reader.expect(Frame.Deliver.class).sequence()).isEqualTo(4);
            reader.say(new Frame.Acknowledge(line.conversation(), 4));
            reader.say(new Frame.Ping(1));
            reader.expect(Frame.Pong.class);
            reader.close();

            TestClient again = relay.greeted(bob);
            again.expect(Frame.CaughtUp.class);
            assertThat(again.unasked()).noneMatch(Frame.Gap.class::isInstance);
            saysItUntilItIsSeen(relay, lapsed);
        }
    }

    /// Who wrote to a thousand people who did not come has more to hear than may wait for anybody. All that it may ask
    /// in a second does not bound it: it has been told.
    @Test
    void tellsASenderOfMoreThanMayWaitForIt() throws Exception {
        int all = 1_300;
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            relay.greeted(alice).close();
        }
        LapsedLetters.note(directory.resolve("data/relay.db"), alice.deviceId(), 0, all, 7);
        try (TestRelay relay = TestRelay.start(
                pki,
                directory,
                ConnectionBounds.DEFAULT,
                SessionBounds.DEFAULT,
                new RateBounds(PLENTY, PLENTY, PLENTY, new Rate(1, 1)))) {
            TestClient sender = relay.greeted(alice);
            sender.expect(Frame.CaughtUp.class);
            assertThat(sender.unasked().stream().filter(Frame.Lapsed.class::isInstance))
                    .hasSizeLessThanOrEqualTo(256);
            Set<Frame.Lapsed> told = new HashSet<>();
            for (int i = 0; i < all; i++) {
                Frame.Lapsed lapsed = sender.expect(Frame.Lapsed.class);
                told.add(lapsed);
                sender.say(new Frame.LapsedSeen(lapsed.conversation(), lapsed.address(), lapsed.through()));
            }
            assertThat(told).hasSize(all);
            sender.say(new Frame.Ping(1));
            sender.expect(Frame.Pong.class);
            sender.close();
            TestClient again = relay.greeted(alice);
            again.expect(Frame.CaughtUp.class);
            assertThat(again.unasked()).as("all seen").noneMatch(Frame.Lapsed.class::isInstance);
        }
    }

    /// What is gone by a wrong clock does not come back with the right one.
    @Test
    void losesNothingToAClockThatLeapsAndIsSetBack() throws Exception {
        try (LogLines lines = LogLines.open();
                TestRelay relay = start()) {
            relay.greeted(bob).close();
            relay.awaitGuest("-" + BOB + " LEFT");
            TestClient writer = relay.greeted(alice);
            writer.line(BOB, bob).send("stays");
            writer.expect(Frame.Published.class);
            Instant right = now;
            now = right.plus(Duration.ofDays(31));
            lines.await("ERROR", "the clock leapt");
            lines.drain();
            now = right;
            lines.await("ERROR", "the clock leapt", "to " + right);
            assertThat(relay.greeted(bob).expect(Frame.Deliver.class).sequence())
                    .isEqualTo(1);
        }
    }

    /// Whoever lets go of letters is one thread: one that ended would let the disk run full, unnoticed.
    @Test
    void goesOnAfterAFailure() throws Exception {
        failures.set(2);
        try (LogLines lines = LogLines.open();
                TestRelay relay = start()) {
            lines.await("ERROR", "letters are kept longer");
            relay.greeted(bob).close();
            relay.awaitGuest("-" + BOB + " LEFT");
            TestClient writer = relay.greeted(alice);
            writer.line(BOB, bob).send("lapses");
            writer.expect(Frame.Published.class);
            now = now.plusSeconds(2);
            writer.expect(Frame.Lapsed.class);
        }
    }

    private void saysItUntilItIsSeen(TestRelay relay, Frame.Lapsed lapsed) throws Exception {
        TestClient writer = relay.greeted(alice);
        assertThat(writer.expect(Frame.Lapsed.class)).isEqualTo(lapsed);
        writer.say(new Frame.LapsedSeen(lapsed.conversation(), lapsed.address(), lapsed.through()));
        writer.say(new Frame.Ping(2));
        writer.expect(Frame.Pong.class);
        TestClient once = relay.greeted(alice);
        once.expect(Frame.CaughtUp.class);
        assertThat(once.unasked()).noneMatch(Frame.Lapsed.class::isInstance);
    }

    /// Who wrote a thousand letters in a row is told where to ask on from, though none of them is for it.
    @Test
    void saysWhereToAskOnFrom() throws Exception {
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            TestClient reader = relay.greeted(bob);
            TestClient writer = relay.greeted(alice);
            var line = writer.line(BOB, bob);
            for (int i = 1; i <= 60; i++) {
                line.send("mine");
                writer.expect(Frame.Published.class);
            }
            reader.line(alice.address(), alice).send("yours");
            Frame.Deliver delivered = writer.expect(Frame.Deliver.class);

            writer.say(new Frame.HistoryQuery(1, line.conversation(), 0, 10));
            assertThat(writer.expect(Frame.HistoryAnswer.class))
                    .isEqualTo(new Frame.HistoryAnswer(1, List.of(), true, 40, Optional.empty()));
            writer.say(new Frame.HistoryQuery(2, line.conversation(), 40, 10));
            assertThat(writer.expect(Frame.HistoryAnswer.class))
                    .as("looked on where the first page had nothing")
                    .isEqualTo(new Frame.HistoryAnswer(2, List.of(delivered), false, 61, Optional.empty()));
        }
    }

    @Test
    void givesOutHistoryToItsReadersAlone() throws Exception {
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            TestClient reader = relay.greeted(bob);
            TestClient writer = relay.greeted(alice);
            var line = writer.line(BOB, bob);
            for (int i = 1; i <= 5; i++) {
                line.send("number " + i);
                writer.expect(Frame.Published.class);
            }
            List<Frame.Deliver> delivered = List.of(
                    reader.expect(Frame.Deliver.class),
                    reader.expect(Frame.Deliver.class),
                    reader.expect(Frame.Deliver.class),
                    reader.expect(Frame.Deliver.class),
                    reader.expect(Frame.Deliver.class));
            reader.say(new Frame.Acknowledge(line.conversation(), 5));

            reader.say(new Frame.HistoryQuery(1, line.conversation(), 1, 3));
            Frame.HistoryAnswer some = reader.expect(Frame.HistoryAnswer.class);
            assertThat(some).isEqualTo(new Frame.HistoryAnswer(1, delivered.subList(1, 4), true, 4, Optional.empty()));
            reader.say(new Frame.HistoryQuery(2, line.conversation(), 4, 100));
            assertThat(reader.expect(Frame.HistoryAnswer.class))
                    .isEqualTo(new Frame.HistoryAnswer(2, delivered.subList(4, 5), false, 5, Optional.empty()));

            reader.say(new Frame.HistoryQuery(3, new ConversationId("0".repeat(64)), Long.MAX_VALUE, 1));
            assertThat(reader.expect(Frame.HistoryAnswer.class))
                    .as("the first that it has")
                    .isEqualTo(new Frame.HistoryAnswer(3, List.of(), false, 0, Optional.of(line.conversation())));

            TestClient eve = relay.greeted(pki.client("eve@lab.example"));
            eve.say(new Frame.HistoryQuery(3, line.conversation(), 0, 100));
            assertThat(eve.expect(Frame.HistoryAnswer.class))
                    .as("not even how far it goes")
                    .isEqualTo(new Frame.HistoryAnswer(3, List.of(), false, 0, Optional.empty()));
        }
    }
}
