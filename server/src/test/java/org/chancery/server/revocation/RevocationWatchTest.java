package org.chancery.server.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.testing.TestPki;
import org.chancery.server.config.CrlLocation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class RevocationWatchTest {

    private final TestPki pki = TestPki.create();

    @TempDir
    private Path directory;

    private Path file;
    private RevocationWatch watch;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        file = directory.resolve("crls.pem");
        publish(pki.crls());
        watch = open(file, "kept");
    }

    private RevocationWatch open(Path crls, String kept) throws IOException, InterruptedException {
        return RevocationWatch.open(
                new RevocationWatch.Watched(
                        List.of(new CrlLocation.InFile(crls)), directory.resolve(kept), Duration.ZERO),
                new Authorities(pki.trustAnchors(), pki.server("127.0.0.1").chain()),
                pki.clock());
    }

    @AfterEach
    void close() {
        watch.close();
    }

    private void publish(CrlSet crls) throws IOException {
        StringBuilder pem = new StringBuilder();
        crls.crls().forEach(crl -> pem.append(Pem.encode(PemLabel.X509_CRL, crl.der())));
        AtomicFile.write(file, pem.toString().getBytes(StandardCharsets.US_ASCII), Access.PUBLIC, true);
    }

    @Test
    void goesOnWatchingWhateverItsListenerDoes() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch second = new CountDownLatch(2);
        watch.watch(() -> {
            first.countDown();
            second.countDown();
            throw new IllegalStateException("a listener with a fault");
        });
        publish(pki.revoke(pki.client("a@lab.example").chain().leaf()));
        assertThat(first.await(5, TimeUnit.SECONDS)).isTrue();
        publish(pki.revoke(pki.client("b@lab.example").chain().leaf()));
        assertThat(second.await(5, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void ofTwoListsOfOneNumberTheLaterMadeCounts() throws Exception {
        publish(pki.staleCrls());
        watch.close();
        watch = open(file, "kept here");
        CountDownLatch changed = new CountDownLatch(1);
        watch.watch(changed::countDown);
        publish(pki.crls());
        assertThat(changed.await(5, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.grounds().crls().crls())
                .extracting(Crl::thisUpdate)
                .containsOnly(pki.crls().crls().getFirst().thisUpdate());
    }
}
