package org.chancery.server.listen;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.HandshakeException;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.server.config.ConnectionBounds;
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

    private final ServerSocket socket;
    private final ConnectionBounds bounds;
    private final ConnectionLimits limits;
    private final TlsIdentity identity;
    private final RelayContext relay;
    private final FailureLog failures = new FailureLog();
    private final CountDownLatch closed = new CountDownLatch(1);

    private Listener(ServerSocket socket, ConnectionBounds bounds, TlsIdentity identity, RelayContext relay) {
        this.socket = socket;
        this.bounds = bounds;
        this.limits = new ConnectionLimits(bounds);
        this.identity = identity;
        this.relay = relay;
    }

    /// Binds the address and begins to accept.
    ///
    /// @throws IOException if the address cannot be bound
    public static Listener open(
            InetSocketAddress address, ConnectionBounds bounds, TlsIdentity identity, RelayContext relay)
            throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(address, BACKLOG);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        Listener listener = new Listener(socket, bounds, identity, relay);
        Thread.ofPlatform().name("listener").start(listener::run);
        return listener;
    }

    /// Where it listens; the port that was found, if none was given.
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void run() {
        try {
            while (!socket.isClosed()) {
                limits.awaitPermit();
                accept();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Takes one connection, and with it the permit.
    private void accept() throws InterruptedException {
        boolean handedOver = false;
        try {
            Socket plain = socket.accept();
            Thread.ofVirtual().name("session").start(() -> serve(plain));
            handedOver = true;
        } catch (IOException | RuntimeException | OutOfMemoryError e) {
            if (!socket.isClosed()) {
                LOG.warn("cannot accept: {}", e.toString());
                closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } finally {
            if (!handedOver) {
                limits.release();
            }
        }
    }

    private void serve(Socket plain) {
        InetAddress source = plain.getInetAddress();
        try (plain) {
            if (!limits.enter(source)) {
                failures.failed(source, "more than " + bounds.perSource() + " connections, closed");
                return;
            }
            try {
                admit(plain, source);
            } finally {
                limits.leave(source);
            }
        } catch (IOException e) {
            LOG.debug("{}: not closed cleanly", source, e);
        } finally {
            limits.release();
        }
    }

    private void admit(Socket plain, InetAddress source) {
        try {
            CrlSet judgedBy = relay.crls().get();
            Channel channel = Channel.accept(
                    plain, identity, new FrameLimits(relay.bounds().maxFrameBytes()), bounds.handshakeTimeout());
            new Session(channel, judgedBy, relay).run();
        } catch (HandshakeException e) {
            failures.failed(source, String.valueOf(e.getMessage()));
        } catch (IOException e) {
            failures.failed(source, "lost before TLS began: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("{}: session failed", source, e);
        }
    }

    /// Accepts no more. Sessions go on.
    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
    }
}
