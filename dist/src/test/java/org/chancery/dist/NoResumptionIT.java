package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.testing.Openssl;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.FrameReader;
import org.chancery.protocol.frame.FrameWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Clients that would resume a TLS session if the relay let them: every connection is a full handshake, in
/// which their certificate is shown and judged anew.
final class NoResumptionIT {
    @TempDir
    Path directory;

    private Lab lab;
    private Lab.RunningRelay relay;
    private Identity alice;

    @BeforeEach
    void open() throws Exception {
        lab = Lab.in(directory);
        relay = lab.startRelay();
        alice = lab.keystore("alice").identity();
    }

    @AfterEach
    void close() {
        lab.close();
    }

    private void revokeAlice() throws IOException, InterruptedException {
        lab.must("ca", "revoke", "alice.pem", "--reason", "keyCompromise");
        lab.publishCrls();
        relay.program().awaitError(": 1 entries, next by");
    }

    /// One that remembers what it is given, and a key of which each use is counted.
    private SSLContext remembering(AtomicInteger shown) throws Exception {
        TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
        KeyStore roots = KeyStore.getInstance("PKCS12");
        roots.load(null, null);
        roots.setCertificateEntry(
                "root",
                lab.keystore("alice").anchors().certificates().iterator().next());
        trusted.init(roots);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[] {new CountedKey(alice, shown)}, trusted.getTrustManagers(), new SecureRandom());
        return context;
    }

    private SSLSocket connect(SSLContext context) throws IOException {
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), relay.port());
        socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
        socket.startHandshake();
        return socket;
    }

    /// Beyond where tickets would have come.
    private static void greet(SSLSocket socket) throws Exception {
        FrameWriter writer = new FrameWriter(socket.getOutputStream(), FrameLimits.DEFAULT);
        writer.write(new Frame.Hello(Frame.VERSION, Optional.empty(), "test"));
        writer.flush();
        assertThat(new FrameReader(socket.getInputStream(), FrameLimits.DEFAULT).read())
                .containsInstanceOf(Frame.Welcome.class);
    }

    @Test
    void judgesEveryConnectionOfAJavaClient() throws Exception {
        AtomicInteger shown = new AtomicInteger();
        SSLContext context = remembering(shown);
        for (int connection = 1; connection <= 3; connection++) {
            try (SSLSocket socket = connect(context)) {
                greet(socket);
            }
            assertThat(shown).as("how often the certificate was shown").hasValue(connection);
        }
        revokeAlice();
        try (SSLSocket socket = connect(context)) { // in TLS 1.3 a client is done before it is judged
            assertThatThrownBy(() -> greet(socket)).isInstanceOf(IOException.class);
        }
        relay.program().awaitError("certificate refused: revoked");
    }

    @Test
    void givesOpensslNothingToResumeBy() throws Exception {
        assumeTrue(Openssl.present(), "openssl is not installed");
        export();
        Outcome first = sClient("-sess_out", "session.pem");
        assertThat(text(first)).contains("New, TLSv1.3").doesNotContain("New Session Ticket arrived");
        assertThat(lab.path("session.pem"))
                .as("a session that could be resumed")
                .doesNotExist();
        Outcome second = sClient();
        assertThat(text(second)).contains("New, TLSv1.3").doesNotContain("Reused");
        revokeAlice();
        assertThat(text(sClient())).contains("alert certificate unknown"); // as JSSE says it of every refusal
        relay.program().awaitError("certificate refused: revoked");
    }

    @Test
    void refusesTheVersionThatResumesByNumber() throws Exception {
        assumeTrue(Openssl.present(), "openssl is not installed");
        export();
        Outcome outcome = sClient("-tls1_2", "-sess_out", "session.pem");
        assertThat(text(outcome)).contains("alert protocol version");
        assertThat(lab.path("session.pem")).doesNotExist();
    }

    private void export() throws IOException {
        Files.writeString(
                lab.path("alice.key"),
                Pem.encode(PemLabel.PRIVATE_KEY, alice.key().exposedPrivateKey().getEncoded()));
        Files.writeString(
                lab.path("issuer.pem"), Forge.pem(alice.chain().issuers().getFirst()));
    }

    /// Ends when the relay does: what is said to it is no frame.
    private Outcome sClient(String... options) throws IOException, InterruptedException {
        List<String> arguments = new ArrayList<>(List.of(
                "s_client",
                "-connect",
                relay.address(),
                "-CAfile",
                "ca/root.pem",
                "-ign_eof",
                "-cert",
                "alice.pem",
                "-cert_chain",
                "issuer.pem",
                "-key",
                "alice.key"));
        arguments.addAll(List.of(options));
        try (Program client = lab.start("openssl", arguments.toArray(String[]::new))) {
            try {
                client.type("no frame at all");
                client.endInput();
            } catch (IOException e) {
                // refused before it could say anything
            }
            int code = client.awaitExit();
            return new Outcome(code, client.outputLines(), client.errorLines());
        }
    }

    private static String text(Outcome outcome) {
        return String.join("\n", outcome.output()) + "\n" + String.join("\n", outcome.errors());
    }

    private static final class CountedKey extends X509ExtendedKeyManager {
        private final Identity identity;
        private final AtomicInteger shown;

        CountedKey(Identity identity, AtomicInteger shown) {
            this.identity = identity;
            this.shown = shown;
        }

        @Override
        public String chooseClientAlias(String[] keyTypes, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.key().exposedPrivateKey();
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            shown.incrementAndGet();
            return identity.chain().certificates().toArray(X509Certificate[]::new);
        }

        @Override
        public String[] getClientAliases(String keyType, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String[] getServerAliases(String keyType, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String keyType, Principal[] issuers, Socket socket) {
            throw new IllegalStateException("a client");
        }
    }
}
