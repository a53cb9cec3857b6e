package org.chancery.protocol.channel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Over real sockets: nothing here replaces TLS.
class ChannelTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final TestPki pki = TestPki.create();
    private final Identity relay = pki.server("127.0.0.1");
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger judged = new AtomicInteger();
    private ServerSocket socket;

    @BeforeEach
    void listen() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void close() throws IOException {
        socket.close();
        threads.shutdownNow();
    }

    @Test
    void bothSidesKnowWhoTheOtherIs() throws Exception {
        Identity alice = pki.client("alice@lab.example", "Alice");
        Future<Channel> accepted = accept(identity(relay, pki.crls()));
        try (Channel person = connect(alice);
                Channel server = accepted.get(10, TimeUnit.SECONDS)) {
            assertThat(server.peer().address().value()).isEqualTo("alice@lab.example");
            assertThat(server.peer().device()).isEqualTo(alice.deviceId());
            assertThat(server.peer().displayName()).contains("Alice");
            assertThat(server.path().chain().certificates())
                    .containsExactlyElementsOf(alice.chain().certificates());
            assertThat(server.path().anchor()).isEqualTo(pki.root().certificate());
            assertThat(person.path().chain().certificates())
                    .containsExactlyElementsOf(relay.chain().certificates());
            assertThat(person.path().anchor()).isEqualTo(pki.root().certificate());
            assertThatThrownBy(person::peer).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void framesGoBothWays() throws Exception {
        Future<Channel> accepted = accept(identity(relay, pki.crls()));
        try (Channel person = connect(pki.client("alice@lab.example"));
                Channel server = accepted.get(10, TimeUnit.SECONDS)) {
            for (int i = 1; i <= 100; i++) {
                person.writer().write(new Frame.Ping(i));
            }
            person.writer().flush();
            for (int i = 1; i <= 100; i++) {
                assertThat(server.reader().read()).contains(new Frame.Ping(i));
            }
            Frame large = new Frame.Deliver(
                    ConversationId.ofBytes(new byte[32]),
                    1,
                    TestPki.NOW,
                    Digest.NONE,
                    new byte[300_000],
                    new Address("bob@lab.example"));
            Future<?> written = threads.submit(() -> {
                server.writer().write(large);
                server.endWriting();
                return null;
            });
            assertThat(person.reader().read()).contains(large);
            assertThat(person.reader().read()).isEmpty();
            written.get(10, TimeUnit.SECONDS);
        }
    }

    /// Who has been sent away and talks on costs no more than a frame would have.
    @Test
    @Defends(Threat.PROCESSOR_KEPT)
    void hearsNobodyOutForEver() throws Exception {
        Future<Channel> accepted = accept(identity(relay, pki.crls()));
        try (Channel person = connect(pki.client("alice@lab.example"));
                Channel server = accepted.get(10, TimeUnit.SECONDS)) {
            Future<?> talking = threads.submit(() -> {
                while (true) {
                    person.writer().write(new Frame.Ping(1));
                }
            });
            Future<?> heardOut = threads.submit(() -> {
                server.discard();
                return null;
            });
            heardOut.get(20, TimeUnit.SECONDS);
            assertThat(talking.isDone()).as("it would go on").isFalse();
        }
    }

    /// On a slow line a frame takes its time: whoever sends it is there.
    @Test
    @Timeout(20)
    void hearsWhatIsNotYetAFrame() throws Exception {
        Future<Channel> accepted = accept(identity(relay, pki.crls()));
        try (SSLSocket ours = handshaken(context(new OwnKeyManager(pki.client("alice@lab.example"))));
                Channel theirs = accepted.get(10, TimeUnit.SECONDS)) {
            long before = theirs.heardNanos();
            Future<?> reading = threads.submit(() -> theirs.reader().read());
            ours.getOutputStream().write(new byte[] {0, 0, 1, 0, 1});
            while (theirs.heardNanos() == before) {
                Thread.onSpinWait();
            }
            assertThat(reading.isDone()).isFalse();
        }
    }

    /// With a client that would resume if it were given a ticket.
    @Test
    void judgesEveryConnectionAnew() throws Exception {
        TlsIdentity shared = identity(relay, pki.crls());
        SSLContext willing = context(new OwnKeyManager(pki.client("alice@lab.example")));
        for (int connection = 1; connection <= 3; connection++) {
            Future<Channel> accepted = accept(shared);
            try (SSLSocket ours = handshaken(willing);
                    Channel theirs = accepted.get(10, TimeUnit.SECONDS)) {
                theirs.writer().write(new Frame.Ping(1));
                theirs.writer().flush();
                assertThat(ours.getInputStream().read())
                        .as("read beyond where tickets come")
                        .isZero();
            }
            assertThat(judged.get()).as("asked once a connection").isEqualTo(connection);
        }
    }

    @Test
    void refusesTheExpired() throws Exception {
        assertThat(refusalOf(pki.expired("eve@lab.example"))).contains(PathFailure.EXPIRED);
    }

    @Test
    void refusesTheNotYetValid() throws Exception {
        assertThat(refusalOf(pki.notYetValid("eve@lab.example"))).contains(PathFailure.NOT_YET_VALID);
    }

    @Test
    void refusesTheWrongPurpose() throws Exception {
        assertThat(refusalOf(pki.wrongPurpose("eve@lab.example"))).contains(PathFailure.PURPOSE_NOT_ALLOWED);
    }

    @Test
    void refusesTheSelfSigned() throws Exception {
        assertThat(refusalOf(pki.selfSigned("eve@lab.example"))).contains(PathFailure.SELF_SIGNED_NOT_TRUSTED);
    }

    @Test
    void refusesAnotherAuthoritysPeople() throws Exception {
        assertThat(refusalOf(pki.issuedBySomeoneElse("eve@lab.example"))).contains(PathFailure.NO_PATH);
    }

    @Test
    void refusesTheForged() throws Exception {
        assertThat(refusalOf(pki.forged("eve@lab.example"))).contains(PathFailure.SIGNATURE_INVALID);
    }

    @Test
    void refusesTheRevoked() throws Exception {
        Identity eve = pki.client("eve@lab.example");
        pki.revoke(eve.chain().leaf());
        assertThat(refusalOf(eve)).contains(PathFailure.REVOKED);
    }

    @Test
    void refusesACertificateWithoutAddress() throws Exception {
        HandshakeException refusal = refusal(pki.noSan("eve@lab.example"));
        assertThat(refusal.failure()).isEqualTo(HandshakeFailure.CERTIFICATE_REFUSED);
    }

    @Test
    void refusesWhoShowsNoCertificate() throws Exception {
        HandshakeException refusal = refusal(() -> jsse("TLSv1.3").startHandshakeAndRead());
        assertThat(refusal.failure()).isEqualTo(HandshakeFailure.NO_CERTIFICATE);
    }

    @Test
    void refusesTls12() throws Exception {
        HandshakeException refusal = refusal(() -> jsse("TLSv1.2").startHandshakeAndRead());
        assertThat(refusal.failure()).isEqualTo(HandshakeFailure.NO_COMMON_VERSION);
    }

    @Test
    void refusesWhatIsNotTls() throws Exception {
        HandshakeException refusal = refusal(() -> {
            try (Socket plain = new Socket(socket.getInetAddress(), socket.getLocalPort())) {
                plain.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                return plain.getInputStream().readAllBytes();
            }
        });
        assertThat(refusal.failure()).isEqualTo(HandshakeFailure.NOT_TLS);
    }

    @Test
    void refusesWhoHangsUp() throws Exception {
        HandshakeException refusal = refusal(() -> {
            new Socket(socket.getInetAddress(), socket.getLocalPort()).close();
            return null;
        });
        assertThat(refusal.failure()).isEqualTo(HandshakeFailure.DISCONNECTED);
    }

    @Test
    void refusesWhoDribbles() throws Exception {
        TlsIdentity shared = identity(relay, pki.crls());
        Future<Channel> accepted = threads.submit(
                () -> Channel.accept(socket.accept(), shared, FrameLimits.DEFAULT, Duration.ofMillis(300)));
        try (Socket plain = new Socket(socket.getInetAddress(), socket.getLocalPort())) {
            // The header of a handshake record of 512 octets, of which one arrives now and then: each read
            // succeeds.
            plain.getOutputStream().write(new byte[] {22, 3, 1, 2, 0});
            while (accepted.state() == Future.State.RUNNING) {
                dribble(plain, accepted);
            }
            assertThat(handshakeFailure(accepted).failure()).isEqualTo(HandshakeFailure.TIMEOUT);
        }
    }

    /// An octet, then a moment of waiting for the other side to lose patience.
    private static void dribble(Socket plain, Future<Channel> accepted) throws InterruptedException {
        try {
            plain.getOutputStream().write(1);
            accepted.get(20, TimeUnit.MILLISECONDS);
        } catch (IOException | ExecutionException | TimeoutException e) {
            return; // closed, refused, or still waiting: the caller looks which
        }
    }

    @Test
    void personLearnsThatTheRelayRefuses() throws Exception {
        Future<Channel> accepted = accept(identity(relay, pki.crls()));
        try (Channel person = connect(pki.expired("eve@lab.example"))) {
            assertThatThrownBy(() -> person.reader().read())
                    .isInstanceOfSatisfying(
                            AlertException.class,
                            e -> assertThat(e.alert())
                                    .isIn(TlsAlert.CERTIFICATE_UNKNOWN, TlsAlert.CERTIFICATE_EXPIRED));
        }
        assertThat(handshakeFailure(accepted).pathFailure()).contains(PathFailure.EXPIRED);
    }

    @Test
    void personRefusesARelayOfAnotherName() throws Exception {
        Future<Channel> accepted = accept(identity(pki.server("chat.lab.example"), pki.crls()));
        assertThatThrownBy(() -> connect(pki.client("alice@lab.example")))
                .isInstanceOfSatisfying(
                        HandshakeException.class,
                        e -> assertThat(e.pathFailure()).contains(PathFailure.NAME_MISMATCH));
        assertThat(handshakeFailure(accepted).failure()).isEqualTo(HandshakeFailure.REFUSED_BY_PEER);
    }

    @Test
    void personRefusesAPersonForARelay() throws Exception {
        Future<Channel> accepted = accept(identity(pki.client("mallory@lab.example"), pki.crls()));
        assertThatThrownBy(() -> connect(pki.client("alice@lab.example")))
                .isInstanceOfSatisfying(
                        HandshakeException.class,
                        e -> assertThat(e.failure()).isEqualTo(HandshakeFailure.CERTIFICATE_REFUSED));
        assertThat(handshakeFailure(accepted).failure()).isEqualTo(HandshakeFailure.REFUSED_BY_PEER);
    }

    @Test
    @Defends(Threat.CERTIFICATE_FOR_ANOTHER_USE)
    void personRefusesARelayWhoseCertificateIsForPeopleOnly() throws Exception {
        assertThat(refusalOfRelay(pki.wrongPurposeServer("127.0.0.1"), "127.0.0.1"))
                .contains(PathFailure.PURPOSE_NOT_ALLOWED);
    }

    @Test
    void personRefusesARelayThatDoesNotHaveTheNameDialled() throws Exception {
        assertThat(refusalOfRelay(relay, "localhost")).contains(PathFailure.NAME_MISMATCH);
    }

    @Test
    void personRefusesARevokedRelay() throws Exception {
        pki.revoke(relay.chain().leaf());
        assertThat(refusalOfRelay(relay, "127.0.0.1")).contains(PathFailure.REVOKED);
    }

    /// What a person who goes by the CRLs says of a relay that it must refuse.
    private Optional<PathFailure> refusalOfRelay(Identity refused, String dialled) throws Exception {
        Future<Channel> accepted = accept(personIdentity(refused));
        TlsIdentity careful = identity(pki.client("alice@lab.example"), pki.crls());
        try (Channel channel = Channel.connect(dialled, socket.getLocalPort(), careful, TIMEOUT)) {
            throw new AssertionError("believed " + channel.path().leaf().getSubjectX500Principal());
        } catch (HandshakeException refusal) {
            assertThat(handshakeFailure(accepted).failure()).isEqualTo(HandshakeFailure.REFUSED_BY_PEER);
            return refusal.pathFailure();
        }
    }

    @Test
    void relayLearnsThatThePersonRefuses() throws Exception {
        Future<Channel> accepted = accept(identity(pki.otherAuthority().server("127.0.0.1"), pki.crls()));
        assertThatThrownBy(() -> connect(pki.client("alice@lab.example")))
                .isInstanceOfSatisfying(
                        HandshakeException.class,
                        e -> assertThat(e.pathFailure()).contains(PathFailure.NO_PATH));
        assertThat(handshakeFailure(accepted).failure()).isEqualTo(HandshakeFailure.REFUSED_BY_PEER);
    }

    private Optional<PathFailure> refusalOf(Identity person) throws Exception {
        return refusal(person).pathFailure();
    }

    private HandshakeException refusal(Identity person) throws Exception {
        return refusal(() -> {
            try (Channel channel = connect(person)) {
                return channel.reader().read();
            }
        });
    }

    /// What the relay says of an attempt that it must refuse.
    private HandshakeException refusal(Callable<?> attempt) throws Exception {
        Future<Channel> accepted = accept(identity(relay, pki.crls()));
        Future<?> attempted = threads.submit(attempt);
        HandshakeException refusal = handshakeFailure(accepted);
        try {
            attempted.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            assertThat(e.getCause())
                    .as("refused with an alert or a closed socket")
                    .isInstanceOf(IOException.class);
        }
        return refusal;
    }

    private static HandshakeException handshakeFailure(Future<Channel> accepted) throws Exception {
        try {
            accepted.get(10, TimeUnit.SECONDS).close();
            throw new AssertionError("let in");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof HandshakeException refusal) {
                return refusal;
            }
            throw e;
        }
    }

    private Future<Channel> accept(TlsIdentity identity) {
        return threads.submit(() -> Channel.accept(socket.accept(), identity, FrameLimits.DEFAULT, TIMEOUT));
    }

    private Channel connect(Identity person) throws Exception {
        return connect(personIdentity(person));
    }

    private Channel connect(TlsIdentity person) throws Exception {
        return Channel.connect("127.0.0.1", socket.getLocalPort(), person, TIMEOUT);
    }

    private TlsIdentity personIdentity(Identity person) {
        return new TlsIdentity(person, new PeerJudge(pki.trustAnchors(), Revocation.NotChecked::new, pki.clock()));
    }

    private TlsIdentity identity(Identity own, CrlSet crls) {
        TrustAnchors anchors = pki.trustAnchors();
        return new TlsIdentity(
                own,
                new PeerJudge(
                        anchors,
                        () -> {
                            judged.incrementAndGet();
                            return new Revocation.Required(crls, Duration.ZERO);
                        },
                        pki.clock()));
    }

    /// A client that is not ours: it trusts everybody and shows nothing.
    private StrangeClient jsse(String protocol) throws Exception {
        SSLSocket strange = connect(context());
        strange.setEnabledProtocols(new String[] {protocol});
        return new StrangeClient(strange);
    }

    private static SSLContext context(KeyManager... own) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, new TrustManager[] {new Credulous()}, null);
        return context;
    }

    private SSLSocket handshaken(SSLContext context) throws IOException {
        SSLSocket tls = connect(context);
        tls.startHandshake();
        return tls;
    }

    private SSLSocket connect(SSLContext context) throws IOException {
        return (SSLSocket) context.getSocketFactory().createSocket(socket.getInetAddress(), socket.getLocalPort());
    }

    private record StrangeClient(SSLSocket tls) {
        int startHandshakeAndRead() throws IOException {
            try (tls) {
                tls.startHandshake();
                return tls.getInputStream().read();
            }
        }
    }

    private static final class Credulous implements X509TrustManager {
        @Override
        public void checkClientTrusted(java.security.cert.X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(java.security.cert.X509Certificate[] chain, String authType) {}

        @Override
        public java.security.cert.X509Certificate[] getAcceptedIssuers() {
            return new java.security.cert.X509Certificate[0];
        }
    }
}
