package org.chancery.console;

import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.BindException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The ear of a running program: a Unix socket, mode 0600, over which other processes of the same person ask for
/// things. A connection has one request and one answer. Few at a time, each with a virtual thread of its own, and with
/// a
/// bound on how long its request may take to arrive and its answer to be taken.
///
/// @param <Q> requests
/// @param <A> answers
public final class ControlListener<Q, A> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlListener.class);

    /// More scripts at once than a person has.
    static final int MAX_REQUESTS = 64;

    /// For a request to arrive, and for an answer to be taken: both sides are on one machine.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// Out of descriptors, accept fails at once, again and again: others get time to end.
    private static final int PAUSE_MILLIS = 100;

    /// What is asked and answered. Bounds what it reads.
    public interface Service<Q, A> {
        /// Reads a request.
        ///
        /// @throws IOException if it is none
        Q read(DataInputStream in) throws IOException;

        /// Does what is asked, however long that takes.
        A answer(Q request) throws InterruptedException;

        /// Writes the answer.
        void write(DataOutputStream out, A answer) throws IOException;
    }

    private interface Step<T> {
        T take() throws IOException;
    }

    private final Path socket;
    private final ServerSocketChannel listening;
    private final Service<Q, A> service;
    private final Duration patience;
    private final Semaphore requests = new Semaphore(MAX_REQUESTS);
    private final CountDownLatch closed = new CountDownLatch(1);

    private ControlListener(Path socket, ServerSocketChannel listening, Service<Q, A> service, Duration patience) {
        this.socket = socket;
        this.listening = listening;
        this.service = service;
        this.patience = patience;
    }

    /// Listens. A socket that a killed process left is replaced: the caller holds the lock of the directory.
    ///
    /// @throws ControlPathException if the path is too long for a socket
    /// @throws IOException if it cannot be made
    public static <Q, A> ControlListener<Q, A> open(Path socket, Service<Q, A> service) throws IOException {
        return open(socket, service, PATIENCE);
    }

    /// @param patience for a request to arrive, and for an answer to be taken
    static <Q, A> ControlListener<Q, A> open(Path socket, Service<Q, A> service, Duration patience) throws IOException {
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
        ControlListener<Q, A> listener = new ControlListener<>(socket, listening, service, patience);
        Thread.ofVirtual().name("control").start(listener::run);
        return listener;
    }

    /// A way to whoever listens at `socket`; a channel that is not connected if nobody does, or if a killed process
    /// left
    /// its socket behind.
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
            SocketChannel client = listening.accept();
            Thread.ofVirtual().name("control-request").start(() -> serve(client));
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

    private void serve(SocketChannel client) {
        try (client) {
            DataInputStream in = new DataInputStream(Channels.newInputStream(client));
            DataOutputStream out = new DataOutputStream(new BufferedOutputStream(Channels.newOutputStream(client)));
            Q request = inTime(client, () -> service.read(in));
            A answer = service.answer(request);
            inTime(client, () -> {
                service.write(out, answer);
                out.flush();
                return answer;
            });
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

    /// A step that ends with the connection when it takes too long.
    private <T> T inTime(SocketChannel client, Step<T> step) throws IOException {
        try (Deadline _ = Deadline.in(patience, client)) {
            return step.take();
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
