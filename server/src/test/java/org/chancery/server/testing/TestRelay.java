package org.chancery.server.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.channel.Peer;
import org.chancery.server.Relay;
import org.chancery.server.config.ConnectionBounds;
import org.chancery.server.config.CrlLocation;
import org.chancery.server.config.FileBounds;
import org.chancery.server.config.RateBounds;
import org.chancery.server.config.RoomBounds;
import org.chancery.server.config.ServerConfig;
import org.chancery.server.config.SessionBounds;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.session.Guestbook;
import org.chancery.server.session.SessionEnd;

/// A relay in this process with a monitor, its data and CRLs in a directory, and the clients that a test connects.
public final class TestRelay implements AutoCloseable, Guestbook {

    private final TestPki pki;
    private final Path directory;
    private final Relay relay;
    private final BlockingQueue<String> guests = new LinkedBlockingQueue<>();
    private final List<TestClient> clients = new ArrayList<>();
    private volatile CountDownLatch departures = new CountDownLatch(0);
    private boolean drained;

    private TestRelay(
            TestPki pki,
            Path directory,
            Clock clock,
            ConnectionBounds connections,
            SessionBounds sessions,
            RateBounds rates,
            StorageBounds storage)
            throws Exception {
        this.pki = pki;
        this.directory = directory;
        Files.createDirectories(directory);
        publish(pki.crls());
        InetSocketAddress free = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
        ServerConfig config = new ServerConfig(
                free,
                directory.resolve("data"),
                List.of(new CrlLocation.InFile(directory.resolve("crls.pem"))),
                Duration.ZERO,
                connections,
                sessions,
                rates,
                storage,
                FileBounds.DEFAULT,
                RoomBounds.DEFAULT,
                Optional.of(free));
        relay = Relay.start(
                config,
                pki.server("127.0.0.1"),
                pki.trustAnchors(),
                new Relay.Surroundings(clock, new SecureRandom(), this, failure -> {
                    throw new AssertionError(failure);
                }));
    }

    public static TestRelay start(TestPki pki, Path directory) throws Exception {
        return start(pki, directory, pki.clock());
    }

    /// A relay with a time of its own.
    ///
    /// @param clock the relay's alone
    public static TestRelay start(TestPki pki, Path directory, Clock clock) throws Exception {
        return new TestRelay(
                pki,
                directory,
                clock,
                ConnectionBounds.DEFAULT,
                SessionBounds.DEFAULT,
                RateBounds.DEFAULT,
                StorageBounds.DEFAULT);
    }

    public static TestRelay start(
            TestPki pki, Path directory, ConnectionBounds connections, SessionBounds sessions, RateBounds rates)
            throws Exception {
        return new TestRelay(pki, directory, pki.clock(), connections, sessions, rates, StorageBounds.DEFAULT);
    }

    /// A relay with a time of its own, that keeps letters for so long.
    public static TestRelay start(TestPki pki, Path directory, Clock clock, StorageBounds storage) throws Exception {
        return new TestRelay(
                pki, directory, clock, ConnectionBounds.DEFAULT, SessionBounds.DEFAULT, RateBounds.DEFAULT, storage);
    }

    public Relay relay() {
        return relay;
    }

    public Path data() {
        return directory.resolve("data");
    }

    /// Replaces the CRL file as a whole, as an authority does it.
    public void publish(CrlSet crls) throws IOException {
        StringBuilder pem = new StringBuilder();
        crls.crls().forEach(crl -> pem.append(Pem.encode(PemLabel.X509_CRL, crl.der())));
        AtomicFile.write(
                directory.resolve("crls.pem"), pem.toString().getBytes(StandardCharsets.US_ASCII), Access.PUBLIC, true);
    }

    public TestClient greeted(Identity identity) throws Exception {
        TestClient client = TestClient.greeted(pki, identity, relay.address());
        clients.add(client);
        return client;
    }

    public TestClient connected(Identity identity) throws Exception {
        TestClient client = TestClient.connect(pki, identity, relay.address());
        clients.add(client);
        return client;
    }

    @Override
    public void connected(Peer peer) {
        guests.add("+" + peer.address());
    }

    /// Keeps everybody who leaves in the door until that is open.
    public void holdDepartures(CountDownLatch open) {
        departures = open;
    }

    @Override
    public void disconnected(Peer peer, SessionEnd end) {
        try {
            if (!departures.await(10, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody opened the door");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        guests.add("-" + peer.address() + " " + end);
    }

    /// Waits until somebody has come (`+alice@lab.example`) or gone (`-alice@lab.example LEFT`).
    public void awaitGuest(String line) throws InterruptedException {
        List<String> others = new ArrayList<>();
        while (true) {
            String guest = guests.poll(10, TimeUnit.SECONDS);
            if (line.equals(guest)) {
                return;
            }
            if (guest == null) {
                throw new AssertionError("no " + line + ", only " + others);
            }
            others.add(guest);
        }
    }

    /// Asks the monitor.
    public Answer ask(String path) throws IOException {
        return Answer.from(relay.metricsAddress().orElseThrow(), "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
    }

    /// The value of a sample, named as the exposition names it, with its labels.
    public double sample(String name) throws IOException {
        return ask("/metrics")
                .body()
                .lines()
                .filter(line -> line.startsWith(name + " "))
                .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no sample " + name));
    }

    /// Waits until a sample has come so far; what is counted is counted after the socket tells of it.
    public void awaitSample(String name, double least) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (sample(name) < least) {
            if (System.nanoTime() > end) {
                throw new AssertionError(name + " is " + sample(name) + ", never " + least);
            }
            Thread.onSpinWait();
        }
    }

    /// As the process does when it is told to stop.
    public void drain() throws IOException, InterruptedException {
        if (!drained) {
            drained = true;
            relay.drain();
        }
    }

    @Override
    public void close() throws IOException {
        for (TestClient client : clients) {
            client.close();
        }
        try {
            drain();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while the relay drained", e);
        }
    }
}
