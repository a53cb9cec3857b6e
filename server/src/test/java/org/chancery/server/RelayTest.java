package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.envelope.ContentPurpose;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.sealing.EnvelopeOpener;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.channel.Peer;
import org.chancery.protocol.frame.DirectoryEntry;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.frame.Query;
import org.chancery.protocol.frame.SessionEndCode;
import org.chancery.server.config.ConnectionBounds;
import org.chancery.server.config.CrlLocation;
import org.chancery.server.config.FileBounds;
import org.chancery.server.config.Rate;
import org.chancery.server.config.RateBounds;
import org.chancery.server.config.RoomBounds;
import org.chancery.server.config.ServerConfig;
import org.chancery.server.config.SessionBounds;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.session.Guestbook;
import org.chancery.server.session.SessionEnd;
import org.chancery.server.testing.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A relay in this process, and clients that seal for real, over real sockets.
class RelayTest {

    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client(ALICE.value(), "Alice");
    private final Identity bob = pki.client(BOB.value());
    private final BlockingQueue<String> guests = new LinkedBlockingQueue<>();
    private final List<TestClient> clients = new ArrayList<>();

    @TempDir
    private Path directory;

    private Relay relay;

    @BeforeEach
    void startRelay() throws Exception {
        publish(pki.crls());
        relay = start();
    }

    private Relay start() throws Exception {
        return start(SessionBounds.DEFAULT);
    }

    private Relay start(SessionBounds sessions) throws Exception {
        RateBounds d = RateBounds.DEFAULT;
        // Some tests ask the directory until it knows.
        RateBounds rates = new RateBounds(d.frames(), d.octets(), d.letters(), new Rate(1_000_000, 1_000_000));
        return start(ConnectionBounds.DEFAULT, sessions, rates);
    }

    private Relay start(ConnectionBounds connections, SessionBounds sessions, RateBounds rates) throws Exception {
        ServerConfig config = new ServerConfig(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                directory.resolve("data"),
                List.of(new CrlLocation.InFile(directory.resolve("crls.pem"))),
                Duration.ZERO,
                connections,
                sessions,
                rates,
                StorageBounds.DEFAULT,
                FileBounds.DEFAULT,
                RoomBounds.DEFAULT,
                Optional.empty());
        return Relay.start(
                config,
                pki.server("127.0.0.1"),
                pki.trustAnchors(),
                new Relay.Surroundings(pki.clock(), new SecureRandom(), new Guests(), failure -> {
                    throw new AssertionError(failure);
                }));
    }

    @AfterEach
    void stopRelay() throws Exception {
        for (TestClient client : clients) {
            client.close();
        }
        relay.drain();
    }

    private final class Guests implements Guestbook {
        @Override
        public void connected(Peer peer) {
            guests.add("+" + peer.address());
        }

        @Override
        public void disconnected(Peer peer, SessionEnd end) {
            guests.add("-" + peer.address() + " " + end);
        }
    }

    private void awaitGuest(String line) throws InterruptedException {
        List<String> others = new ArrayList<>();
        while (true) {
            String guest = guests.poll(10, TimeUnit.SECONDS);
            if (line.equals(guest)) {
                return;
            }
            if (guest == null) {
                throw new AssertionError("no " + line + ", only " + others);
            }
            others.add(guest);
        }
    }

    /// Replaces the CRL file as a whole, as an authority does it.
    private void publish(CrlSet crls) throws IOException {
        StringBuilder pem = new StringBuilder();
        crls.crls().forEach(crl -> pem.append(Pem.encode(PemLabel.X509_CRL, crl.der())));
        AtomicFile.write(
                directory.resolve("crls.pem"), pem.toString().getBytes(StandardCharsets.US_ASCII), Access.PUBLIC, true);
    }

    private TestClient greeted(Identity identity) throws Exception {
        TestClient client = TestClient.greeted(pki, identity, relay.address());
        clients.add(client);
        return client;
    }

    private TestClient connected(Identity identity) throws Exception {
        TestClient client = TestClient.connect(pki, identity, relay.address());
        clients.add(client);
        return client;
    }

    private String open(Identity reader, Frame.Deliver delivery) throws Exception {
        PathValidator validator = new PathValidator(pki.trustAnchors());
        try (EnvelopeOpener opener = new EnvelopeOpener(reader)) {
            var opened = opener.open(
                    delivery.envelopeDer(),
                    ContentPurpose.CONTENT,
                    device -> Optional.of(validator.validate(
                            ValidationRequest.of(alice.chain().leaf())
                                    .untrusted(alice.chain().issuers())
                                    .purpose(Purpose.CLIENT)
                                    .at(pki.now())
                                    .revocation(new Revocation.NotChecked()))));
            return new String(opened.content(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void greetsAndNamesTheDevice() throws Exception {
        TestClient client = connected(alice);
        client.say(new Frame.Hello(Frame.VERSION, Optional.empty(), "test"));
        Frame.Welcome welcome = client.expect(Frame.Welcome.class);
        assertThat(welcome.address()).isEqualTo(ALICE);
        assertThat(welcome.device()).isEqualTo(alice.deviceId());
        assertThat(welcome.relayTime()).isEqualTo(pki.now());
        assertThat(client.expect(Frame.CrlsAnnounced.class).crls()).hasSize(2);
        client.expect(Frame.CaughtUp.class);
        awaitGuest("+" + ALICE);
        client.close();
        awaitGuest("-" + ALICE + " LEFT");
    }

    @Test
    void deliversWhatTheAddresseeCanOpen() throws Exception {
        TestClient reader = greeted(bob);
        TestClient writer = greeted(alice);
        var line = writer.line(BOB, alice, bob);
        for (int i = 1; i <= 20; i++) {
            line.send("number " + i);
        }
        for (int i = 1; i <= 20; i++) {
            Frame.Published published = writer.expect(Frame.Published.class);
            Frame.Deliver delivery = reader.expect(Frame.Deliver.class);
            assertThat(published.sequence()).isEqualTo(i);
            assertThat(delivery.sequence()).isEqualTo(i);
            assertThat(delivery.transcript()).isEqualTo(published.transcript());
            assertThat(delivery.from()).isEqualTo(ALICE);
            assertThat(open(bob, delivery)).isEqualTo("number " + i);
        }
        assertThat(writer.unasked()).as("nothing comes back to its sender").noneMatch(Frame.Deliver.class::isInstance);
    }

    @Test
    void keepsLettersForWhoIsAway() throws Exception {
        greeted(bob).close();
        awaitGuest("-" + BOB + " LEFT");
        TestClient writer = greeted(alice);
        var line = writer.line(BOB, bob);
        for (int i = 1; i <= 50; i++) {
            line.send("number " + i);
            writer.expect(Frame.Published.class);
        }

        TestClient back = greeted(bob);
        for (int i = 1; i <= 50; i++) {
            assertThat(back.expect(Frame.Deliver.class).sequence()).isEqualTo(i);
        }
        back.expect(Frame.CaughtUp.class);
        back.say(new Frame.Acknowledge(line.conversation(), 30));
        // The relay has handled the acknowledgement when it answers what came after it.
        back.say(new Frame.Ping(1));
        back.expect(Frame.Pong.class);
        back.close();
        awaitGuest("-" + BOB + " LEFT");

        TestClient again = greeted(bob);
        assertThat(again.expect(Frame.Deliver.class).sequence()).isEqualTo(31);
    }

    @Test
    void resumesAfterTheRelayHasRestarted() throws Exception {
        greeted(bob).close();
        TestClient writer = greeted(alice);
        var line = writer.line(BOB, bob);
        line.send("before");
        Frame.Published published = writer.expect(Frame.Published.class);
        relay.drain();
        assertThat(writer.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.DRAINING);

        relay = start();
        Frame.Deliver delivery = greeted(bob).expect(Frame.Deliver.class);
        assertThat(open(bob, delivery)).isEqualTo("before");
        assertThat(delivery.transcript()).isEqualTo(published.transcript());
    }

    @Test
    @Defends(Threat.LETTER_REPEATED)
    void answersARetryAfterALostAnswer() throws Exception {
        greeted(bob);
        TestClient writer = greeted(alice);
        Frame.Publish publish = writer.line(BOB, bob).send("once");
        Frame.Published first = writer.expect(Frame.Published.class);
        writer.close();

        TestClient again = greeted(alice);
        again.say(publish);
        assertThat(again.expect(Frame.Published.class)).isEqualTo(first);
        TestClient reader = greeted(bob);
        reader.expect(Frame.Deliver.class);
        reader.expect(Frame.CaughtUp.class);
        assertThat(reader.unasked()).as("one letter only").noneMatch(Frame.Deliver.class::isInstance);
    }

    @Test
    void deliversNoMoreThanTheWindowUnacknowledged() throws Exception {
        restartWithWindow(5);
        TestClient reader = greeted(bob);
        TestClient writer = greeted(alice);
        var line = writer.line(BOB, bob);
        for (int i = 1; i <= 12; i++) {
            line.send("x");
            writer.expect(Frame.Published.class);
        }
        for (int i = 1; i <= 5; i++) {
            reader.expect(Frame.Deliver.class);
        }
        reader.say(new Frame.Ping(1));
        reader.expect(Frame.Pong.class);
        assertThat(reader.unasked()).noneMatch(Frame.Deliver.class::isInstance);
        reader.say(new Frame.Acknowledge(line.conversation(), 5));
        for (int i = 6; i <= 10; i++) {
            assertThat(reader.expect(Frame.Deliver.class).sequence()).isEqualTo(i);
        }
    }

    /// What is stored is brought, whatever the relay has been told since to read no longer.
    @Test
    void bringsLongLettersWhenItReadsOnlyShortFrames() throws Exception {
        greeted(bob).close();
        TestClient writer = greeted(alice);
        String text = "long ".repeat(20_000);
        writer.line(BOB, bob).send(text);
        writer.expect(Frame.Published.class);
        SessionBounds d = SessionBounds.DEFAULT;
        relay.drain();
        relay = start(new SessionBounds(
                d.perDevice(),
                d.helloTimeout(),
                16 << 10,
                d.pingAfter(),
                d.idleTimeout(),
                d.deliveryWindow(),
                d.queuedFrames(),
                d.drainTimeout(),
                d.comeBackIn()));

        assertThat(open(bob, greeted(bob).expect(Frame.Deliver.class))).isEqualTo(text);
        TestClient again = greeted(alice);
        again.line(BOB, bob).send(text);
        assertThat(again.expect(Frame.Refused.class).error()).isEqualTo(ProtocolError.FRAME_TOO_LARGE);
    }

    /// As a client may, who had letters at these places from a log that is lost.
    @Test
    void remembersNoAcknowledgementOfWhatItHasNotBrought() throws Exception {
        restartWithWindow(5);
        TestClient reader = greeted(bob);
        TestClient writer = greeted(alice);
        var line = writer.line(BOB, bob);
        for (int i = 1; i <= 12; i++) {
            line.send("x");
            writer.expect(Frame.Published.class);
        }
        for (int i = 1; i <= 5; i++) {
            reader.expect(Frame.Deliver.class);
        }
        reader.say(new Frame.Acknowledge(line.conversation(), 12));
        reader.expect(Frame.Deliver.class);
        reader.close();
        awaitGuest("-" + BOB + " LEFT");

        assertThat(greeted(bob).expect(Frame.Deliver.class).sequence()).isEqualTo(6);
    }

    private void restartWithWindow(int letters) throws Exception {
        SessionBounds d = SessionBounds.DEFAULT;
        relay.drain();
        relay = start(new SessionBounds(
                d.perDevice(),
                d.helloTimeout(),
                d.maxFrameBytes(),
                d.pingAfter(),
                d.idleTimeout(),
                letters,
                d.queuedFrames(),
                d.drainTimeout(),
                d.comeBackIn()));
    }

    @Test
    @Defends(Threat.REVOKED_STAYS)
    void cutsOffTheRevokedWithinASecond() throws Exception {
        TestClient revoked = greeted(bob);
        TestClient other = greeted(alice);
        other.expect(Frame.CrlsAnnounced.class);
        long before = System.nanoTime();
        publish(pki.revoke(bob.chain().leaf()));
        Frame.Goodbye goodbye = revoked.expect(Frame.Goodbye.class);
        revoked.awaitEnd();
        Duration took = Duration.ofNanos(System.nanoTime() - before);

        assertThat(goodbye.code()).isEqualTo(SessionEndCode.REVOKED);
        assertThat(took).isLessThan(Duration.ofSeconds(1));
        awaitGuest("-" + BOB + " REVOKED");
        assertThat(other.expect(Frame.CrlsAnnounced.class).crls())
                .as("handed to who stays")
                .hasSize(2);
        assertThatThrownBy(() -> greeted(bob)).isInstanceOfAny(AssertionError.class, IOException.class);
    }

    @Test
    void saysNothingBeforeWelcome() throws Exception {
        TestClient newcomer = connected(alice);
        TestClient witness = greeted(bob);
        witness.expect(Frame.CrlsAnnounced.class);
        for (int i = 0; i < 2; i++) { // who hears of the second knows that everybody has been told of the first
            publish(pki.revoke(pki.client("eve" + i + "@lab.example").chain().leaf()));
            witness.expect(Frame.CrlsAnnounced.class);
        }
        newcomer.say(new Frame.Hello(Frame.VERSION, Optional.empty(), "test"));
        newcomer.expect(Frame.Welcome.class);
        assertThat(newcomer.expect(Frame.CrlsAnnounced.class).crls()).hasSize(2);
        newcomer.expect(Frame.CaughtUp.class);
        assertThat(newcomer.unasked()).noneMatch(Frame.CrlsAnnounced.class::isInstance);
    }

    @Test
    void nobodySealsToTheRevoked() throws Exception {
        greeted(bob);
        Identity bobsPhone = pki.client(BOB.value());
        greeted(bobsPhone);
        TestClient writer = greeted(alice);
        writer.expect(Frame.CrlsAnnounced.class);
        publish(pki.revoke(bobsPhone.chain().leaf()));
        writer.expect(Frame.CrlsAnnounced.class);

        awaitRevoked(writer, bobsPhone);
        writer.line(BOB, bob, bobsPhone).send("to both");
        assertThat(writer.expect(Frame.Refused.class).error()).isEqualTo(ProtocolError.STALE_SEAL);
        writer.line(BOB, bob).send("to the one that is left");
        writer.expect(Frame.Published.class);
    }

    /// Asks the directory until it knows; each answer comes before the next question.
    private static void awaitRevoked(TestClient client, Identity device) throws Exception {
        boolean revoked = false;
        for (long id = 1; id <= 1000 && !revoked; id++) {
            client.say(new Frame.DirectoryQuery(id, new Query.ByDevice(device.deviceId())));
            revoked = client.expect(Frame.DirectoryAnswer.class)
                    .entries()
                    .getFirst()
                    .revoked();
        }
        assertThat(revoked).isTrue();
    }

    @Test
    void anOlderCrlUndoesNothing() throws Exception {
        CrlSet older = pki.crls();
        TestClient revoked = greeted(bob);
        TestClient witness = greeted(alice);
        witness.expect(Frame.CrlsAnnounced.class);
        publish(pki.revoke(bob.chain().leaf()));
        revoked.awaitEnd();
        witness.expect(Frame.CrlsAnnounced.class);
        publish(older);
        // A newer one behind it shows that the older one has been read.
        Identity eve = pki.client("eve@lab.example");
        publish(pki.revoke(eve.chain().leaf()));
        witness.expect(Frame.CrlsAnnounced.class);
        assertThatThrownBy(() -> greeted(bob)).isInstanceOfAny(AssertionError.class, IOException.class);
    }

    @Test
    void survivesGarbageInPlaceOfACrl() throws Exception {
        TestClient revoked = greeted(bob);
        Files.writeString(directory.resolve("crls.pem"), "-----BEGIN X509 CRL-----\nhalf a fi");
        publish(pki.revoke(bob.chain().leaf()));
        assertThat(revoked.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.REVOKED);
    }

    @Test
    @Defends(Threat.SEALED_FOR_OTHERS)
    void refusesASealThatIsStale() throws Exception {
        greeted(bob);
        TestClient writer = greeted(alice);
        var line = writer.line(BOB, bob);
        line.send("to one device");
        writer.expect(Frame.Published.class);
        Identity bobsPhone = pki.client(BOB.value());
        TestClient phone = greeted(bobsPhone);
        Frame.Publish stale = line.send("to the same");
        Frame.Refused refused = writer.expect(Frame.Refused.class);
        assertThat(refused.error()).isEqualTo(ProtocolError.STALE_SEAL);
        assertThat(refused.publish()).contains(stale.key());
        writer.line(BOB, bob, bobsPhone).send("to both");
        assertThat(open(bobsPhone, phone.expect(Frame.Deliver.class))).isEqualTo("to both");
    }

    @Test
    void saysThatNobodyOfThatAddressEverCame() throws Exception {
        TestClient writer = greeted(alice);
        writer.line(new Address("nobody@lab.example"), bob).send("hello?");
        assertThat(writer.expect(Frame.Refused.class).error()).isEqualTo(ProtocolError.UNKNOWN_ADDRESS);
    }

    @Test
    @Defends(Threat.IN_ANOTHERS_NAME)
    void refusesLettersInAnothersName() throws Exception {
        greeted(bob);
        TestClient writer = greeted(alice);
        TestClient mallory = greeted(pki.client("mallory@lab.example"));
        mallory.say(writer.line(BOB, bob).write("not from me"));
        assertThat(mallory.expect(Frame.Refused.class).error()).isEqualTo(ProtocolError.NOT_AUTHORISED);
    }

    @Test
    void aNewerConnectionReplacesTheOlder() throws Exception {
        TestClient older = greeted(alice);
        TestClient newer = greeted(alice);
        assertThat(older.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.REPLACED);
        older.awaitEnd();
        newer.say(new Frame.Ping(7));
        assertThat(newer.expect(Frame.Pong.class).nonce()).isEqualTo(7);
    }

    @Test
    void tellsWhoSharesAConversationWhoIsHere() throws Exception {
        TestClient reader = greeted(bob);
        TestClient writer = greeted(alice);
        writer.line(BOB, bob).send("hello");
        assertThat(writer.expect(Frame.Presence.class)).isEqualTo(online(BOB));
        assertThat(reader.expect(Frame.Presence.class)).isEqualTo(online(ALICE));
        writer.close();
        assertThat(reader.expect(Frame.Presence.class)).isEqualTo(new Frame.Presence(List.of(), List.of(ALICE)));
        TestClient back = greeted(alice);
        assertThat(back.expect(Frame.Presence.class)).isEqualTo(online(BOB));
        assertThat(reader.expect(Frame.Presence.class)).isEqualTo(online(ALICE));
    }

    private static Frame.Presence online(Address address) {
        return new Frame.Presence(List.of(address), List.of());
    }

    @Test
    void passesOnWhoWritesToMembersAndNobodyElse() throws Exception {
        TestClient reader = greeted(bob);
        TestClient writer = greeted(alice);
        TestClient eve = greeted(pki.client("eve@lab.example"));
        var line = writer.line(BOB, bob);
        line.send("hello");
        writer.expect(Frame.Published.class);
        eve.say(new Frame.Typing(line.conversation(), Optional.of(BOB)));
        eve.say(new Frame.Ping(1));
        eve.expect(Frame.Pong.class);
        writer.say(new Frame.Typing(line.conversation(), Optional.empty()));
        assertThat(reader.expect(Frame.Typing.class))
                .isEqualTo(new Frame.Typing(line.conversation(), Optional.of(ALICE)));
        assertThat(writer.unasked()).noneMatch(Frame.Typing.class::isInstance);
    }

    @Test
    void answersFromTheDirectory() throws Exception {
        TestClient client = greeted(alice);
        greeted(bob).close();
        awaitGuest("-" + BOB + " LEFT");
        client.say(new Frame.DirectoryQuery(5, new Query.ByPrefix("", 10)));
        Frame.DirectoryAnswer answer = client.expect(Frame.DirectoryAnswer.class);
        assertThat(answer.id()).isEqualTo(5);
        assertThat(answer.entries())
                .containsExactly(
                        new DirectoryEntry(ALICE, Optional.of("Alice"), alice.deviceId(), alice.chain(), false, true),
                        new DirectoryEntry(BOB, Optional.empty(), bob.deviceId(), bob.chain(), false, false));
    }

    @Test
    void sendsAwayWhoSpeaksBeforeHello() throws Exception {
        TestClient rude = connected(alice);
        rude.say(new Frame.Ping(1));
        assertThat(rude.expect(Frame.Refused.class).error()).isEqualTo(ProtocolError.MALFORMED_FRAME);
        assertThat(rude.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.PROTOCOL);
        rude.awaitEnd();
    }

    @Test
    void sendsAwayWhoSpeaksAnotherVersion() throws Exception {
        TestClient modern = connected(alice);
        modern.say(new Frame.Hello(2, Optional.empty(), "tomorrow"));
        assertThat(modern.expect(Frame.Refused.class).error()).isEqualTo(ProtocolError.UNSUPPORTED_VERSION);
        modern.awaitEnd();
    }

    @Test
    void sendsAwayWhoSpeaksAsTheRelay() throws Exception {
        TestClient client = greeted(alice);
        client.say(online(BOB));
        assertThat(client.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.PROTOCOL);
    }

    @Test
    void pingsTheSilentAndSendsThemAway() throws Exception {
        SessionBounds d = SessionBounds.DEFAULT;
        relay.drain();
        relay = start(new SessionBounds(
                d.perDevice(),
                d.helloTimeout(),
                d.maxFrameBytes(),
                Duration.ofMillis(200),
                Duration.ofMillis(1500),
                d.deliveryWindow(),
                d.queuedFrames(),
                d.drainTimeout(),
                d.comeBackIn()));
        TestClient silent = greeted(alice);
        silent.expect(Frame.Ping.class);
        assertThat(silent.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.IDLE);
        silent.awaitEnd();
    }

    @Test
    void acceptsTheNextWhateverTheLastOneDid() throws Exception {
        for (int i = 0; i < 20; i++) {
            try (Socket garbage =
                    new Socket(InetAddress.getLoopbackAddress(), relay.address().getPort())) {
                garbage.getOutputStream().write(new byte[100]);
            }
        }
        assertThatThrownBy(() -> greeted(pki.expired("eve@lab.example")))
                .isInstanceOfAny(AssertionError.class, IOException.class);
        greeted(alice);
    }

    @Test
    void tellsEverybodyToComeBackWhenItStops() throws Exception {
        TestClient client = greeted(alice);
        relay.drain();
        Frame.Goodbye goodbye = client.expect(Frame.Goodbye.class);
        assertThat(goodbye.code()).isEqualTo(SessionEndCode.DRAINING);
        assertThat(goodbye.comeBackIn()).contains(SessionBounds.DEFAULT.comeBackIn());
        client.awaitEnd();
        relay = start();
    }

    @Test
    void oneRelayHasTheData() {
        assertThatThrownBy(this::start).isInstanceOf(DataDirectoryBusyException.class);
    }
}
