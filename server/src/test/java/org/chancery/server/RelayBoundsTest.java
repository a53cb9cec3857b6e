package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.Query;
import org.chancery.protocol.frame.SessionEndCode;
import org.chancery.server.config.ConnectionBounds;
import org.chancery.server.config.Rate;
import org.chancery.server.config.RateBounds;
import org.chancery.server.config.SessionBounds;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
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

    /// The relay of a test; it stops with the test.
    private TestRelay start(ConnectionBounds connections, SessionBounds sessions, RateBounds rates) throws Exception {
        TestRelay relay = TestRelay.start(pki, directory, connections, sessions, rates);
        opened.add(relay);
        return relay;
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable one : opened.reversed()) {
            one.close();
        }
    }

    private Socket silent(TestRelay relay) throws IOException {
        Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), relay.relay().address().getPort());
        opened.add(socket);
        return socket;
    }

    private static ConnectionBounds connections(int total, int perSource, int handshakes) {
        return new ConnectionBounds(total, perSource, handshakes, Duration.ofSeconds(30), new Rate(100, 1_000));
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
    @Defends(Threat.DEVICE_THAT_FLOODS)
    void refusesLettersBeyondTheRateAndTakesThemLater() throws Exception {
        TestRelay relay = start(
                ConnectionBounds.DEFAULT,
                SessionBounds.DEFAULT,
                new RateBounds(PLENTY, PLENTY, new Rate(2, 3), PLENTY));
        relay.greeted(bob);
        TestClient writer = relay.greeted(alice);
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
    @Defends(Threat.DEVICE_THAT_FLOODS)
    void countsAListOfPeopleAsSeveralQueries() throws Exception {
        TestRelay relay = start(
                ConnectionBounds.DEFAULT,
                SessionBounds.DEFAULT,
                new RateBounds(PLENTY, PLENTY, PLENTY, new Rate(1, 10)));
        TestClient client = relay.greeted(alice);
        client.say(new Frame.DirectoryQuery(1, new Query.ByPrefix("", 100)));
        client.expect(Frame.DirectoryAnswer.class);
        client.say(new Frame.DirectoryQuery(2, new Query.ByPrefix("", 50)));
        assertThat(client.expect(Frame.Refused.class).retryAfter().orElseThrow())
                .isGreaterThan(Duration.ofSeconds(3));
    }

    /// What is not under way need not be written down, however often it is acknowledged or seen.
    @Test
    @Defends(Threat.DEVICE_THAT_FLOODS)
    void writesDownNothingThatIsNoNews() throws Exception {
        TestRelay relay = start(
                ConnectionBounds.DEFAULT,
                SessionBounds.DEFAULT,
                new RateBounds(PLENTY, PLENTY, PLENTY, new Rate(1, 2)));
        TestClient client = relay.greeted(alice);
        ConversationId conversation = ConversationId.direct(alice.address(), BOB);
        client.expect(Frame.CaughtUp.class);
        long before = changes(relay);
        for (int i = 0; i < 100; i++) {
            client.say(new Frame.Acknowledge(conversation, i + 1));
            client.say(new Frame.LapsedSeen(conversation, BOB, i + 1));
        }
        client.say(new Frame.Ping(1));
        client.expect(Frame.Pong.class);
        assertThat(changes(relay)).isLessThanOrEqualTo(before + 5);
    }

    /// Committed, or waiting for it.
    private static long changes(TestRelay relay) {
        return relay.relay()
                .metrics()
                .text()
                .lines()
                .filter(line ->
                        line.startsWith("chancery_commit_changes_sum ") || line.startsWith("chancery_log_queue "))
                .mapToLong(line -> (long) Double.parseDouble(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    @Test
    @Defends(Threat.DEVICE_THAT_FLOODS)
    void givesNobodyANewAllowanceForConnectingAnew() throws Exception {
        TestRelay relay = start(
                ConnectionBounds.DEFAULT,
                SessionBounds.DEFAULT,
                new RateBounds(PLENTY, PLENTY, PLENTY, new Rate(1, 2)));
        TestClient first = relay.greeted(alice);
        for (long id = 1; id <= 2; id++) {
            first.say(new Frame.DirectoryQuery(id, new Query.ByAddress(BOB)));
            first.expect(Frame.DirectoryAnswer.class);
        }
        TestClient second = relay.greeted(alice);
        second.say(new Frame.DirectoryQuery(3, new Query.ByAddress(BOB)));
        Frame.Refused refused = second.expect(Frame.Refused.class);
        assertThat(refused.error()).isEqualTo(ProtocolError.TOO_MANY);
        assertThat(refused.queryId()).contains(3L);
        assertThat(refused.retryAfter()).isPresent();
    }

    @Test
    @Defends(Threat.DEVICE_THAT_FLOODS)
    void readsMoreSlowlyWhoSendsTooManyFramesAndRefusesNone() throws Exception {
        TestRelay relay = start(
                ConnectionBounds.DEFAULT,
                SessionBounds.DEFAULT,
                new RateBounds(new Rate(50, 10), PLENTY, PLENTY, PLENTY));
        TestClient client = relay.greeted(alice);
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
    @Defends(Threat.DEVICE_THAT_FLOODS)
    void readsMoreSlowlyWhoSendsTooManyOctets() throws Exception {
        TestRelay relay = start(
                ConnectionBounds.DEFAULT,
                SessionBounds.DEFAULT,
                new RateBounds(PLENTY, new Rate(20_000, 1_000), PLENTY, PLENTY));
        relay.greeted(bob);
        TestClient writer = relay.greeted(alice);
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
    @Defends(Threat.HANDSHAKES_LEFT_OPEN)
    void letsInWhoShakesHandsWhileOthersDoNot() throws Exception {
        TestRelay relay = start(connections(100, 100, 4), SessionBounds.DEFAULT, RateBounds.DEFAULT);
        List<Socket> pending = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            pending.add(silent(relay));
        }
        relay.greeted(alice);
        for (Socket givenUp : pending.subList(0, 16)) {
            assertThat(givenUp.getInputStream().read())
                    .as("closed by the relay")
                    .isNegative();
        }
    }

    @Test
    @Defends(Threat.HANDSHAKES_THAT_FAIL)
    void closesAtOnceWhereHandshakesFailAgainAndAgain() throws Exception {
        TestRelay relay = start(
                new ConnectionBounds(100, 100, 100, Duration.ofSeconds(30), new Rate(1, 3)),
                SessionBounds.DEFAULT,
                RateBounds.DEFAULT);
        int failed = 0;
        while (refused(relay, "source_failures") == 0 && failed < 100) {
            fail(relay, InetAddress.ofLiteral("127.0.0.2"));
            failed++;
        }
        assertThat(failed).as("three may fail").isBetween(4, 99);
        assertThat(refused(relay, "handshake"))
                .as("the others cost no handshake")
                .isLessThan(5);
        relay.greeted(alice); // from elsewhere
    }

    /// What is no TLS, until the relay has closed.
    private static void fail(TestRelay relay, InetAddress from) throws IOException {
        try (Socket socket = new Socket(
                InetAddress.getLoopbackAddress(), relay.relay().address().getPort(), from, 0)) {
            socket.getOutputStream().write(new byte[16]);
            socket.shutdownOutput();
            socket.getInputStream().readAllBytes();
        } catch (SocketException e) {
            return; // closed at once, with octets unread
        }
    }

    private static long refused(TestRelay relay, String reason) {
        String name = "chancery_connections_refused_total{reason=\"" + reason + "\"} ";
        return relay.relay()
                .metrics()
                .text()
                .lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(name.length())))
                .sum();
    }

    @Test
    void closesWhoIsTooManyAndAcceptsAgainWhenThereIsRoom() throws Exception {
        TestRelay relay = start(connections(2, 2, 2), SessionBounds.DEFAULT, RateBounds.DEFAULT);
        TestClient first = relay.greeted(alice);
        relay.greeted(bob);
        assertThat(silent(relay).getInputStream().read())
                .as("closed by the relay")
                .isNegative();
        first.close();
        awaitRoom(relay);
    }

    /// The relay frees the place in its own time; each attempt ends with its answer.
    private void awaitRoom(TestRelay relay) throws Exception {
        for (int i = 0; i < 1_000; i++) {
            try {
                relay.greeted(alice);
                return;
            } catch (IOException | AssertionError e) {
                assertThat(e).as("closed before or within the handshake").isNotNull();
            }
        }
        throw new AssertionError("the place is never free");
    }

    @Test
    @Defends(Threat.SESSION_THAT_SAYS_NOTHING)
    void boundsTheConnectionsOfADevice() throws Exception {
        TestRelay relay = start(ConnectionBounds.DEFAULT, sessions(2, Duration.ofSeconds(30)), RateBounds.DEFAULT);
        for (int i = 0; i < 2; i++) {
            relay.connected(alice);
        }
        TestClient third = relay.connected(alice);
        assertThat(third.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.CROWDED);
        third.awaitEnd();
        relay.greeted(bob);
    }

    @Test
    @Defends(Threat.SESSION_THAT_SAYS_NOTHING)
    void sendsAwayWhoNeverSaysHello() throws Exception {
        TestRelay relay = start(ConnectionBounds.DEFAULT, sessions(4, Duration.ofMillis(200)), RateBounds.DEFAULT);
        TestClient mute = relay.connected(alice);
        Frame.Goodbye goodbye = mute.expect(Frame.Goodbye.class);
        assertThat(goodbye.code()).isEqualTo(SessionEndCode.IDLE);
        assertThat(goodbye.detail()).contains("Hello");
        mute.awaitEnd();
    }
}
