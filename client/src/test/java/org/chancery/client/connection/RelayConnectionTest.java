package org.chancery.client.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.random.RandomGenerator;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.HandshakeException;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.ProtocolException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class RelayConnectionTest {
    private static final ReconnectPolicy POLICY = new ReconnectPolicy(Duration.ofMillis(1), Duration.ofSeconds(30));

    /// Draws the longest wait there is.
    private static final RandomGenerator LONGEST = new RandomGenerator() {
        @Override
        public long nextLong() {
            return -1;
        }

        @Override
        public long nextLong(long bound) {
            return bound - 1;
        }
    };

    private final TestPki pki = TestPki.create();

    @Test
    void waitsLongerAndLongerForARelayThatLetsItInAndDropsIt() throws Exception {
        Waits waits = new Waits();
        try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> welcomeAndDrop(listening));
            RelayConnection.Dial dial = new RelayConnection.Dial(
                    new RelayAddress("127.0.0.1", listening.getLocalPort()),
                    tls(pki.client("alice@lab.example")),
                    () -> new Frame.Hello(Frame.VERSION, Optional.empty(), "test"));
            try (RelayConnection connection = new RelayConnection(dial, POLICY, LONGEST, waits)) {
                connection.start();
                assertThat(List.of(waits.next(), waits.next(), waits.next(), waits.next()))
                        .extracting(Duration::toMillis)
                        .containsExactly(1L, 2L, 4L, 8L);
            }
        }
    }

    /// Whoever closes the messenger may do so between the handshake and the hello.
    @Test
    void partsFromASessionThatHasNotBegun() throws Exception {
        try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> welcomeAndDrop(listening));
            try (Channel channel = Channel.connect(
                    "127.0.0.1",
                    listening.getLocalPort(),
                    tls(pki.client("alice@lab.example")),
                    Duration.ofSeconds(10))) {
                RelaySession session =
                        new RelaySession(channel, new Frame.Hello(Frame.VERSION, Optional.empty(), "test"));

                assertThatCode(session::part).doesNotThrowAnyException();
            }
        }
    }

    /// The engine still takes what came on the connection before, and answers it.
    @Test
    void saysHelloFirstWhateverIsToBeSaidMeanwhile() throws Exception {
        BlockingQueue<Frame> heard = new LinkedBlockingQueue<>();
        AtomicReference<RelayConnection> connection = new AtomicReference<>();
        try (ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> hear(listening, heard));
            RelayConnection.Dial dial = new RelayConnection.Dial(
                    new RelayAddress("127.0.0.1", listening.getLocalPort()),
                    tls(pki.client("alice@lab.example")),
                    () -> {
                        connection.get().send(new Frame.Ping(1));
                        return new Frame.Hello(Frame.VERSION, Optional.empty(), "test");
                    });
            connection.set(new RelayConnection(dial, POLICY, LONGEST, new Waits()));
            try (RelayConnection begun = connection.get()) {
                begun.start();
                assertThat(heard.poll(20, TimeUnit.SECONDS)).isInstanceOf(Frame.Hello.class);
            }
        }
    }

    private void hear(ServerSocket listening, BlockingQueue<Frame> heard) {
        try (Channel channel = Channel.accept(
                listening.accept(), tls(pki.server("127.0.0.1")), FrameLimits.DEFAULT, Duration.ofSeconds(10))) {
            channel.reader().read().ifPresent(heard::add);
        } catch (IOException | HandshakeException | ProtocolException e) {
            // the test is over: what counts is what was heard
        }
    }

    private TlsIdentity tls(Identity identity) {
        return new TlsIdentity(identity, new PeerJudge(pki.trustAnchors(), Revocation.NotChecked::new, pki.clock()));
    }

    private void welcomeAndDrop(ServerSocket listening) {
        TlsIdentity relay = tls(pki.server("127.0.0.1"));
        while (!listening.isClosed()) {
            try (Channel channel =
                    Channel.accept(listening.accept(), relay, FrameLimits.DEFAULT, Duration.ofSeconds(10))) {
                channel.reader().read(); // Hello
                channel.writer()
                        .write(new Frame.Welcome(
                                "log-1",
                                pki.now(),
                                channel.peer().device(),
                                channel.peer().address(),
                                1 << 20));
                channel.writer().flush();
            } catch (IOException | HandshakeException | ProtocolException e) {
                // the client has gone, or the test is over: what counts is what the client does
            }
        }
    }

    /// How long it was said to wait, each time.
    private static final class Waits implements RelayConnection.Listener {
        private final BlockingQueue<Duration> waits = new LinkedBlockingQueue<>();
        private boolean welcomed;

        Duration next() throws InterruptedException {
            Duration wait = waits.poll(20, TimeUnit.SECONDS);
            assertThat(wait).as("the connection was not lost again").isNotNull();
            return wait;
        }

        @Override
        public void connecting() {
            welcomed = false;
        }

        @Override
        public void online(ValidatedPath relay, Frame.Welcome welcome) {
            welcomed = true;
        }

        @Override
        public void received(Frame frame) {}

        @Override
        public void lists(Optional<byte[]> crlDer, boolean complete) {}

        @Override
        public void offline(Loss.Broken loss, Duration wait) {
            assertThat(welcomed).as("let in before it was dropped").isTrue();
            waits.add(wait);
        }

        @Override
        public void ended(Loss.Final loss) {}
    }
}
