package org.chancery.server.metrics;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.chancery.console.Deadline;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Answers `/metrics`, `/healthz` and `/readyz` over HTTP, for whoever watches from the same machine. Few at a time,
/// each with a virtual thread and little patience: nobody who connects here and dawdles is in the relay's way.
public final class Monitor implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Monitor.class);

    /// Prometheus is one, its neighbours are few.
    static final int MAX_CONNECTIONS = 16;

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    /// Out of descriptors, accept fails at once, again and again: others get time to end.
    private static final int PAUSE_MILLIS = 100;

    private final ServerSocket socket;
    private final Metrics metrics;
    private final Health health;
    private final Semaphore permits = new Semaphore(MAX_CONNECTIONS);
    private final CountDownLatch closed = new CountDownLatch(1);

    private final Duration patience;

    private Monitor(ServerSocket socket, Metrics metrics, Health health, Duration patience) {
        this.socket = socket;
        this.metrics = metrics;
        this.health = health;
        this.patience = patience;
    }

    /// Binds the address and begins to answer.
    ///
    /// @param address a loopback address: what is told here is for nobody else
    /// @throws IllegalArgumentException if it is another one
    /// @throws IOException if it cannot be bound
    public static Monitor open(InetSocketAddress address, Metrics metrics, Health health) throws IOException {
        return open(address, metrics, health, PATIENCE);
    }

    /// @param patience from the connection to the end of the answer
    static Monitor open(InetSocketAddress address, Metrics metrics, Health health, Duration patience)
            throws IOException {
        if (address.isUnresolved() || !address.getAddress().isLoopbackAddress()) {
            throw new IllegalArgumentException(address + " is no loopback address");
        }
        ServerSocket socket = new ServerSocket();
        try {
            socket.bind(address, MAX_CONNECTIONS);
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
        Monitor monitor = new Monitor(socket, metrics, health, patience);
        Thread.ofVirtual().name("monitor").start(monitor::run);
        return monitor;
    }

    /// Where it answers; the port that was found, if none was given.
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private void run() {
        try {
            while (!socket.isClosed()) {
                permits.acquire();
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
            Socket asking = socket.accept();
            Thread.ofVirtual().name("monitor-answer").start(() -> serve(asking));
            handedOver = true;
        } catch (IOException e) {
            if (!socket.isClosed()) {
                LOG.warn("the monitor cannot accept: {}", e.getMessage());
                closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        } finally {
            if (!handedOver) {
                permits.release();
            }
        }
    }

    private void serve(Socket asking) {
        try (asking;
                Deadline _ = Deadline.in(patience, asking)) {
            HttpExchange exchange = HttpExchange.read(asking);
            exchange.answer(answer(exchange));
        } catch (IOException e) {
            LOG.debug("somebody who asked the monitor was lost", e);
        } finally {
            permits.release();
        }
    }

    private HttpAnswer answer(HttpExchange exchange) {
        return switch (exchange.path()) {
            case "/metrics" -> new HttpAnswer(200, Exposition.CONTENT_TYPE, metrics.text());
            case "/healthz" -> verdict(health.ill(), "ok");
            case "/readyz" -> verdict(health.notReady(), "ready");
            case "" -> HttpAnswer.plain(exchange.refusal(), "GET or HEAD, and one line");
            default -> HttpAnswer.plain(404, "there are /metrics, /healthz and /readyz");
        };
    }

    private static HttpAnswer verdict(Optional<String> trouble, String fine) {
        return trouble.isPresent() ? HttpAnswer.plain(503, trouble.get()) : HttpAnswer.plain(200, fine);
    }

    /// Answers no more.
    @Override
    public void close() throws IOException {
        closed.countDown();
        socket.close();
    }
}
