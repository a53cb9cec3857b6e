package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.testing.Openssl;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.FrameLimits;
import org.chancery.protocol.frame.FrameReader;
import org.chancery.protocol.frame.ProtocolError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bad input at the relay's door: each is turned away with a reason in the relay's own words, and the relay serves on.
final class RelayDoorIT {
    @TempDir
    Path directory;

    private Lab lab;
    private Lab.RunningRelay relay;

    @BeforeEach
    void open() throws IOException, InterruptedException {
        lab = Lab.in(directory);
        relay = lab.startRelay();
    }

    /// Whatever a test has done at the door, people still come in.
    @AfterEach
    void servesOn() throws IOException, InterruptedException {
        try (Lab ending = lab) {
            ending.start("client", "listen", "--keystore", "bob.p12", "--server", relay.address());
            relay.program().awaitLine(Lab.address("bob"));
        }
    }

    @Test
    void refusesTls12() throws Exception {
        assumeTrue(Openssl.present(), "openssl is not installed");
        exportPem("alice", lab.keystore("alice").identity());
        Outcome outcome = knock("-tls1_2", "-cert", "alice.crt", "-key", "alice.key");
        assertThat(text(outcome)).contains("alert protocol version");
        relay.program().awaitError("TLS 1.3");
    }

    @Test
    void refusesWhoShowsNoCertificate() throws Exception {
        assumeTrue(Openssl.present(), "openssl is not installed");
        Outcome outcome = knock();
        assertThat(text(outcome)).containsAnyOf("certificate required", "bad certificate");
        relay.program().awaitError("certificate");
    }

    @ParameterizedTest
    @CsvSource({
        "EXPIRED,       expired",
        "NOT_YET_VALID, not yet valid",
        "WRONG_PURPOSE, CLIENT required",
        "WRONG_ISSUER,  not signed by its issuer's key",
        "SELF_SIGNED,   signed by its own key"
    })
    void refusesCertificate(Forge.Fault fault, String named) throws Exception {
        Forge.in(lab).write("mallory", fault);
        try (SSLSocket socket = tls("mallory")) {
            // In TLS 1.3 a client is done before it is judged; what it reads first is the alert.
            assertThatThrownBy(() -> socket.getInputStream().read()).isInstanceOf(IOException.class);
        }
        relay.program().awaitError("certificate refused: ");
        assertThat(relay.program().errorLines()).anyMatch(line -> line.contains(named));
    }

    @Test
    void refusesFrameOfTwoGibibytes() throws Exception {
        try (SSLSocket socket = tls("alice")) {
            OutputStream out = socket.getOutputStream();
            out.write(ByteBuffer.allocate(4).putInt(0x7fff_ffff).array());
            out.write(new byte[1024]);
            out.flush();
            assertThat(errorsUntilEnd(socket)).contains(ProtocolError.FRAME_TOO_LARGE);
        }
    }

    @Test
    void refusesRandomOctetsInsideTls() throws Exception {
        byte[] noise = new byte[64];
        new Random(7).nextBytes(noise);
        try (SSLSocket socket = tls("alice")) {
            OutputStream out = socket.getOutputStream();
            out.write(ByteBuffer.allocate(4).putInt(noise.length).array());
            out.write(noise);
            out.flush();
            assertThat(errorsUntilEnd(socket)).contains(ProtocolError.MALFORMED_FRAME);
        }
    }

    @Test
    void refusesRandomOctetsInsteadOfTls() throws Exception {
        byte[] noise = new byte[4096];
        new Random(11).nextBytes(noise);
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), relay.port())) {
            socket.setSoTimeout((int) Program.PATIENCE.toMillis());
            socket.getOutputStream().write(noise);
            InputStream in = socket.getInputStream();
            // A TLS alert at most, then the end.
            assertThat(readToEnd(in)).isLessThan(64);
        }
        relay.program().awaitError("TLS");
    }

    private Outcome knock(String... options) throws IOException, InterruptedException {
        List<String> arguments =
                new ArrayList<>(List.of("s_client", "-connect", relay.address(), "-CAfile", "ca/root.pem", "-ign_eof"));
        arguments.addAll(List.of(options));
        return lab.run("openssl", arguments.toArray(String[]::new));
    }

    private static String text(Outcome outcome) {
        return String.join("\n", outcome.output()) + String.join("\n", outcome.errors());
    }

    private void exportPem(String name, Identity identity) throws IOException {
        SigningKey key = identity.key();
        Files.writeString(
                lab.path(name + ".key"),
                Pem.encode(PemLabel.PRIVATE_KEY, key.exposedPrivateKey().getEncoded()));
        Files.writeString(lab.path(name + ".crt"), Forge.pem(identity.chain().leaf()));
    }

    /// A TLS 1.3 connection as a person whose program has lost its manners.
    private SSLSocket tls(String person) throws Exception {
        Identity identity = lab.keystore(person).identity();
        KeyStore keys = KeyStore.getInstance(KeyStore.getDefaultType());
        keys.load(null, null);
        keys.setKeyEntry(
                person,
                identity.key().exposedPrivateKey(),
                new char[0],
                identity.chain().certificates().toArray(X509Certificate[]::new));
        keys.setCertificateEntry(
                "root", lab.keystore(person).anchors().certificates().iterator().next());
        KeyManagerFactory own = KeyManagerFactory.getInstance("PKIX");
        own.init(keys, new char[0]);
        TrustManagerFactory trusted = TrustManagerFactory.getInstance("PKIX");
        trusted.init(keys);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(own.getKeyManagers(), trusted.getTrustManagers(), null);
        SSLSocket socket =
                (SSLSocket) context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), relay.port());
        socket.setSoTimeout((int) Duration.ofSeconds(30).toMillis());
        socket.startHandshake();
        return socket;
    }

    private static List<ProtocolError> errorsUntilEnd(SSLSocket socket) throws Exception {
        FrameReader reader = new FrameReader(socket.getInputStream(), FrameLimits.DEFAULT);
        List<ProtocolError> errors = new ArrayList<>();
        for (Optional<Frame> frame = reader.read(); frame.isPresent(); frame = reader.read()) {
            if (frame.get() instanceof Frame.Refused refused) {
                errors.add(refused.error());
            }
        }
        return errors;
    }

    private static long readToEnd(InputStream in) throws IOException {
        long count = 0;
        try {
            while (in.read() >= 0) {
                count++;
            }
        } catch (java.net.SocketException e) {
            // Reset instead of closed: the relay did not read all of it, which is its right.
        }
        return count;
    }
}
