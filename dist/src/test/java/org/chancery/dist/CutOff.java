package org.chancery.dist;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.channel.Channel;
import org.chancery.protocol.channel.PeerJudge;
import org.chancery.protocol.channel.TlsIdentity;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolException;
import org.chancery.protocol.frame.SessionEndCode;

/// Many are connected to the relay, which runs as a process; some of them are revoked by one CRL. How long, from the
/// CRL's appearance to the closed socket as each of them sees it?
final class CutOff implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Lab lab;
    private final TestPki pki = TestPki.at(Instant.now());
    private final boolean byUrl;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Live> lives = new ArrayList<>();
    private volatile byte[] shown;

    /// @param directory empty
    /// @param byUrl whether the relay asks for the CRL, or watches a file
    CutOff(Path directory, boolean byUrl) throws IOException {
        this.lab = Lab.emptyIn(directory);
        this.byUrl = byUrl;
        this.shown = pem(pki.crls());
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] now = shown;
                String tag = "\"" + Arrays.hashCode(now) + "\"";
                exchange.getResponseHeaders().set("ETag", tag);
                if (tag.equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                    exchange.sendResponseHeaders(304, -1);
                } else {
                    exchange.sendResponseHeaders(200, now.length);
                    exchange.getResponseBody().write(now);
                }
            }
        });
        server.start();
    }

    /// One connection, and when it was over; 0 while it lasts.
    private static final class Live {
        private final Identity identity;
        private final Channel channel;
        private volatile long endedNanos;
        private volatile boolean toldRevoked;

        Live(Identity identity, Channel channel) {
            this.identity = identity;
            this.channel = channel;
        }

        void listen(CountDownLatch gone) {
            try (channel) {
                Optional<Frame> frame = channel.reader().read();
                while (frame.isPresent()) {
                    if (frame.get() instanceof Frame.Goodbye goodbye) {
                        toldRevoked = goodbye.code() == SessionEndCode.REVOKED;
                    }
                    frame = channel.reader().read();
                }
            } catch (IOException | ProtocolException e) {
                return; // an end as well; whether it was the right one, toldRevoked says
            } finally {
                endedNanos = System.nanoTime();
                gone.countDown();
            }
        }
    }

    /// What came of it.
    ///
    /// @param millis of each revoked one, from the CRL's appearance to the closed socket, ascending
    /// @param told how many of them were told why
    /// @param othersGone how many of those who stay did not stay
    record Result(boolean byUrl, int sessions, List<Double> millis, int told, long othersGone) {
        double percentile(double share) {
            return millis.get(Math.min(millis.size() - 1, (int) Math.ceil(share * millis.size()) - 1));
        }

        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT,
                    "%s: %d of %d sessions revoked, closed after p50 %.0f ms, p99 %.0f ms, max %.0f ms; told why %d; others gone %d",
                    byUrl ? "by URL" : "by file",
                    millis.size(),
                    sessions,
                    percentile(0.5),
                    percentile(0.99),
                    millis.getLast(),
                    told,
                    othersGone);
        }
    }

    Result run(int sessions, int revoked) throws Exception {
        int port = startRelay(sessions);
        CountDownLatch gone = new CountDownLatch(revoked);
        ConcurrentLinkedQueue<Live> open = new ConcurrentLinkedQueue<>();
        List<Identity> people = new ArrayList<>();
        for (int i = 0; i < sessions; i++) {
            people.add(pki.client("p" + i + "@lab.example", TestKeys.ec("p" + i)));
        }
        connectAll(people, port, open);
        List<Live> condemned = new ArrayList<>(open).subList(0, revoked);
        lives.addAll(open);
        CountDownLatch others = new CountDownLatch(sessions);
        for (Live live : open) {
            CountDownLatch counted = condemned.contains(live) ? gone : others;
            threads.execute(() -> live.listen(counted));
        }
        CrlSet next = pki.crls();
        for (Live live : condemned) {
            next = pki.revoke(live.identity.chain().leaf());
        }
        long appearedNanos = publish(pem(next));
        if (!gone.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError(gone.getCount() + " revoked sessions go on");
        }
        List<Double> millis = condemned.stream()
                .map(live -> (live.endedNanos - appearedNanos) / 1e6)
                .sorted()
                .toList();
        int told = (int) condemned.stream().filter(live -> live.toldRevoked).count();
        return new Result(byUrl, sessions, millis, told, sessions - others.getCount());
    }

    private int startRelay(int sessions) throws Exception {
        Identity relay = pki.server("127.0.0.1");
        lab.writeKeystore(
                "relay", new KeyStoreFile.Contents(relay.key(), relay.chain().certificates(), List.of()));
        Files.writeString(
                lab.path("root.pem"),
                Pem.encode(PemLabel.CERTIFICATE, Certificates.der(pki.root().certificate())));
        publish(shown);
        Program program = lab.start(
                "server",
                "run",
                "--listen",
                "127.0.0.1:0",
                "--keystore",
                "relay.p12",
                "--trust",
                "root.pem",
                "--crl",
                byUrl ? "http://127.0.0.1:" + server.getAddress().getPort() + "/crls" : "crls.pem",
                "--max-connections",
                Integer.toString(2 * sessions + 10),
                "--max-connections-per-source",
                Integer.toString(2 * sessions + 10),
                "--data",
                "relay");
        String listening = program.awaitLine("[*] Listening on 127.0.0.1:");
        return Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1));
    }

    /// A few at a time: it is not the handshakes that are measured.
    private void connectAll(List<Identity> people, int port, ConcurrentLinkedQueue<Live> open) throws Exception {
        PeerJudge judge = new PeerJudge(pki.trustAnchors(), Revocation.NotChecked::new, pki.clock());
        try (ExecutorService few = Executors.newFixedThreadPool(4)) {
            List<Future<?>> begun = new ArrayList<>();
            for (Identity person : people) {
                begun.add(few.submit(() -> {
                    Channel channel = Channel.connect("127.0.0.1", port, new TlsIdentity(person, judge), PATIENCE);
                    channel.writer().write(new Frame.Hello(Frame.VERSION, Optional.empty(), "cut-off"));
                    channel.writer().flush();
                    Frame heard = channel.reader().read().orElseThrow();
                    while (!(heard instanceof Frame.CaughtUp)) { // then the session has begun
                        heard = channel.reader().read().orElseThrow();
                    }
                    open.add(new Live(person, channel));
                    return null;
                }));
            }
            for (Future<?> one : begun) {
                one.get();
            }
        }
    }

    /// @return when it was there
    private long publish(byte[] crls) throws IOException {
        long now = System.nanoTime();
        if (byUrl) {
            shown = crls;
        } else {
            AtomicFile.write(lab.path("crls.pem"), crls, Access.PUBLIC, true);
        }
        return now;
    }

    private static byte[] pem(CrlSet crls) {
        StringBuilder pem = new StringBuilder();
        crls.crls().forEach(crl -> pem.append(Pem.encode(PemLabel.X509_CRL, crl.der())));
        return pem.toString().getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        for (Live live : lives) {
            live.channel.close();
        }
        lab.close();
        server.stop(0);
        threads.shutdownNow();
    }
}
