package org.chancery.server.conversation.sqlite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.device.DeviceChain;
import org.chancery.protocol.device.DeviceEntry;
import org.chancery.protocol.device.DeviceStatement;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.DeviceVerdict;
import org.chancery.server.conversation.Gap;
import org.chancery.server.conversation.KnownDevice;
import org.chancery.server.conversation.Lapse;
import org.chancery.server.conversation.Page;
import org.chancery.server.conversation.Publication;
import org.chancery.server.conversation.StorageShares;
import org.chancery.server.conversation.StoredLetter;
import org.chancery.server.conversation.Verdict;
import org.chancery.server.delivery.Delivery;
import org.chancery.server.metrics.Metrics;
import org.chancery.server.testing.Scribe;
import org.chancery.server.testing.Writing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What goes and what stays, with a clock that the test moves.
class RetentionTest {

    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final long PLENTY = 1L << 40;

    private final TestPki pki = TestPki.create();
    private final Identity bobHimself = pki.client(BOB.value());
    private final Identity phone = pki.client(BOB.value());
    private final KnownDevice alice = device(ALICE, pki.client(ALICE.value()));
    private final KnownDevice bob = device(BOB, bobHimself);
    private final KnownDevice bobsPhone = device(BOB, phone);
    private final Writing writing = new Writing(ALICE, alice.id(), BOB, 1, List.of(bob.id(), bobsPhone.id()));

    private volatile Instant now = TestPki.NOW;

    @TempDir
    private Path directory;

    private ConversationLog log;

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
            return now;
        }
    }

    private ConversationLog open(long octetsPerAddress, long diskReserve) throws Exception {
        StorageBounds bounds =
                new StorageBounds(Duration.ofDays(1), Duration.ofDays(30), octetsPerAddress, diskReserve);
        return SqliteConversationLog.open(
                directory.resolve("relay.db"),
                StorageShares.ofLogAlone(bounds),
                new Moved(),
                new SecureRandom(),
                new Metrics(),
                failure -> {
                    throw new AssertionError(failure);
                });
    }

    @BeforeEach
    void openLog() throws Exception {
        log = open(PLENTY, 0);
        log.admit(alice);
        log.admit(bob);
        log.admit(bobsPhone);
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private static KnownDevice device(Address address, Identity identity) {
        return new KnownDevice(address, Optional.of("N"), identity.deviceId(), identity.chain(), false);
    }

    private Verdict append(Publication publication) throws Exception {
        CompletableFuture<Verdict> answer = new CompletableFuture<>();
        log.append(publication, answer::complete);
        return answer.get(10, TimeUnit.SECONDS);
    }

    /// Five letters from Alice to both devices of Bob.
    private Digest write() throws Exception {
        Digest transcript = Digest.NONE;
        for (int counter = 1; counter <= 5; counter++) {
            Verdict verdict = append(
                    counter == 1 ? writing.publication(1, "number 1") : writing.bare(counter, "number " + counter));
            transcript = ((Verdict.Appended) verdict).transcript();
        }
        return transcript;
    }

    private void acknowledge(KnownDevice reader, long sequence) throws Exception {
        log.acknowledge(reader.id(), writing.conversation(), sequence);
        log.revoke(List.of()); // is behind it, and returns when both are durable
    }

    private Page page(KnownDevice reader, long after) throws Exception {
        return log.read(reader.id(), writing.conversation(), after, 100);
    }

    private List<Long> kept(KnownDevice reader) throws Exception {
        return page(reader, 0).letters().stream().map(StoredLetter::sequence).toList();
    }

    private List<Lapse> lapses() throws Exception {
        return log.lapses(alice.id(), Optional.empty(), 100);
    }

    @Test
    void keepsWhatEverybodyHasForADay() throws Exception {
        write();
        acknowledge(bob, 5);
        acknowledge(bobsPhone, 3);
        now = now.plus(Duration.ofHours(24));
        log.retire(now);
        assertThat(kept(bob)).containsExactly(1L, 2L, 3L, 4L, 5L);
        now = now.plusMillis(1);
        log.retire(now);
        assertThat(kept(bob)).as("what the phone still has to fetch").containsExactly(4L, 5L);
        assertThat(page(bob, 0).gap()).as("nothing was missed").isEmpty();
        assertThat(lapses()).isEmpty();
    }

    @Test
    void knowsWhenTheNewestLetterWasTakenThatItKeeps() throws Exception {
        assertThat(log.newest()).isEmpty();
        write();
        Instant written = now;
        now = now.plus(Duration.ofDays(31));
        assertThat(log.newest()).contains(written);
        log.retire(now);
        assertThat(log.newest()).isEmpty();
    }

    @Test
    void letsGoAtTheLatestAndSaysHowManyWereMissed() throws Exception {
        Digest transcript = write();
        acknowledge(bob, 5);
        acknowledge(bobsPhone, 2);
        now = now.plus(Duration.ofDays(30));
        log.retire(now);
        assertThat(kept(bobsPhone)).containsExactly(3L, 4L, 5L);
        now = now.plusMillis(1);
        assertThat(log.retire(now)).as("whom to tell").containsExactly(alice.id());

        Page page = page(bobsPhone, 2);
        assertThat(page.gap()).contains(new Gap(5, 3, transcript));
        assertThat(page.letters()).isEmpty();
        assertThat(lapses()).containsExactly(new Lapse(writing.conversation(), BOB, 5, 3));
        append(writing.publication(6, "number 6"));
        assertThat(page(bobsPhone, 2).gap()).as("behind a gap goes on").isPresent();
        assertThat(page(bobsPhone, 5).letters())
                .extracting(StoredLetter::sequence)
                .containsExactly(6L);
        assertThat(page(bobsPhone, 5).gap()).isEmpty();
    }

    @Test
    void forgetsWhatWasToldOnceItIsKnown() throws Exception {
        write();
        acknowledge(bob, 5);
        now = now.plus(Duration.ofDays(31));
        log.retire(now);
        assertThat(page(bobsPhone, 0).gap()).isPresent();
        acknowledge(bobsPhone, 5);
        log.seen(alice.id(), writing.conversation(), BOB, 4);
        log.retire(now);
        assertThat(lapses()).as("more has lapsed than was seen").hasSize(1);
        assertThat(page(bobsPhone, 0).gap()).isEmpty();
        log.seen(alice.id(), writing.conversation(), BOB, 5);
        log.retire(now);
        assertThat(lapses()).isEmpty();
    }

    @Test
    void waitsForNobodyWhoIsRevokedOrHasRunOut() throws Exception {
        write();
        acknowledge(bob, 5);
        log.revoke(List.of(bobsPhone.id()));
        now = now.plus(Duration.ofDays(2));
        log.retire(now);
        assertThat(kept(bob)).isEmpty();
        assertThat(lapses()).as("nobody could have fetched it").isEmpty();
    }

    /// Half a million letters are due when a relay was away for long, and it may be told to stop meanwhile.
    @Test
    void letsGoOfNoMoreOnceItIsInterrupted() throws Exception {
        write();
        for (int counter = 6; counter <= 100; counter++) {
            append(writing.bare(counter, "number " + counter));
        }
        acknowledge(bob, 100);
        acknowledge(bobsPhone, 100);
        now = now.plus(Duration.ofDays(2));
        CountDownLatch written = new CountDownLatch(1);
        log.append(writing.bare(101, "holds up who writes"), _ -> awaitQuietly(written));
        FutureTask<Set<DeviceId>> retirement = new FutureTask<>(() -> log.retire(now));
        Thread tidying = Thread.ofPlatform().start(retirement);
        while (tidying.getState() != Thread.State.TIMED_WAITING) { // for its first change
            Thread.onSpinWait();
        }
        tidying.interrupt();
        assertThatExceptionOfType(ExecutionException.class)
                .isThrownBy(() -> retirement.get(10, TimeUnit.SECONDS))
                .withCauseInstanceOf(InterruptedException.class);
        written.countDown();
        log.revoke(List.of()); // is behind that change
        assertThat(kept(bob)).as("some are gone").hasSize(101 - 32).last().isEqualTo(101L);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void waitsForNobodyWhoWasEnded() throws Exception {
        write();
        acknowledge(bob, 5);
        endsHisPhone();
        now = now.plus(Duration.ofDays(2));
        log.retire(now);
        assertThat(kept(bob)).isEmpty();
        assertThat(lapses()).as("nobody could have fetched it").isEmpty();
    }

    /// Bob begins his device chain, takes the phone on, and ends it.
    private void endsHisPhone() throws Exception {
        Scribe scribe = new Scribe(pki);
        DeviceStatement first = scribe.statement(DeviceChain.first(BOB, bob.id()), bobHimself);
        DeviceChain chain = DeviceChain.begin(first);
        DeviceStatement add = scribe.statement(chain.next(new DeviceEntry.Act.Add(bobsPhone.id())), bobHimself, phone);
        DeviceChain both = chain.apply(add);
        DeviceStatement end = scribe.statement(both.next(new DeviceEntry.Act.End(bobsPhone.id())), bobHimself);
        for (DeviceStatement statement : List.of(first, add, end)) {
            CompletableFuture<DeviceVerdict> answer = new CompletableFuture<>();
            log.enter(statement, answer::complete);
            assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(DeviceVerdict.Entered.class);
        }
    }

    /// Else they are there for ever, and are looked through again and again.
    @Test
    void keepsNoGapsForThoseWhoDoNotComeBack() throws Exception {
        for (Leaving leaving : List.<Leaving>of(
                () -> log.revoke(List.of(bobsPhone.id())),
                () -> {
                    now = TestPki.NOW; // when it is signed
                    endsHisPhone();
                },
                () -> now = phone.chain()
                        .leaf()
                        .getNotAfter()
                        .toInstant()
                        .plus(Duration.ofDays(30))
                        .plusMillis(1))) {
            closeLog();
            Files.deleteIfExists(directory.resolve("relay.db"));
            now = TestPki.NOW;
            openLog();
            write();
            now = now.plus(Duration.ofDays(31));
            log.retire(now);
            assertThat(gaps()).isEqualTo(2);
            acknowledge(bob, 5);
            log.retire(now);
            assertThat(gaps()).as("the phone may still come").isEqualTo(1);
            leaving.happens();
            log.retire(now);
            assertThat(gaps()).isZero();
        }
    }

    private interface Leaving {
        void happens() throws Exception;
    }

    private long gaps() throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + directory.resolve("relay.db"));
                Statement statement = connection.createStatement()) {
            return statement.executeQuery("SELECT count(*) FROM gap").getLong(1);
        }
    }

    /// Who renews what has run out is the same device, and may still be told.
    @Test
    void tellsWhoHasJustRunOutOfWhatItMissed() throws Exception {
        write();
        now = now.plus(Duration.ofDays(31));
        log.retire(now);
        now = phone.chain().leaf().getNotAfter().toInstant().plus(Duration.ofDays(29));
        log.retire(now);
        assertThat(page(bobsPhone, 0).gap()).isPresent();
    }

    /// A read takes a connection that others wait for, so it does not look for letters among a million that are gone.
    @Test
    void looksAtABoundedStretchOfWhatIsGone() throws Exception {
        int gone = 2 * Letters.MAX_PLACES + 100;
        append(writing.publication(1, "number 1"));
        for (int counter = 2; counter <= gone; counter++) {
            log.append(writing.bare(counter, "x"), _ -> {});
        }
        acknowledge(bob, gone);
        log.revoke(List.of(bobsPhone.id()));
        now = now.plus(Duration.ofDays(2));
        log.retire(now);
        log.admit(bobsPhone); // back, and nothing was noted for it meanwhile
        append(writing.publication(gone + 1, "is there"));
        log.close();
        log = open(PLENTY, 0); // with nothing in memory

        Page page = page(bobsPhone, 0);
        assertThat(page).isEqualTo(new Page(Optional.empty(), List.of(), List.of(), true, Letters.MAX_PLACES));
        page = page(bobsPhone, 2 * Letters.MAX_PLACES);
        assertThat(page.letters()).extracting(StoredLetter::sequence).containsExactly(gone + 1L);
        assertThat(page.more()).isFalse();
        assertThat(page.reached()).isEqualTo(gone + 1L);

        Delivery delivery = new Delivery(log, bobsPhone.id(), 100);
        delivery.begin();
        assertThat(delivery.next().letters())
                .as("goes on behind them")
                .extracting(StoredLetter::sequence)
                .containsExactly(gone + 1L);
        assertThat(delivery.next().notice()).contains(new Frame.CaughtUp());
        assertThat(delivery.next().isEmpty()).isTrue();

        int room = 1 << 20;
        assertThat(delivery.history(new Frame.HistoryQuery(1, writing.conversation(), 0, 100), room)
                        .letters())
                .as("so does an answer, for a while")
                .hasSize(1);
    }

    @Test
    void letsSealsGoWithTheirLastLetterAndTakesThemAgain() throws Exception {
        write();
        acknowledge(bob, 5);
        acknowledge(bobsPhone, 4);
        now = now.plus(Duration.ofDays(2));
        log.retire(now);
        assertThat(append(writing.bare(6, "under the seal that number 5 holds")))
                .isInstanceOf(Verdict.Appended.class);
        acknowledge(bob, 6);
        acknowledge(bobsPhone, 6);
        now = now.plus(Duration.ofDays(2));
        log.retire(now);
        assertThat(append(writing.bare(7, "under a seal that is gone")))
                .isInstanceOfSatisfying(
                        Verdict.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo(ProtocolError.UNKNOWN_SEAL));
        assertThat(append(writing.publication(7, "with its seal"))).isInstanceOf(Verdict.Appended.class);
        assertThat(page(bob, 6).letters().getFirst().wrap()).isPresent();
    }

    @Test
    void knowsARetryOfALetterThatIsGone() throws Exception {
        Digest transcript = write();
        acknowledge(bob, 5);
        acknowledge(bobsPhone, 5);
        now = now.plus(Duration.ofDays(2));
        log.retire(now);
        Verdict verdict = append(writing.bare(5, "number 5"));
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Appended.class,
                        again -> assertThat(again.transcript()).isEqualTo(transcript));
    }

    @Test
    void countsWhatAnAddressHasAndFreesWhatGoes() throws Exception {
        write();
        log.close();
        log = open(1 << 20, 0);
        assertThat(append(writing.bare(6, "x".repeat(1 << 20))))
                .isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
                    assertThat(refused.error()).isEqualTo(ProtocolError.QUOTA_EXCEEDED);
                    assertThat(refused.retryAfter()).isPresent();
                });
        int large = (1 << 20) - 20_000;
        assertThat(append(writing.bare(6, "x".repeat(large)))).isInstanceOf(Verdict.Appended.class);
        assertThat(append(writing.bare(7, "y".repeat(20_000)))).isInstanceOf(Verdict.Refused.class);
        log.close();
        log = open(1 << 20, 0);
        assertThat(append(writing.bare(7, "y".repeat(20_000)))).isInstanceOf(Verdict.Refused.class);

        acknowledge(bob, 6);
        acknowledge(bobsPhone, 6);
        now = now.plus(Duration.ofDays(2));
        log.retire(now);
        assertThat(append(writing.publication(7, "y".repeat(20_000)))).isInstanceOf(Verdict.Appended.class);
        log.close();
        try (Sql sql =
                Database.open(directory.resolve("relay.db"), new SecureRandom()).connect()) {
            long counted = sql.one("SELECT octets FROM usage WHERE address = ?", row -> row.getLong(1), ALICE.value())
                    .orElseThrow();
            long there = sql.one("SELECT sum(length(der)) FROM letter", row -> row.getLong(1))
                            .orElseThrow()
                    + sql.one("SELECT sum(length(recipient_info)) FROM wrap", row -> row.getLong(1))
                            .orElseThrow();
            assertThat(counted).isEqualTo(there);
        }
        log = open(PLENTY, 0);
    }

    @Test
    void takesNothingOnADiskThatIsNearlyFull() throws Exception {
        log.close();
        log = open(PLENTY, (long) 1e15);
        assertThat(append(writing.publication(1, "x"))).isInstanceOfSatisfying(Verdict.Refused.class, refused -> {
            assertThat(refused.error()).isEqualTo(ProtocolError.OUT_OF_SPACE);
            assertThat(refused.retryAfter()).isPresent();
        });
        log.revoke(List.of(bobsPhone.id()));
        assertThat(log.device(bobsPhone.id()).orElseThrow().revoked())
                .as("has room")
                .isTrue();
    }
}
