package org.chancery.client.connection;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.HandshakeException;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.Frame.Hello;
import org.chancery.protocol.frame.Frame.Welcome;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One connection to the relay, kept alive: connects, and when it is lost waits and connects again, until it is
/// closed or the relay has said that coming back is of no use.
///
/// All calls of the [Listener] come from the connection's own virtual thread, one at a time.
public final class RelayConnection implements Wire {
    /// Who is told.
    public interface Listener {
        /// A connection is being made.
        void connecting();

        /// The relay has let us in.
        ///
        /// @param relay what the relay proved in the handshake
        void online(ValidatedPath relay, Welcome welcome);

        /// A frame came, other than those that keep the connection and those that bring CRLs. May block: then
        /// the relay has to wait.
        void received(Frame frame);

        /// The relay has said which CRLs it goes by, or one of those has come. May block likewise.
        ///
        /// @param crlDer one that came; nothing is known of it but that it is the one announced
        /// @param complete whether all are there that the relay goes by, those among them that hello named
        void lists(Optional<byte[]> crlDer, boolean complete);

        /// The connection is lost, or did not come about; the next attempt is after `wait`.
        void offline(Loss.Broken loss, Duration wait);

        /// The connection is over; nothing happens before [RelayConnection#retryNow].
        void ended(Loss.Final loss);
    }

    /// Whom to call, and as whom.
    ///
    /// @param hello what to say first, asked for before each attempt, on the connection's thread
    public record Dial(RelayAddress relay, TlsIdentity identity, Supplier<Hello> hello) {}

    private static final Logger LOG = LoggerFactory.getLogger(RelayConnection.class);

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    private final Dial dial;
    private final ReconnectPolicy policy;
    private final RandomGenerator random;
    private final Listener listener;
    private final Thread thread;
    private final Semaphore retry = new Semaphore(0);
    private volatile @Nullable RelaySession session;
    private volatile Loss.@Nullable Final refusal;
    private volatile boolean closed;

    public RelayConnection(Dial dial, ReconnectPolicy policy, RandomGenerator random, Listener listener) {
        this.dial = dial;
        this.policy = policy;
        this.random = random;
        this.listener = listener;
        this.thread = Thread.ofVirtual().name("relay-connection").unstarted(this::run);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void send(Frame frame) {
        RelaySession current = session;
        if (current != null) {
            current.send(frame);
        }
    }

    @Override
    public void reset() {
        RelaySession current = session;
        if (current != null) {
            current.cut();
        }
    }

    @Override
    public void refuse(Loss.Final why) {
        refusal = why;
        reset();
    }

    @Override
    public void retryNow() {
        retry.release();
    }

    private void run() {
        int failures = 0;
        try {
            while (!closed) {
                listener.connecting();
                long begunNanos = System.nanoTime();
                Loss loss = attempt();
                failures = policy.failuresAfter(failures, Duration.ofNanos(System.nanoTime() - begunNanos));
                if (closed) {
                    return;
                }
                retry.drainPermits();
                switch (loss) {
                    case Loss.Broken broken -> {
                        Duration wait = policy.waitAfter(failures, broken.comeBackIn(), random);
                        listener.offline(broken, wait);
                        retry.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
                    }
                    case Loss.Final end -> {
                        listener.ended(end);
                        retry.acquire();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    private Loss attempt() {
        try (Channel channel =
                Channel.connect(dial.relay().host(), dial.relay().port(), dial.identity(), CONNECT_TIMEOUT)) {
            Hello hello = dial.hello().get();
            RelaySession current = new RelaySession(channel, hello);
            session = current;
            if (closed) {
                return new Loss.Broken("closed");
            }
            Loss loss = current.run(listener);
            Loss.Final verdict = refusal;
            return verdict == null ? loss : verdict;
        } catch (HandshakeException e) {
            return Losses.of(e);
        } catch (IOException e) {
            return Losses.of(e, dial.relay());
        } catch (RuntimeException e) {
            LOG.error("the connection failed by a fault of this program", e);
            return new Loss.Broken("the connection failed: " + e);
        } finally {
            session = null;
            refusal = null;
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            RelaySession current = session;
            if (current != null) {
                current.part();
            }
            thread.interrupt();
            thread.join();
        } catch (InterruptedException e) {
            reset();
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
