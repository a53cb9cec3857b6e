package org.chancery.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.console.CommandRun;
import org.chancery.console.Surroundings;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.request.CertificateRequest;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class ServerCommandTest {

    private static final TestPki PKI = TestPki.create();
    private static final Identity RELAY = PKI.server("127.0.0.1");

    @TempDir
    private static Path keyStores;

    @TempDir
    private Path directory;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        out.reset();
        err.reset();
        Surroundings surroundings = surroundings();
        return CommandRun.run(new ServerProgram(surroundings), surroundings, arguments)
                .code();
    }

    private Surroundings surroundings() {
        return new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                directory.resolve("conf"),
                label -> Optional.empty(),
                PKI.clock(),
                new SecureRandom(),
                Path.of(""));
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }

    /// Deriving a key from a passphrase costs half a second, even from none: one keystore serves all tests.
    @BeforeAll
    static void makeKeyStore() throws Exception {
        writeKeyStore(keyStores.resolve("certified.p12"), RELAY.chain().certificates());
        writeKeyStore(keyStores.resolve("pending.p12"), List.of());
    }

    private static void writeKeyStore(Path file, List<X509Certificate> chain) throws Exception {
        try (Passphrase none = Passphrase.none()) {
            KeyStoreFile.create(
                    file, none, new KeyStoreFile.Contents(RELAY.key(), chain, List.of()), false, new SecureRandom());
        }
    }

    private void keyStore(String kind) throws Exception {
        Files.copy(keyStores.resolve(kind + ".p12"), directory.resolve("server.p12"));
    }

    private void certificates(String name, List<X509Certificate> certificates) throws Exception {
        StringBuilder pem = new StringBuilder();
        certificates.forEach(c -> pem.append(Pem.encode(PemLabel.CERTIFICATE, Certificates.der(c))));
        Files.writeString(directory.resolve(name), pem);
    }

    @Test
    void everyHelpEndsWithTwoExamples() {
        for (String[] command : new String[][] {
            {"--help"},
            {"request", "--help"},
            {"import", "--help"},
            {"run", "--help"},
            {"status", "--help"},
            {"sessions", "--help"},
            {"disconnect", "--help"},
            {"backup", "--help"},
            {"restore", "--help"}
        }) {
            assertThat(run(command)).isZero();
            assertThat(out.toString(StandardCharsets.UTF_8)
                            .stripTrailing()
                            .lines()
                            .toList()
                            .reversed()
                            .subList(0, 2))
                    .allMatch(line -> line.startsWith("  server "));
        }
    }

    @Test
    void showsTheFirstStepsWithoutArguments() {
        assertThat(run()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("server request", "server import", "server run");
    }

    @Test
    void watchesFromThisMachineAlone() throws Exception {
        keyStore("certified");
        certificates("root.pem", List.copyOf(PKI.trustAnchors().certificates()));
        for (String address : List.of("0.0.0.0:9465", "192.0.2.1:9465", "[::]:9465")) {
            assertThat(run(
                            "run",
                            "--metrics",
                            address,
                            "--no-passphrase",
                            "--keystore",
                            path("server.p12"),
                            "--trust",
                            path("root.pem"),
                            "--data",
                            path("data")))
                    .isEqualTo(2);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("is no loopback address\n", "hint: give 127.0.0.1:9465");
        }
    }

    /// The JDK takes it for 10.0.0.1, which nobody has asked for.
    @Test
    void requestTakesNoShortenedAddress() {
        assertThat(run(
                        "request",
                        "--ip",
                        "10.1",
                        "--no-passphrase",
                        "--keystore",
                        path("server.p12"),
                        "--out",
                        path("server.csr")))
                .isEqualTo(2);
        assertThat(directory.resolve("server.p12")).doesNotExist();
    }

    @Test
    void requestMakesAKeyAndARequestForIt() throws Exception {
        assertThat(run(
                        "request",
                        "--dns",
                        "chat.lab.example",
                        "--ip",
                        "127.0.0.1",
                        "--no-passphrase",
                        "--keystore",
                        path("server.p12"),
                        "--out",
                        path("server.csr")))
                .isZero();
        CertificateRequest request = CertificateRequest.parse(
                Pem.derOf(Files.readAllBytes(directory.resolve("server.csr")), PemLabel.CERTIFICATE_REQUEST)
                        .getFirst());
        assertThat(request.requestedNames())
                .containsExactly(
                        new GeneralName.Dns("chat.lab.example"),
                        new GeneralName.Ip(InetAddress.ofLiteral("127.0.0.1")));
        try (Passphrase none = Passphrase.none()) {
            KeyStoreFile keyStore = KeyStoreFile.open(directory.resolve("server.p12"), none);
            assertThat(keyStore.pending()).isTrue();
            assertThat(keyStore.key().publicKey()).isEqualTo(request.publicKey());
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("warning: ");
    }

    @Test
    void requestOverwritesNoKey() throws Exception {
        Files.writeString(directory.resolve("server.p12"), "precious");
        assertThat(run(
                        "request",
                        "--ip",
                        "127.0.0.1",
                        "--no-passphrase",
                        "--keystore",
                        path("server.p12"),
                        "--out",
                        path("server.csr")))
                .isEqualTo(4);
        assertThat(directory.resolve("server.p12")).hasContent("precious");
    }

    /// What the authority would refuse makes no key.
    @Test
    void requestTakesNoNameOfEveryMachine() {
        for (String host : List.of("localhost", "LOCALHOST", "chat.localhost")) {
            assertThat(request(host)).isEqualTo(4);
            assertThat(err.toString(StandardCharsets.UTF_8))
                    .contains("localhost is every machine's own name", "hint: use --ip 127.0.0.1");
        }
        assertThat(request("no name")).isEqualTo(2);
        assertThat(directory.resolve("server.p12")).doesNotExist();
    }

    private int request(String host) {
        return run(
                "request",
                "--dns",
                host,
                "--no-passphrase",
                "--keystore",
                path("server.p12"),
                "--out",
                path("server.csr"));
    }

    @Test
    void requestWantsAName() {
        assertThat(run("request", "--no-passphrase", "--keystore", path("a.p12"), "--out", path("a.csr")))
                .isEqualTo(2);
    }

    @Test
    void importPutsTheChainToItsKey() throws Exception {
        keyStore("pending");
        certificates("server.pem", RELAY.chain().certificates());
        assertThat(run("import", "--no-passphrase", "--keystore", path("server.p12"), path("server.pem")))
                .isZero();
        try (Passphrase none = Passphrase.none()) {
            assertThat(KeyStoreFile.open(directory.resolve("server.p12"), none)
                            .identity()
                            .chain())
                    .isEqualTo(RELAY.chain());
        }
    }

    @Test
    void importRefusesAnothersCertificate() throws Exception {
        keyStore("certified");
        certificates("other.pem", PKI.client("alice@lab.example").chain().certificates());
        assertThat(run("import", "--no-passphrase", "--keystore", path("server.p12"), path("other.pem")))
                .isEqualTo(3);
    }

    @Test
    void importRefusesWhatIsNoCertificate() throws Exception {
        keyStore("certified");
        Files.writeString(directory.resolve("other.pem"), "hello");
        assertThat(run("import", "--no-passphrase", "--keystore", path("server.p12"), path("other.pem")))
                .isEqualTo(3);
    }

    @Test
    void runSaysThatTheAddressIsTaken() throws Exception {
        keyStore("certified");
        certificates("root.pem", List.of(PKI.root().certificate()));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(run(
                            "run",
                            "--no-passphrase",
                            "--listen",
                            "127.0.0.1:" + taken.getLocalPort(),
                            "--keystore",
                            path("server.p12"),
                            "--trust",
                            path("root.pem"),
                            "--data",
                            path("data")))
                    .isEqualTo(5);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("[*] Starting server...\n");
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("error: cannot listen on 127.0.0.1:", "hint: ");
    }

    @Test
    void runTrustsAuthoritiesAlone() throws Exception {
        keyStore("certified");
        certificates(
                "person.pem",
                List.of(
                        PKI.client("alice@lab.example").chain().leaf(),
                        PKI.issuing().certificate()));
        assertThat(run(
                        "run",
                        "--no-passphrase",
                        "--listen",
                        "127.0.0.1:0",
                        "--keystore",
                        path("server.p12"),
                        "--trust",
                        path("person.pem"),
                        "--data",
                        path("data")))
                .isEqualTo(3);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .contains("which is no authority's", "hint: --trust takes the root");
    }

    @Test
    void runRefusesAKeyWithoutCertificate() throws Exception {
        keyStore("pending");
        certificates("root.pem", List.of(PKI.root().certificate()));
        assertThat(run(
                        "run",
                        "--no-passphrase",
                        "--keystore",
                        path("server.p12"),
                        "--trust",
                        path("root.pem"),
                        "--data",
                        path("data")))
                .isEqualTo(3);
    }

    @Test
    void runRefusesACrlOfAnotherAuthority() throws Exception {
        keyStore("certified");
        certificates("root.pem", List.of(PKI.root().certificate()));
        Files.writeString(
                directory.resolve("other.crl"),
                Pem.encode(
                        PemLabel.X509_CRL,
                        PKI.otherAuthority().crls().crls().getFirst().der()));
        assertThat(run(
                        "run",
                        "--no-passphrase",
                        "--keystore",
                        path("server.p12"),
                        "--trust",
                        path("root.pem"),
                        "--crl",
                        path("other.crl"),
                        "--data",
                        path("data")))
                .isEqualTo(4);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("crl missing", "hint: give --crl");
    }

    @Test
    void runRefusesABoundOutOfRange() throws Exception {
        keyStore("certified");
        certificates("root.pem", List.of(PKI.root().certificate()));
        assertThat(run(
                        "run",
                        "--no-passphrase",
                        "--keystore",
                        path("server.p12"),
                        "--trust",
                        path("root.pem"),
                        "--handshake-timeout",
                        "1ms"))
                .isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("handshake-timeout is 1 ms");
    }

    /// Every bound can stand in the file, and the file that is delivered explains every one.
    @Test
    void theDeliveredConfigurationExplainsEveryOptionOfRun() throws Exception {
        Set<String> options = new TreeSet<>(CommandRun.options(new CommandLine(new ServerCommand(surroundings()))));
        options.removeAll(Set.of("help", "dns", "ip", "key-type", "out", "force", "json", "no-passphrase"));
        Properties explained = new Properties();
        Path conf = Path.of("..", "conf", "server.properties");
        try (var lines = Files.lines(conf)) {
            lines.filter(line -> line.matches("#[a-z-]+=.*"))
                    .forEach(line ->
                            explained.put(line.substring(1, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
        }
        assertThat(explained.stringPropertyNames()).containsExactlyInAnyOrderElementsOf(options);
    }
}
