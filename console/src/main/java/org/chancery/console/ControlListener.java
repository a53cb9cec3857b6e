package org.chancery.console;

import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ear of a running program: a Unix socket, mode 0600, over which other processes of the same person ask for
/// things. Few at a time, each with a virtual thread of its own.
public final class ControlListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlListener.class);

    /// More scripts at once than a person has.
    static final int MAX_REQUESTS = 64;

    /// Out of descriptors, accept fails at once, again and again: others get time to end.
    private static final int PAUSE_MILLIS = 100;

    /// What is done for whoever connects.
    public interface Host {
        /// One connection, closed by the listener afterwards. Bounds what it reads, and how long it waits for that.
        void serve(SocketChannel guest) throws IOException, InterruptedException;
    }

    private final Path socket;
    private final ServerSocketChannel listening;
    private final Host host;
    private final Semaphore requests = new Semaphore(MAX_REQUESTS);
    private final CountDownLatch closed = new CountDownLatch(1);

    private ControlListener(Path socket, ServerSocketChannel listening, Host host) {
        this.socket = socket;
        this.listening = listening;
        this.host = host;
    }

    /// Listens. A socket that a killed process left is replaced: the caller holds the lock of the directory.
    ///
    /// @throws ControlPathException if the path is too long for a socket
    /// @throws IOException if it cannot be made
    public static ControlListener open(Path socket, Host host) throws IOException {
        ServerSocketChannel listening = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        boolean ready = false;
        try {
            PrivateSocket.bind(listening, socket);
            ready = true;
        } finally {
            if (!ready) {
                listening.close();
            }
        }
        ControlListener listener = new ControlListener(socket, listening, host);
        Thread.ofVirtual().name("control").start(listener::run);
        return listener;
    }

    /// A way to whoever listens at `socket`; a channel that is not connected if nobody does, or if a killed process
    /// left its socket behind.
    ///
    /// @throws AccessDeniedException if that is nobody else's business
    public static SocketChannel connect(Path socket) throws IOException {
        SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX);
        try {
            channel.connect(UnixDomainSocketAddress.of(socket));
        } catch (SocketException e) {
            if (isDenied(e)) {
                channel.close();
                throw new AccessDeniedException(socket.toString());
            }
            LOG.debug("nobody listens at {}", socket, e);
        }
        return channel;
    }

    /// EACCES reaches us by this name; the others that do (EADDRINUSE, EADDRNOTAVAIL) do not come from connect(2) to
    /// a path.
    static boolean isDenied(SocketException e) {
        return e instanceof BindException;
    }

    private void run() {
        try {
            while (listening.isOpen()) {
                requests.acquire();
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
            SocketChannel guest = listening.accept();
            Thread.ofVirtual().name("control-request").start(() -> serve(guest));
            handedOver = true;
        } catch (IOException e) {
            if (listening.isOpen()) {
                LOG.warn("the control socket cannot accept: {}", e.getMessage());
                closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } finally {
            if (!handedOver) {
                requests.release();
            }
        }
    }

    private void serve(SocketChannel guest) {
        try (guest) {
            host.serve(guest);
        } catch (IOException e) {
            LOG.info("a request over the control socket failed: {}", Printable.of(String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            LOG.error("a request over the control socket failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            requests.release();
        }
    }

    /// Listens no more. What has been asked is answered.
    @Override
    public void close() throws IOException {
        closed.countDown();
        listening.close();
        Files.deleteIfExists(socket);
    }
}
