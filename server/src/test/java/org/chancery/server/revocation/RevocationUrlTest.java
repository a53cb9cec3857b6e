package org.chancery.server.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.testing.TestPki;
import org.chancery.server.config.CrlLocation;
import org.chancery.server.testing.CrlServer;
import org.chancery.server.testing.LogLines;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// CRLs by URL, and what is kept of them.
@Timeout(60)
class RevocationUrlTest {

    private final TestPki pki = TestPki.create();
    private final X509Certificate bob = pki.client("bob@lab.example").chain().leaf();

    @TempDir
    private Path directory;

    private CrlServer server;

    @BeforeEach
    void serve() throws IOException {
        server = CrlServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void show(CrlSet crls, String tag) {
        server.show(pem(crls), tag);
    }

    private static byte[] pem(CrlSet crls) {
        StringBuilder pem = new StringBuilder();
        crls.crls().forEach(crl -> pem.append(Pem.encode(PemLabel.X509_CRL, crl.der())));
        return pem.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private RevocationWatch open(CrlLocation... locations) throws Exception {
        return open(pki.clock(), locations);
    }

    private RevocationWatch open(Clock clock, CrlLocation... locations) throws Exception {
        return RevocationWatch.open(
                new RevocationWatch.Watched(List.of(locations), directory.resolve("kept"), Duration.ZERO),
                new Authorities(pki.trustAnchors(), pki.server("127.0.0.1").chain()),
                clock);
    }

    private CrlLocation url() {
        return new CrlLocation.AtUrl(server.uri());
    }

    @Test
    void whatTheUrlShowsCounts() throws Exception {
        show(pki.crls(), "\"one\"");
        try (RevocationWatch watch = open(url())) {
            CountDownLatch changed = new CountDownLatch(1);
            watch.watch(since -> changed.countDown());
            assertThat(watch.grounds().crls().isListed(bob)).isFalse();
            show(pki.revoke(bob), "\"two\"");
            assertThat(changed.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(watch.grounds().crls().isListed(bob)).isTrue();
        }
    }

    @Test
    void aUrlWithoutAListIsNoStart() {
        assertThatThrownBy(() -> open(url()))
                .isInstanceOf(CrlUnavailableException.class)
                .hasMessageContaining("404");
    }

    @Test
    void startsByWhatWasKeptWhereTheUrlIsAway() throws Exception {
        show(pki.revoke(bob), "\"one\"");
        open(url()).close();
        server.answer(exchange -> exchange.sendResponseHeaders(503, -1));
        try (RevocationWatch watch = open(url())) {
            assertThat(watch.grounds().crls().isListed(bob)).isTrue();
        }
    }

    @Test
    void anOlderListAfterTheStartUndoesNothing() throws Exception {
        byte[] older = pem(pki.crls());
        show(pki.revoke(bob), "\"new\"");
        open(url()).close();
        server.show(older, "\"old\"");
        try (RevocationWatch watch = open(url())) {
            assertThat(watch.grounds().crls().isListed(bob)).isTrue();
        }
    }

    @Test
    void whatIsKeptIsItsOwnersAlone() throws Exception {
        show(pki.crls(), "\"one\"");
        open(url()).close();
        try (var files = Files.list(directory.resolve("kept"))) {
            List<Path> kept = files.toList();
            assertThat(kept).hasSize(2);
            for (Path file : kept) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void saysThatItCanBeReadAgainOnceItWas() throws Exception {
        show(pki.crls(), "\"one\"");
        try (RevocationWatch watch = open(url());
                LogLines log = LogLines.open()) {
            watch.watch(since -> {});
            server.show(new byte[] {'h', 'i'}, "\"two\"");
            log.await("WARN", "not taken, what was known stays");
            awaitQuestions(2);
            assertThat(log.drain()).isEmpty();
            show(pki.crls(), "\"three\"");
            log.await("INFO", "can be read again");
        }
    }

    private void awaitQuestions(int more) throws InterruptedException {
        int enough = server.asked().size() + more + 1; // one may have been answered and not heard
        for (int attempt = 0; server.asked().size() < enough; attempt++) {
            assertThat(attempt).isLessThan(4000);
            Thread.sleep(5);
        }
    }

    @Test
    void aDeadUrlDelaysNobody() throws Exception {
        show(pki.crls(), "\"one\"");
        CountDownLatch hanging = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Path file = directory.resolve("crls.pem");
        Files.write(file, pem(pki.crls()));
        try (RevocationWatch watch = open(url(), new CrlLocation.InFile(file))) {
            server.answer(exchange -> {
                hanging.countDown();
                await(release);
                exchange.sendResponseHeaders(503, -1);
            });
            CountDownLatch changed = new CountDownLatch(1);
            watch.watch(since -> changed.countDown());
            assertThat(hanging.await(10, TimeUnit.SECONDS)).isTrue();
            Path next = directory.resolve("next.pem");
            Files.write(next, pem(pki.revoke(bob)));
            Files.move(next, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
            assertThat(changed.await(3, TimeUnit.SECONDS)).isTrue();
            assertThat(watch.grounds().crls().isListed(bob)).isTrue();
        } finally {
            release.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await(20, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
