package org.chancery.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlFingerprint;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.revocation.RevocationReason;
import org.chancery.pki.revocation.RevokedCertificate;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.Peer;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.SessionEndCode;
import org.chancery.server.allowance.Allowances;
import org.chancery.server.config.FileBounds;
import org.chancery.server.config.RateBounds;
import org.chancery.server.config.RoomBounds;
import org.chancery.server.config.SessionBounds;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.StorageShares;
import org.chancery.server.conversation.sqlite.SqliteConversationLog;
import org.chancery.server.file.FileStore;
import org.chancery.server.metrics.Metrics;
import org.chancery.server.revocation.Grounds;
import org.chancery.server.testing.TestClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// One session over a real socket, without the relay around it: so CRLs change exactly when the test wants.
@Timeout(60)
class SessionTest {

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Metrics metrics = new Metrics();
    private volatile Grounds grounds = new Grounds(pki.trustAnchors(), pki.crls());

    @TempDir
    private Path directory;

    private ConversationLog log;
    private FileStore files;

    @BeforeEach
    void openLog() throws Exception {
        files = FileStore.open(
                directory.resolve("files"), FileBounds.DEFAULT, StorageBounds.DEFAULT, pki.clock(), metrics);
        log = SqliteConversationLog.open(
                directory.resolve("relay.db"),
                StorageShares.ofLogAlone(StorageBounds.DEFAULT),
                pki.clock(),
                new SecureRandom(),
                metrics,
                failure -> {
                    throw new AssertionError(failure);
                });
    }

    @AfterEach
    void closeLog() {
        threads.shutdownNow();
        log.close();
    }

    /// Whoever judges everybody when CRLs change does not see a session that is not open yet.
    @Test
    @Defends(Threat.REVOKED_STAYS)
    void judgesAgainWhoWasRevokedDuringTheHandshake() throws Exception {
        PeerJudge judge = new PeerJudge(
                pki.trustAnchors(), () -> new Revocation.Required(grounds.crls(), Duration.ZERO), pki.clock());
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            TlsIdentity relay = new TlsIdentity(pki.server("127.0.0.1"), judge);
            Future<Channel> accepted = threads.submit(
                    () -> Channel.accept(listening.accept(), relay, FrameLimits.DEFAULT, Duration.ofSeconds(10)));
            try (TestClient client = TestClient.connect(
                    pki, alice, new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort()))) {
                Grounds judgedBy = grounds;
                Session session = new Session(accepted.get(10, TimeUnit.SECONDS), judgedBy, context(judge));
                grounds =
                        new Grounds(pki.trustAnchors(), pki.revoke(alice.chain().leaf()));
                Future<?> served = threads.submit(session::run);
                assertThat(client.expect(Frame.Goodbye.class).code()).isEqualTo(SessionEndCode.REVOKED);
                client.awaitEnd();
                served.get(10, TimeUnit.SECONDS);
                assertThat(log.device(alice.deviceId())).as("was not let in").isEmpty();
            }
        }
    }

    /// A letter that comes while a CRL is under way does not wait for its end. That it comes just then is
    /// certain: the writer of the parts is made to wait for it.
    @Test
    void deliversLettersWhileACrlIsUnderWay() throws Exception {
        Identity bob = pki.client("bob@lab.example");
        Crl list = longList(20_000);
        grounds = new Grounds(pki.trustAnchors(), CrlSet.of(List.of(list)));
        Semaphore looks = new Semaphore(5); // at what there is to hand out: the announcement and four parts
        PeerJudge judge = new PeerJudge(pki.trustAnchors(), Revocation.NotChecked::new, pki.clock());
        SessionRegistry registry = new SessionRegistry(metrics);
        RelayContext others = context(judge, new Guests(), registry, () -> grounds);
        RelayContext readers = context(judge, new Guests(), registry, () -> {
            if (Thread.currentThread().getName().equals("session-writer")) {
                looks.acquireUninterruptibly();
            }
            return grounds;
        });
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                TestClient reader = serve(alice, List.of(), listening, readers)) {
            for (int i = 0; i < 4; i++) {
                reader.expect(Frame.CrlPart.class);
            }
            try (TestClient writer = serve(bob, List.of(list.fingerprint()), listening, others)) {
                TestClient.Line line = writer.line(alice.address(), alice);
                line.send("meanwhile");
                line.send("and who is told of this one knows that the reader's session has been told of the other");
                writer.expect(Frame.Published.class);
                writer.expect(Frame.Published.class);
                looks.release(1000);
                reader.expect(Frame.CrlPart.class, part -> isLast(part, list));
                List<Frame> order = reader.unasked();
                int letter = order.indexOf(order.stream()
                        .filter(Frame.Deliver.class::isInstance)
                        .findFirst()
                        .orElseThrow());
                assertThat(order.subList(letter, order.size()).stream().filter(Frame.CrlPart.class::isInstance))
                        .as("parts behind the letter")
                        .hasSizeGreaterThan(list.length() / CrlHandout.PART - 10);
            }
        }
    }

    private static boolean isLast(Frame.CrlPart part, Crl list) {
        return part.offset() + part.octets().remaining() == list.length();
    }

    private Crl longList(int entries) {
        return pki.issuing()
                .crl(
                        2,
                        pki.now(),
                        Duration.ofDays(7),
                        IntStream.rangeClosed(1, entries)
                                .mapToObj(i -> new RevokedCertificate(
                                        new SerialNumber(
                                                BigInteger.ONE.shiftLeft(150).add(BigInteger.valueOf(i))),
                                        pki.now(),
                                        RevocationReason.SUPERSEDED,
                                        Optional.empty()))
                                .toList());
    }

    /// Greeted in a session of its own.
    private TestClient serve(Identity identity, List<CrlFingerprint> held, ServerSocket listening, RelayContext context)
            throws Exception {
        TlsIdentity relay = new TlsIdentity(pki.server("127.0.0.1"), context.judge());
        Future<Channel> accepted = threads.submit(
                () -> Channel.accept(listening.accept(), relay, FrameLimits.DEFAULT, Duration.ofSeconds(10)));
        TestClient client = TestClient.connect(
                pki, identity, new InetSocketAddress(listening.getInetAddress(), listening.getLocalPort()));
        Session session = new Session(accepted.get(10, TimeUnit.SECONDS), grounds, context);
        threads.execute(session::run);
        client.say(new Frame.Hello(Frame.VERSION, Optional.empty(), "test", held));
        client.expect(Frame.Welcome.class);
        return client;
    }

    private RelayContext context(PeerJudge judge) {
        return context(judge, new Nobody(), new SessionRegistry(metrics), () -> grounds);
    }

    private RelayContext context(
            PeerJudge judge, Guestbook guestbook, SessionRegistry registry, Supplier<Grounds> current) {
        return new RelayContext(
                log,
                registry,
                judge,
                current,
                path -> {},
                SessionBounds.DEFAULT,
                RoomBounds.DEFAULT,
                new Allowances(RateBounds.DEFAULT, FileBounds.DEFAULT),
                files,
                pki.clock(),
                guestbook,
                metrics);
    }

    private static final class Guests implements Guestbook {
        @Override
        public void connected(Peer peer) {}

        @Override
        public void disconnected(Peer peer, SessionEnd end) {}
    }

    private static final class Nobody implements Guestbook {
        @Override
        public void connected(Peer peer) {
            throw new AssertionError(peer.address() + " was greeted");
        }

        @Override
        public void disconnected(Peer peer, SessionEnd end) {
            throw new AssertionError(peer.address() + " had been greeted");
        }
    }
}
