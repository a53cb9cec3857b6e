package org.chancery.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.Peer;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.SessionEndCode;
import org.chancery.server.allowance.Allowances;
import org.chancery.server.config.RateBounds;
import org.chancery.server.config.RoomBounds;
import org.chancery.server.config.SessionBounds;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.sqlite.SqliteConversationLog;
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

    @BeforeEach
    void openLog() throws Exception {
        log = SqliteConversationLog.open(
                directory.resolve("relay.db"),
                StorageBounds.DEFAULT,
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

    private RelayContext context(PeerJudge judge) {
        return new RelayContext(
                log,
                new SessionRegistry(metrics),
                judge,
                () -> grounds,
                path -> {},
                SessionBounds.DEFAULT,
                RoomBounds.DEFAULT,
                new Allowances(RateBounds.DEFAULT),
                pki.clock(),
                new Nobody(),
                metrics);
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
