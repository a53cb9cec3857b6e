package org.chancery.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.chancery.console.PassphraseSource;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.Frame;
import org.chancery.server.testing.LogLines;
import org.chancery.server.testing.TestClient;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Files that say who the relay is and whom it trusts, replaced below a relay with somebody on it.
@Timeout(120)
class IdentityReloadTest {

    private static final String PASSPHRASE = "correct horse";
    private static final String KEPT = "not taken over, the old stays in force";
    private static final String SHOWN = "another certificate is shown now";

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");
    private final Identity first = pki.server("127.0.0.1");
    private final Identity next = pki.server("127.0.0.1", "chat.lab.example");

    @TempDir
    private Path directory;

    private TestRelay relay;
    private IdentityReload reload;
    private TestClient before;
    private LogLines log;

    @BeforeEach
    void start() throws Exception {
        log = LogLines.open();
        Files.writeString(directory.resolve("passphrase"), PASSPHRASE + "\n");
        replace("server.p12", keyStore(first));
        trust(pki.root().certificate());
        relay = TestRelay.start(pki, directory.resolve("relay"));
        IdentityFiles files = files();
        relay.relay().believe(files.anchors());
        relay.relay().become(files.identity());
        before = relay.greeted(alice);
        watch(files);
        log.drain();
    }

    private void watch(IdentityFiles files) {
        reload = new IdentityReload(files, relay.relay());
        reload.start();
    }

    private IdentityFiles files() throws Exception {
        return new IdentityFiles(
                directory.resolve("server.p12"),
                List.of(directory.resolve("root.pem")),
                PassphraseSource.choose(
                        false,
                        directory.resolve("passphrase").toString(),
                        new ByteArrayInputStream(new byte[0]),
                        label -> Optional.empty()));
    }

    @AfterEach
    void stop() throws IOException {
        reload.close();
        relay.close();
        log.close();
    }

    /// The whole file at once, as whoever renews it is told to.
    private void replace(String name, byte[] octets) throws IOException {
        AtomicFile.write(directory.resolve(name), octets, Access.PRIVATE, true);
    }

    private byte[] keyStore(Identity identity) throws Exception {
        Path file = directory.resolve("other.p12");
        try (Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray())) {
            KeyStoreFile.create(
                    file,
                    passphrase,
                    new KeyStoreFile.Contents(identity.key(), identity.chain().certificates(), List.of()),
                    true,
                    new SecureRandom());
        }
        return Files.readAllBytes(file);
    }

    private void trust(X509Certificate... roots) throws Exception {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate root : roots) {
            pem.append(Pem.encode(PemLabel.CERTIFICATE, Certificates.der(root)));
        }
        replace("root.pem", pem.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private X509Certificate shown() throws Exception {
        try (TestClient somebody = TestClient.connect(
                pki, pki.client("bob@lab.example"), relay.relay().address())) {
            return somebody.relayCertificate();
        }
    }

    private void whoIsHereStays() throws Exception {
        before.say(new Frame.Ping(7));
        assertThat(before.expect(Frame.Pong.class).nonce()).isEqualTo(7);
    }

    @Test
    void showsAnotherCertificateInNewHandshakes() throws Exception {
        assertThat(shown()).isEqualTo(first.chain().leaf());
        replace("server.p12", keyStore(next));
        log.await("INFO", SHOWN);
        assertThat(shown()).isEqualTo(next.chain().leaf());
        assertThat(before.relayCertificate()).isEqualTo(first.chain().leaf());
        whoIsHereStays();
    }

    /// A start may wait half a minute for the CRLs after it has read who the relay is.
    @Test
    void takesWhatWasReplacedWhileTheRelayStarted() throws Exception {
        reload.close();
        IdentityFiles files = files();
        files.identity();
        replace("server.p12", keyStore(next));
        watch(files);
        log.await("INFO", SHOWN);
        assertThat(shown()).isEqualTo(next.chain().leaf());
    }

    @Test
    void takesWhatIsWholeOfWhatWasHalfWritten() throws Exception {
        byte[] whole = keyStore(next);
        replace("server.p12", Arrays.copyOf(whole, whole.length / 2));
        log.await("ERROR --keystore", KEPT);
        assertThat(shown()).isEqualTo(first.chain().leaf());
        replace("server.p12", whole);
        log.await("INFO", SHOWN);
        assertThat(shown()).isEqualTo(next.chain().leaf());
        whoIsHereStays();
    }

    @Test
    void keepsTheOldOneWhileThereIsNone() throws Exception {
        Files.delete(directory.resolve("server.p12"));
        log.await("ERROR --keystore", KEPT, "no such file: ");
        assertThat(shown()).isEqualTo(first.chain().leaf());
        whoIsHereStays();
    }

    /// A key without its certificate. Written by the JDK: our own writer refuses to.
    @Test
    void takesNoKeyThatDoesNotMatch() throws Exception {
        KeyStore mixed = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(directory.resolve("server.p12"))) {
            mixed.load(in, PASSPHRASE.toCharArray());
        }
        String alias = mixed.aliases().nextElement();
        KeyStore other = KeyStore.getInstance("PKCS12");
        try (InputStream in = new ByteArrayInputStream(keyStore(pki.client("eve@lab.example")))) {
            other.load(in, PASSPHRASE.toCharArray());
        }
        Certificate[] chain = mixed.getCertificateChain(alias);
        mixed.setKeyEntry(
                alias,
                other.getKey(other.aliases().nextElement(), PASSPHRASE.toCharArray()),
                PASSPHRASE.toCharArray(),
                chain);
        Path file = directory.resolve("mixed.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            mixed.store(out, PASSPHRASE.toCharArray());
        }
        replace("server.p12", Files.readAllBytes(file));
        log.await("ERROR --keystore", KEPT, "certificate");
        assertThat(shown()).isEqualTo(first.chain().leaf());
        whoIsHereStays();
    }

    @Test
    void showsNoCertificateThatHasEnded() throws Exception {
        replace("server.p12", keyStore(pki.expiredServer("127.0.0.1")));
        log.await("ERROR --keystore", KEPT, "ended");
        assertThat(shown()).isEqualTo(first.chain().leaf());
        whoIsHereStays();
    }

    @Test
    void showsNoCertificateOfAnotherHouse() throws Exception {
        replace("server.p12", keyStore(pki.otherAuthority().server("127.0.0.1")));
        log.await("ERROR --keystore", KEPT);
        assertThat(shown()).isEqualTo(first.chain().leaf());
        whoIsHereStays();
    }

    @Test
    void opensAKeystoreWithThePassphraseThatLiesThereNow() throws Exception {
        replace("passphrase", "battery staple\n".getBytes(StandardCharsets.US_ASCII));
        try (Passphrase passphrase = Passphrase.of("battery staple".toCharArray())) {
            KeyStoreFile.create(
                    directory.resolve("server.p12"),
                    passphrase,
                    new KeyStoreFile.Contents(next.key(), next.chain().certificates(), List.of()),
                    true,
                    new SecureRandom());
        }
        log.await("INFO", SHOWN);
    }

    /// The other house's lists lie there all the time: nobody known had signed them.
    @Test
    void letsInWhomAnotherRootVouchesFor() throws Exception {
        TestPki other = pki.otherAuthority();
        List<Crl> both = new ArrayList<>(pki.crls().crls());
        both.addAll(other.crls().crls());
        relay.publish(CrlSet.of(both));
        trust(pki.root().certificate(), other.root().certificate());
        log.await("INFO other anchors are trusted now");
        relay.greeted(other.client("carol@lab.example"));
        whoIsHereStays();
    }

    @Test
    void trustsWhomItDidWhileTheFileIsNoCertificate() throws Exception {
        replace("root.pem", "-----BEGIN CERTIFICATE-----\nMIIB".getBytes(StandardCharsets.US_ASCII));
        log.await("ERROR --trust", KEPT);
        relay.greeted(pki.client("bob@lab.example"));
        whoIsHereStays();
    }

    /// A root and what it issued come in two files, one after the other.
    @Test
    void takesFilesThatBelongTogetherInEitherOrder() throws Exception {
        TestPki other = pki.otherAuthority();
        List<Crl> both = new ArrayList<>(pki.crls().crls());
        both.addAll(other.crls().crls());
        relay.publish(CrlSet.of(both));
        Identity others = other.server("127.0.0.1");
        replace("server.p12", keyStore(others));
        log.await("ERROR --keystore", KEPT);
        trust(pki.root().certificate(), other.root().certificate());
        log.await("INFO", SHOWN);
        whoIsHereStays();
    }
}
