package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.SessionEndCode;
import org.chancery.server.config.SessionBounds;
import org.chancery.server.testing.Answer;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A relay that is told to stop.
@Timeout(60)
class RelayDrainTest {

    private static final Address BOB = new Address("bob@lab.example");

    /// More than the kernel holds for somebody who does not read.
    private static final int LETTERS = 100;

    private static final String LONG = "x".repeat(100_000);

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");
    private final Identity bob = pki.client(BOB.value());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @TempDir
    private Path directory;

    @AfterEach
    void endThreads() {
        threads.shutdownNow();
    }

    @Test
    void letsNobodyInAndSaysSo() throws Exception {
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            CountDownLatch door = new CountDownLatch(1);
            relay.holdDepartures(door);
            TestClient client = relay.greeted(alice);
            Future<?> drained = threads.submit(() -> {
                relay.drain();
                return null;
            });
            Frame.Goodbye goodbye = client.expect(Frame.Goodbye.class);
            assertThat(goodbye.code()).isEqualTo(SessionEndCode.DRAINING);
            assertThat(goodbye.comeBackIn()).contains(SessionBounds.DEFAULT.comeBackIn());

            Answer ready = relay.ask("/readyz");
            assertThat(ready.status()).isEqualTo(503);
            assertThat(ready.body()).startsWith("draining");
            InetSocketAddress address = relay.relay().address();
            assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> dial(address));
            assertThat(drained.isDone()).isFalse();
            door.countDown();
            drained.get(10, TimeUnit.SECONDS);
            assertThatExceptionOfType(SocketException.class) // refused, or reset while it was letting go
                    .isThrownBy(() -> relay.ask("/readyz"));
            assertThat(relay.data().resolve("control.sock")).doesNotExist();
        }
    }

    private static void dial(InetSocketAddress address) throws IOException {
        new Socket(address.getAddress(), address.getPort()).close();
    }

    /// Whoever tidies up may have half a million letters to let go of: nobody waits for that.
    @Test
    void tellsEverybodyBeforeItHasTidiedUp() throws Exception {
        CountDownLatch tidying = new CountDownLatch(1);
        Clock clock = new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            // Holds up who lets go of letters until it is told to end.
            @Override
            public Instant instant() {
                if (Thread.currentThread().getName().equals("housekeeping")) {
                    tidying.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return pki.now();
            }
        };
        try (TestRelay relay = TestRelay.start(pki, directory, clock)) {
            TestClient client = relay.greeted(alice);
            assertThat(tidying.await(10, TimeUnit.SECONDS)).isTrue();
            Future<?> drained = threads.submit(() -> {
                relay.drain();
                return null;
            });
            assertThat(client.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.DRAINING);
            drained.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void waitsForNobodyWhoDoesNotRead() throws Exception {
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            relay.greeted(bob).close();
            relay.awaitGuest("-" + BOB + " LEFT");
            TestClient writer = relay.greeted(alice);
            TestClient.Line line = writer.line(BOB, bob);
            for (int i = 0; i < LETTERS; i++) {
                line.send(LONG);
                writer.expect(Frame.Published.class);
            }
            TlsIdentity tls =
                    new TlsIdentity(bob, new PeerJudge(pki.trustAnchors(), Revocation.NotChecked::new, pki.clock()));
            try (Channel deaf =
                    Channel.connect("127.0.0.1", relay.relay().address().getPort(), tls, Duration.ofSeconds(10))) {
                deaf.writer().write(new Frame.Hello(Frame.VERSION, Optional.empty(), "deaf"));
                deaf.writer().flush();
                relay.awaitSample("chancery_letters_delivered_total", 1);
                long before = System.nanoTime();
                relay.drain();
                assertThat(Duration.ofNanos(System.nanoTime() - before))
                        .isLessThan(SessionBounds.DEFAULT.drainTimeout());
            }
        }
        try (TestRelay relay = TestRelay.start(pki, directory)) {
            TestClient reader = relay.greeted(bob);
            for (int i = 1; i <= LETTERS; i++) {
                assertThat(reader.expect(Frame.Deliver.class).sequence())
                        .as("was acknowledged")
                        .isEqualTo(i);
            }
        }
    }
}
