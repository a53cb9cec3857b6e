package org.chancery.server.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.testing.TestPki;
import org.chancery.server.config.CrlLocation;
import org.chancery.server.testing.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RevocationWatchTest {

    private final TestPki pki = TestPki.create();

    @TempDir
    private Path directory;

    private Path file;
    private RevocationWatch watch;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        file = directory.resolve("crls.pem");
        publish(pki.crls());
        watch = open(file, "kept");
    }

    private RevocationWatch open(Path crls, String kept) throws IOException, InterruptedException {
        return open(crls, kept, pki.clock());
    }

    private RevocationWatch open(Path crls, String kept, Clock clock) throws IOException, InterruptedException {
        return RevocationWatch.open(
                new RevocationWatch.Watched(
                        List.of(new CrlLocation.InFile(crls)), directory.resolve(kept), Duration.ZERO),
                new Authorities(pki.trustAnchors(), pki.server("127.0.0.1").chain()),
                clock);
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private void publish(CrlSet crls) throws IOException {
        StringBuilder pem = new StringBuilder();
        crls.crls().forEach(crl -> pem.append(Pem.encode(PemLabel.X509_CRL, crl.der())));
        AtomicFile.write(file, pem.toString().getBytes(StandardCharsets.US_ASCII), Access.PUBLIC, true);
    }

    @Test
    void goesOnWatchingWhateverItsListenerDoes() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(2);
        watch.watch(since -> {
            first.countDown();
            second.countDown();
            throw new IllegalStateException("a listener with a fault");
        });
        publish(pki.revoke(pki.client("a@lab.example").chain().leaf()));
        assertThat(first.await(5, TimeUnit.SECONDS)).isTrue();
        publish(pki.revoke(pki.client("b@lab.example").chain().leaf()));
        assertThat(second.await(5, TimeUnit.SECONDS)).isTrue();
    }

    /// A clock that went wrong, and is put right.
    @Test
    void ringsWhenListsRunOutWhateverTheClockDidBefore() throws Exception {
        LookedAtClock clock = new LookedAtClock(pki.now());
        Instant end = pki.crls().crls().getFirst().nextUpdate();
        watch.close();
        watch = open(file, "kept here", clock);
        Semaphore rung = new Semaphore(0);
        watch.watch(since -> rung.release());
        clock.now = end.plus(Duration.ofDays(4000));
        assertThat(rung.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
        clock.now = pki.now();
        clock.awaitLooks();
        assertThat(rung.drainPermits()).as("nothing has run out").isZero();
        clock.now = end.plusSeconds(1);
        assertThat(rung.tryAcquire(5, TimeUnit.SECONDS)).isTrue();
    }

    /// Who is in the middle of a handshake was judged by the old ones, and is judged again.
    @Test
    void listsThatRunOutAreOtherGrounds() throws Exception {
        LookedAtClock clock = new LookedAtClock(pki.now());
        watch.close();
        watch = open(file, "kept here", clock);
        Grounds before = watch.grounds();
        BlockingQueue<Grounds> seen = new LinkedBlockingQueue<>();
        watch.watch(since -> seen.add(watch.grounds()));
        clock.now = pki.crls().crls().getFirst().nextUpdate().plusSeconds(1);
        assertThat(seen.poll(5, TimeUnit.SECONDS)).isNotNull().isNotSameAs(before);
    }

    @Test
    void goesOnWatchingWhateverGoesWrongInIt() throws Exception {
        LookedAtClock clock = new LookedAtClock(pki.now());
        watch.close();
        watch = open(file, "kept here", clock);
        CountDownLatch changed = new CountDownLatch(1);
        watch.watch(since -> changed.countDown());
        clock.broken = true;
        clock.awaitLooks();
        clock.broken = false;
        publish(pki.revoke(pki.client("a@lab.example").chain().leaf()));
        assertThat(changed.await(5, TimeUnit.SECONDS)).isTrue();
    }

    private static final class LookedAtClock extends Clock {
        private final Semaphore looks = new Semaphore(0);
        private volatile Instant now;
        private volatile boolean broken;

        LookedAtClock(Instant now) {
            this.now = now;
        }

        /// Of each tick, two at least.
        void awaitLooks() throws InterruptedException {
            looks.drainPermits();
            assertThat(looks.tryAcquire(6, 5, TimeUnit.SECONDS)).isTrue();
        }

        @Override
        public Instant instant() {
            Instant answer = now;
            looks.release();
            if (broken) {
                throw new IllegalStateException("a clock with a fault");
            }
            return answer;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    /// What waits behind the listener's last round waits since it was read.
    @Test
    void tellsSinceWhenAListIsKnown() throws Exception {
        CountDownLatch began = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        BlockingQueue<Long> since = new LinkedBlockingQueue<>();
        watch.watch(nanos -> {
            since.add(nanos);
            began.countDown();
            await(goOn);
        });
        publish(pki.revoke(pki.client("a@lab.example").chain().leaf()));
        assertThat(began.await(5, TimeUnit.SECONDS)).isTrue();
        publish(pki.revoke(pki.client("b@lab.example").chain().leaf()));
        awaitNumber(3);
        long known = System.nanoTime();
        goOn.countDown();
        assertThat(since.poll(5, TimeUnit.SECONDS)).isNotNull();
        Long second = since.poll(5, TimeUnit.SECONDS);
        assertThat(second).isNotNull();
        assertThat(second - known).isNegative();
    }

    private void awaitNumber(int number) throws InterruptedException {
        for (int attempt = 0; watch.grounds().crls().highestNumber().intValue() < number; attempt++) {
            assertThat(attempt).isLessThan(1000);
            Thread.sleep(5);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Between the opening of a relay's door and the watch somebody may be met by whom another list counts.
    @Test
    void hearsWhoRangBeforeItWatches() throws Exception {
        watch.believe(new Authorities(
                pki.otherAuthority().trustAnchors(), pki.server("127.0.0.1").chain()));
        CountDownLatch changed = new CountDownLatch(1);
        watch.watch(since -> changed.countDown());
        assertThat(changed.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void saysWhyAListIsNotTakenAndWhenItIs() throws Exception {
        try (LogLines log = LogLines.open()) {
            watch.watch(since -> {});
            Path aside = directory.resolve("aside");
            Files.move(file, aside);
            log.await("WARN " + file + " not taken, what was known stays: no such file: ");
            Files.move(aside, file);
            log.await("INFO " + file + " can be read again");
        }
    }

    @Test
    void ofTwoListsOfOneNumberTheLaterMadeCounts() throws Exception {
        publish(pki.staleCrls());
        watch.close();
        watch = open(file, "kept here");
        CountDownLatch changed = new CountDownLatch(1);
        watch.watch(since -> changed.countDown());
        publish(pki.crls());
        assertThat(changed.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.grounds().crls().crls())
                .extracting(Crl::thisUpdate)
                .containsOnly(pki.crls().crls().getFirst().thisUpdate());
    }
}
