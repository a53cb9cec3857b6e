package org.chancery.server.listen;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.chancery.pki.path.PathFailure;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.HandshakeException;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.server.allowance.FailedHandshakes;
import org.chancery.server.allowance.Source;
import org.chancery.server.config.ConnectionBounds;
import org.chancery.server.metrics.ConnectionRefusal;
import org.chancery.server.metrics.Counter;
import org.chancery.server.revocation.Grounds;
import org.chancery.server.session.RelayContext;
import org.chancery.server.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Accepts connections, one virtual thread each. Whatever happens to one socket, the next is accepted.
public final class Listener implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Listener.class);

    /// Connections that wait in the kernel while everybody reconnects at once.
    private static final int BACKLOG = 1024;
    /// Out of descriptors or memory, accept fails at once, again and again: others get time to end.
    private static final int PAUSE_MILLIS = 100;

    /// For the accepting thread to let go of the socket; it has nothing else to do.
    private static final Duration CLOSING = Duration.ofSeconds(1);

    /// In the log, each of another source.
    private static final int FAILURES_A_MINUTE = 100;

    private final ServerSocket socket;
    private final ConnectionBounds bounds;
    private final ConnectionLimits limits;
    private final Handshakes handshakes;
    private final FailedHandshakes failedHandshakes;
    private final Supplier<TlsIdentity> identity;
    private final RelayContext relay;
    private final Counter accepted;
    private final FailureLog failures = new FailureLog(FAILURES_A_MINUTE);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = Thread.ofPlatform().name("listener").unstarted(this::run);

    private Listener(ServerSocket socket, ConnectionBounds bounds, Supplier<TlsIdentity> identity, RelayContext relay) {
        this.socket = socket;
        this.bounds = bounds;
        this.limits = new ConnectionLimits(bounds);
        this.handshakes = new Handshakes(bounds.handshakes());
        this.failedHandshakes = new FailedHandshakes(bounds.failedHandshakes());
        this.identity = identity;
        this.relay = relay;
        this.accepted = relay.metrics().counter("chancery_connections_accepted_total", "Connections accepted.");
        relay.metrics().gauge("chancery_connections", "Connections at this moment.", limits::all);
    }

    /// Binds the address and begins to accept.
    ///
    /// @param identity what is shown from now on, asked for each connection
    /// @throws IOException if the address cannot be bound
    public static Listener open(
            InetSocketAddress address, ConnectionBounds bounds, Supplier<TlsIdentity> identity, RelayContext relay)
            throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        Listener listener = new Listener(socket, bounds, identity, relay);
        listener.thread.start();
        return listener;
    }

    /// Where it listens; the port that was found, if none was given.
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void run() {
        try {
            while (!socket.isClosed()) {
                accept();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Takes one connection. Whatever becomes of it, the next is accepted: a relay whose listener had died would look
    /// well from everywhere else.
    private void accept() throws InterruptedException {
        try {
            Socket plain = socket.accept();
            accepted.increment();
            take(plain);
        } catch (IOException | RuntimeException | Error e) {
            if (!socket.isClosed()) {
                failures.cannotAccept(e);
                closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    /// Who is too many is closed here, which costs no thread: accepting never stops.
    private void take(Socket plain) throws IOException {
        Source source = Source.of(plain.getInetAddress());
        if (!failedHandshakes.allows(source)) {
            plain.close();
            relay.metrics().refused(ConnectionRefusal.SOURCE_FAILURES);
            failures.failed(source, "too many handshakes have failed, closed");
            return;
        }
        ConnectionLimits.Entry entry = limits.enter(source);
        if (entry == ConnectionLimits.Entry.GRANTED) {
            handOver(plain, source);
            return;
        }
        plain.close();
        relay.metrics()
                .refused(
                        entry == ConnectionLimits.Entry.TOO_MANY
                                ? ConnectionRefusal.TOTAL_LIMIT
                                : ConnectionRefusal.SOURCE_LIMIT);
        failures.failed(
                source,
                switch (entry) {
                    case TOO_MANY -> "more than " + bounds.total() + " connections in all, closed";
                    case TOO_MANY_OF_SOURCE -> "more than " + bounds.perSource() + " connections, closed";
                    case GRANTED -> throw new IllegalStateException("granted and not served");
                });
    }

    /// Out of memory, there may be no thread for it.
    private void handOver(Socket plain, Source source) throws IOException {
        boolean handedOver = false;
        try {
            Optional<Socket> older = handshakes.begin(plain); // here, so that the oldest is who came first
            if (older.isPresent()) {
                older.get().close();
            }
            Thread.ofVirtual().name("session").start(() -> serve(plain, source));
            handedOver = true;
        } finally {
            if (!handedOver) {
                handshakes.end(plain);
                limits.leave(source);
                plain.close();
            }
        }
    }

    private void serve(Socket plain, Source source) {
        try (plain) {
            admit(plain, source);
        } catch (IOException e) {
            LOG.debug("{}: not closed cleanly", source, e);
        } finally {
            limits.leave(source);
        }
    }

    private void admit(Socket plain, Source source) {
        Grounds judgedBy = relay.grounds().get();
        boolean inTime = true;
        try {
            Channel channel;
            try {
                channel = Channel.accept(
                        plain,
                        identity.get(),
                        new FrameLimits(relay.bounds().maxFrameBytes()),
                        bounds.handshakeTimeout());
            } finally {
                inTime = handshakes.end(plain);
            }
            new Session(channel, judgedBy, relay).run();
        } catch (HandshakeException | IOException e) {
            count(e, inTime);
            charge(source, e);
            failures.failed(
                    source,
                    inTime
                            ? String.valueOf(e.getMessage())
                            : "given up for a newer one, more than " + bounds.handshakes() + " handshakes under way");
        } catch (RuntimeException e) {
            relay.metrics().refused(ConnectionRefusal.FAILURE);
            LOG.error("{}: session failed", source, e);
        }
    }

    private void count(Exception e, boolean inTime) {
        if (!inTime) {
            relay.metrics().refused(ConnectionRefusal.GIVEN_UP);
        } else if (e instanceof HandshakeException failed) {
            relay.metrics().refused(failed);
        } else {
            relay.metrics().refused(ConnectionRefusal.LOST);
        }
    }

    /// Whoever it was is not to blame for CRLs that we do not have.
    private void charge(Source source, Exception e) {
        boolean ours = e instanceof HandshakeException failed
                && failed.pathFailure()
                        .filter(failure -> failure == PathFailure.CRL_STALE || failure == PathFailure.CRL_MISSING)
                        .isPresent();
        if (!ours) {
            failedHandshakes.failed(source);
        }
    }

    /// Forgets what need not be remembered any longer; about once a second.
    public void tick() {
        failedHandshakes.forgetUntouched();
    }

    /// Accepts no more. Sessions go on. The kernel takes connections until the thread that accepts has let the socket
    /// go, so it is waited for.
    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
        try {
            thread.join(CLOSING);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
