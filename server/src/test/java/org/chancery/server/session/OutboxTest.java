package org.chancery.server.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.server.config.FileBounds;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.StorageShares;
import org.chancery.server.conversation.sqlite.SqliteConversationLog;
import org.chancery.server.delivery.Delivery;
import org.chancery.server.file.FileStore;
import org.chancery.server.metrics.Metrics;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What waits for a client that never reads.
@Timeout(60)
class OutboxTest {

    private static final int CAPACITY = 16;

    /// More than any kernel buffers between two sockets.
    private static final int BLOCKING_OCTETS = 1_000_000;

    private static final Frame SMALL = new Frame.Ping(1);

    private final TestPki pki = TestPki.create();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CompletableFuture<Throwable> trouble = new CompletableFuture<>();

    private final Metrics metrics = new Metrics();

    @TempDir
    private Path directory;

    private ConversationLog log;
    private Channel relaySide;
    private Channel personSide;
    private Outbox outbox;

    /// The writer is at its first frame, which nobody reads.
    @BeforeEach
    void blockTheWriter() throws Exception {
        log = SqliteConversationLog.open(
                directory.resolve("relay.db"),
                StorageShares.ofLogAlone(StorageBounds.DEFAULT),
                pki.clock(),
                new SecureRandom(),
                metrics,
                failure -> {
                    throw new AssertionError(failure);
                });
        connect();
        Delivery delivery = new Delivery(log, relaySide.peer().device(), 1);
        FileStore files = FileStore.open(
                directory.resolve("files"), FileBounds.DEFAULT, StorageBounds.DEFAULT, pki.clock(), metrics);
        FileHandout handout = new FileHandout(files, metrics);
        outbox = new Outbox(relaySide, delivery, handout, CAPACITY, metrics, trouble::complete);
        outbox.offer(() -> {
            blocked.countDown();
            return new Frame.Deliver(
                    ConversationId.ofBytes(new byte[32]),
                    1,
                    pki.now(),
                    Digest.NONE,
                    new byte[BLOCKING_OCTETS],
                    new Address("b@lab.example"));
        });
        assertThat(blocked.await(10, TimeUnit.SECONDS)).isTrue();
    }

    private void connect() throws Exception {
        FrameLimits limits = FrameLimits.DEFAULT;
        Duration timeout = Duration.ofSeconds(10);
        try (ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Channel> person = new CompletableFuture<>();
            Thread.ofVirtual().start(() -> {
                try {
                    person.complete(Channel.connect(
                            "127.0.0.1", listening.getLocalPort(), tls(pki.client("a@lab.example")), timeout));
                } catch (Exception e) {
                    person.completeExceptionally(e);
                }
            });
            Socket accepted = listening.accept();
            accepted.setSendBufferSize(16 << 10);
            relaySide = Channel.accept(accepted, tls(pki.server("127.0.0.1")), limits, timeout);
            personSide = person.get(10, TimeUnit.SECONDS);
        }
    }

    private TlsIdentity tls(Identity identity) {
        return new TlsIdentity(identity, new PeerJudge(pki.trustAnchors(), Revocation.NotChecked::new, pki.clock()));
    }

    @AfterEach
    void close() throws IOException {
        personSide.close();
        relaySide.close();
        log.close();
    }

    @Test
    void makesNoAnswerBeforeTheOneBeforeItIsWritten() throws Exception {
        AtomicInteger made = new AtomicInteger();
        for (int i = 0; i < CAPACITY; i++) {
            outbox.offer(() -> {
                made.incrementAndGet();
                return SMALL;
            });
        }
        relaySide.close();
        assertThat(trouble.get(10, TimeUnit.SECONDS)).isInstanceOf(IOException.class);
        assertThat(made).hasValue(0);
    }

    @Test
    void dropsSignalsWhileThereIsRoomForAnswers() {
        int signals = 0;
        while (outbox.signal(SMALL)) {
            signals++;
        }
        assertThat(signals).isEqualTo(CAPACITY / 2);
        for (int i = signals; i < CAPACITY; i++) {
            assertThat(outbox.offer(SMALL)).isTrue();
        }
        assertThat(outbox.offer(SMALL)).isFalse();
    }
}
