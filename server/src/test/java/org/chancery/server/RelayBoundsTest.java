package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.channel.Peer;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.Query;
import org.chancery.protocol.frame.SessionEndCode;
import org.chancery.server.config.ConnectionBounds;
import org.chancery.server.config.Rate;
import org.chancery.server.config.RateBounds;
import org.chancery.server.config.ServerConfig;
import org.chancery.server.config.SessionBounds;
import org.chancery.server.session.Guestbook;
import org.chancery.server.session.SessionEnd;
import org.chancery.server.testing.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a relay grants, and what becomes of who wants more.
@Timeout(60)
class RelayBoundsTest {

    private static final Address BOB = new Address("bob@lab.example");
    private static final Rate PLENTY = new Rate(1_000_000, 1_000_000);

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");
    private final Identity bob = pki.client(BOB.value());
    private final List<AutoCloseable> opened = new ArrayList<>();

    @TempDir
    private Path directory;

    private Relay relay;

    private void start(ConnectionBounds connections, SessionBounds sessions, RateBounds rates) throws Exception {
        ServerConfig config = new ServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                directory.resolve("data"),
                List.of(),
                Duration.ZERO,
                connections,
                sessions,
                rates,
                Optional.empty());
        relay = Relay.start(
                config,
                pki.server("127.0.0.1"),
                pki.trustAnchors(),
                new Relay.Surroundings(pki.clock(), new SecureRandom(), new Nobody(), failure -> {
                    throw new AssertionError(failure);
                }));
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
        relay.drain();
    }

    private static final class Nobody implements Guestbook {
        @Override
        public void connected(Peer peer) {}

        @Override
        public void disconnected(Peer peer, SessionEnd end) {}
    }

    private TestClient greeted(Identity identity) throws Exception {
        TestClient client = TestClient.greeted(pki, identity, relay.address());
        opened.add(client);
        return client;
    }

    private Socket silent() throws IOException {
        Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), relay.address().getPort());
        opened.add(socket);
        return socket;
    }

    private static ConnectionBounds connections(int total, int perSource, int handshakes) {
        return new ConnectionBounds(total, perSource, handshakes, Duration.ofSeconds(30));
    }

    private static SessionBounds sessions(int perDevice, Duration helloTimeout) {
        SessionBounds d = SessionBounds.DEFAULT;
        return new SessionBounds(
                perDevice,
                helloTimeout,
                d.maxFrameBytes(),
                d.pingAfter(),
                d.idleTimeout(),
                d.deliveryWindow(),
                d.queuedFrames(),
                d.drainTimeout(),
                d.comeBackIn());
    }

    /// The letter is refused with when to come again, granted then, and the next one's number is still right.
    @Test
    void refusesLettersBeyondTheRateAndTakesThemLater() throws Exception {
        start(ConnectionBounds.DEFAULT, SessionBounds.DEFAULT, new RateBounds(PLENTY, PLENTY, new Rate(2, 3), PLENTY));
        greeted(bob);
        TestClient writer = greeted(alice);
        var line = writer.line(BOB, bob);
        for (int i = 0; i < 3; i++) {
            line.send("within");
            writer.expect(Frame.Published.class);
        }
        Frame.Publish beyond = line.send("beyond");
        Frame.Refused refused = writer.expect(Frame.Refused.class);
        assertThat(refused.error()).isEqualTo(ProtocolError.TOO_MANY);
        assertThat(refused.publish()).contains(beyond.key());
        Duration wait = refused.retryAfter().orElseThrow();
        assertThat(wait).isBetween(Duration.ZERO, Duration.ofMillis(500));

        Thread.sleep(wait.plusMillis(1)); // the time is the answer
        writer.say(beyond);
        assertThat(writer.expect(Frame.Published.class).sequence()).isEqualTo(4);
    }

    @Test
    void givesNobodyANewAllowanceForConnectingAnew() throws Exception {
        start(ConnectionBounds.DEFAULT, SessionBounds.DEFAULT, new RateBounds(PLENTY, PLENTY, PLENTY, new Rate(1, 2)));
        TestClient first = greeted(alice);
        for (long id = 1; id <= 2; id++) {
            first.say(new Frame.DirectoryQuery(id, new Query.ByAddress(BOB)));
            first.expect(Frame.DirectoryAnswer.class);
        }
        TestClient second = greeted(alice);
        second.say(new Frame.DirectoryQuery(3, new Query.ByAddress(BOB)));
        Frame.Refused refused = second.expect(Frame.Refused.class);
        assertThat(refused.error()).isEqualTo(ProtocolError.TOO_MANY);
        assertThat(refused.queryId()).contains(3L);
        assertThat(refused.retryAfter()).isPresent();
    }

    @Test
    void readsMoreSlowlyWhoSendsTooManyFramesAndRefusesNone() throws Exception {
        start(
                ConnectionBounds.DEFAULT,
                SessionBounds.DEFAULT,
                new RateBounds(new Rate(50, 10), PLENTY, PLENTY, PLENTY));
        TestClient client = greeted(alice);
        long before = System.nanoTime();
        for (int i = 0; i < 60; i++) {
            client.say(new Frame.Ping(i));
        }
        for (int i = 0; i < 60; i++) {
            assertThat(client.expect(Frame.Pong.class).nonce()).isEqualTo(i);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as("Hello and 60 frames, 10 at once, 50 a second")
                .isGreaterThan(Duration.ofMillis(900));
    }

    @Test
    void readsMoreSlowlyWhoSendsTooManyOctets() throws Exception {
        start(
                ConnectionBounds.DEFAULT,
                SessionBounds.DEFAULT,
                new RateBounds(PLENTY, new Rate(20_000, 1_000), PLENTY, PLENTY));
        greeted(bob);
        TestClient writer = greeted(alice);
        var line = writer.line(BOB, bob);
        long before = System.nanoTime();
        Frame.Publish publish = line.send("x".repeat(12_000));
        line.send("y");
        writer.expect(Frame.Published.class);
        writer.expect(Frame.Published.class);
        int octets = publish.letter().der().length;
        assertThat(Duration.ofNanos(System.nanoTime() - before))
                .as(octets + " octets, 1,000 at once, 20,000 a second")
                .isGreaterThan(Duration.ofMillis((octets - 1_000) / 20));
    }

    @Test
    void letsInWhoShakesHandsWhileOthersDoNot() throws Exception {
        start(connections(100, 100, 4), SessionBounds.DEFAULT, RateBounds.DEFAULT);
        List<Socket> pending = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pending.add(silent());
        }
        greeted(alice);
        for (Socket givenUp : pending.subList(0, 16)) {
            assertThat(givenUp.getInputStream().read())
                    .as("closed by the relay")
                    .isNegative();
        }
    }

    @Test
    void closesWhoIsTooManyAndAcceptsAgainWhenThereIsRoom() throws Exception {
        start(connections(2, 2, 2), SessionBounds.DEFAULT, RateBounds.DEFAULT);
        TestClient first = greeted(alice);
        greeted(bob);
        assertThat(silent().getInputStream().read()).as("closed by the relay").isNegative();
        first.close();
        awaitRoom();
    }

    /// The relay frees the place in its own time; each attempt ends with its answer.
    private void awaitRoom() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            try {
                greeted(alice);
                return;
            } catch (IOException | AssertionError e) {
                assertThat(e).as("closed before or within the handshake").isNotNull();
            }
        }
        throw new AssertionError("the place is never free");
    }

    @Test
    void boundsTheConnectionsOfADevice() throws Exception {
        start(ConnectionBounds.DEFAULT, sessions(2, Duration.ofSeconds(30)), RateBounds.DEFAULT);
        for (int i = 0; i < 2; i++) {
            opened.add(TestClient.connect(pki, alice, relay.address()));
        }
        TestClient third = TestClient.connect(pki, alice, relay.address());
        opened.add(third);
        assertThat(third.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.CROWDED);
        third.awaitEnd();
        greeted(bob);
    }

    @Test
    void sendsAwayWhoNeverSaysHello() throws Exception {
        start(ConnectionBounds.DEFAULT, sessions(4, Duration.ofMillis(200)), RateBounds.DEFAULT);
        TestClient mute = TestClient.connect(pki, alice, relay.address());
        opened.add(mute);
        Frame.Goodbye goodbye = mute.expect(Frame.Goodbye.class);
        assertThat(goodbye.code()).isEqualTo(SessionEndCode.IDLE);
        assertThat(goodbye.detail()).contains("Hello");
        mute.awaitEnd();
    }
}
