package org.chancery.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.chancery.client.command.Client.Run;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.request.CertificateRequest;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// `request`, `import` and `status`, and what they say to bad input.
class IdentityCommandsTest {
    private static final String ALICE = "alice@lab.example";

    private final TestPki pki = TestPki.create();

    @TempDir
    private Path directory;

    private Client client;

    @BeforeEach
    void begin() throws IOException {
        client = new Client(directory, pki.clock());
        client.pem("root.pem", List.of(pki.root().certificate()));
    }

    @Test
    void makesAKeyAndARequestThatProvesIt() throws Exception {
        Run run = request("--address", "Alice@lab.example", "--name", "Alice", "--key-type", "ec-p256");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).startsWith("warning: ").contains("no passphrase");
        CertificateRequest request = CertificateRequest.parse(
                Pem.derOf(Files.readAllBytes(client.path("alice.csr")), PemLabel.CERTIFICATE_REQUEST)
                        .getFirst());
        assertThat(request.subject().commonName()).contains(ALICE);
        assertThat(request.subject().displayName()).contains("Alice");
        KeyStoreFile keyStore = KeyStoreFile.open(client.path("alice.p12"), Passphrase.none());
        assertThat(keyStore.pending()).isTrue();
        assertThat(keyStore.key().publicKey()).isEqualTo(request.publicKey());
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(client.path("alice.p12"))))
                .isEqualTo("rw-------");
    }

    @Test
    void overwritesNoKeyStoreUnasked() throws IOException {
        Files.writeString(client.path("alice.p12"), "precious");
        Run run = request("--address", ALICE);
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).contains("exists already").contains("--force");
        assertThat(client.path("alice.p12")).hasContent("precious");
    }

    @Test
    void makesNoKeyWhoseRequestWouldHaveNoPlace() {
        Run run = client.run(
                "request",
                "--no-passphrase",
                "--keystore",
                "@alice.p12",
                "--out",
                "@none/alice.csr",
                "--address",
                ALICE);
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("none/alice.csr");
        assertThat(client.path("alice.p12")).doesNotExist();
    }

    @Test
    void refusesAMalformedAddress() {
        Run run = request("--address", "alice");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).startsWith("error: ").contains("'alice'");
    }

    @Test
    void importsTheSignedChainAndPinsTheRoot() throws Exception {
        Identity alice = pki.client(ALICE);
        client.pendingKeyStore("alice.p12", alice, Passphrase.none());
        client.pem("alice.pem", alice.chain().certificates());
        Run run = importing("@alice.pem");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out()).contains(ALICE).contains("SHA-256:");
        KeyStoreFile keyStore = KeyStoreFile.open(client.path("alice.p12"), Passphrase.none());
        assertThat(keyStore.identity().address()).hasToString(ALICE);
        assertThat(keyStore.anchors()).isEqualTo(pki.trustAnchors());
        Run status = client.run("status", "--json", "--no-passphrase", "--keystore", "@alice.p12");
        assertThat(status.out())
                .as(status.err())
                .contains("\"address\":\"alice@lab.example\"")
                .contains("\"path\":[\"alice@lab.example\",\"Lab Issuing CA\",\"Lab Root CA\"]");
    }

    @Test
    void pinsNobodyWhoIsNoAuthority() throws Exception {
        Identity alice = pki.client(ALICE);
        client.pendingKeyStore("alice.p12", alice, Passphrase.none());
        client.pem("alice.pem", alice.chain().certificates());
        Run run = client.run(
                "import", "--no-passphrase", "--keystore", "@alice.p12", "--trust", "@alice.pem", "@alice.pem");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("which is no authority's").contains("hint: --trust takes the root");
    }

    static Stream<Arguments> badCertificates() {
        return Stream.of(
                bad("EXPIRED", pki -> pki.expired(ALICE)),
                bad("NOT_YET_VALID", pki -> pki.notYetValid(ALICE)),
                bad("PURPOSE_NOT_ALLOWED", pki -> pki.wrongPurpose(ALICE)),
                bad("NO_PATH", pki -> pki.issuedBySomeoneElse(ALICE)),
                bad("SIGNATURE_INVALID", pki -> pki.forged(ALICE)),
                bad("SELF_SIGNED_NOT_TRUSTED", pki -> pki.selfSigned(ALICE)));
    }

    private static Arguments bad(String failure, Function<TestPki, Identity> identity) {
        return Arguments.of(failure, identity);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("badCertificates")
    void importsNoCertificateThatDoesNotValidate(String failure, Function<TestPki, Identity> make) throws Exception {
        Identity identity = make.apply(pki);
        Files.writeString(client.path("alice.p12"), "precious"); // not even opened
        client.pem("alice.pem", identity.chain().certificates());
        Run run = importing("@alice.pem");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("does not validate", "(" + failure + ")", "hint: ");
        assertThat(client.path("alice.p12")).hasContent("precious");
    }

    @Test
    void importsNoCertificateForAnotherKey() throws IOException {
        client.pendingKeyStore("alice.p12", pki.client(ALICE), Passphrase.none());
        client.pem("alice.pem", pki.client(ALICE).chain().certificates()); // another device
        Run run = importing("@alice.pem");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("is not for the key in");
    }

    @Test
    void namesAFileThatIsNoCertificate() throws IOException {
        Files.writeString(client.path("alice.p12"), "precious");
        Files.writeString(client.path("alice.pem"), "not at all");
        Run run = importing("@alice.pem");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("alice.pem: not a certificate");
    }

    @Test
    void namesAFileThatIsNotThere() throws IOException {
        Files.writeString(client.path("alice.p12"), "precious");
        Run run = importing("@nowhere.pem");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("no such file").contains("nowhere.pem");
    }

    @Test
    void namesAWrongPassphrase() throws IOException {
        client.pendingKeyStore("alice.p12", pki.client(ALICE), Passphrase.of("right".toCharArray()));
        Files.writeString(client.path("guess"), "battery\n");
        Run run = client.run("status", "--keystore", "@alice.p12", "--passphrase-file", "@guess");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err())
                .containsIgnoringCase("passphrase")
                .contains("hint: ")
                .doesNotContain("battery");
    }

    @Test
    void saysWhatToDoWithAKeyStoreThatIsStillPending() throws IOException {
        client.pendingKeyStore("alice.p12", pki.client(ALICE), Passphrase.none());
        Run run = client.run("status", "--no-passphrase", "--keystore", "@alice.p12");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("hint: ").contains("client import");
    }

    @Test
    void saysWhatToDoWithoutAKeyStore() {
        Run run = client.run("chat", "--keystore", "@none.p12");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("no such file").contains("client request");
    }

    @Test
    void asksForTheKeyStoreThatIsMissing() {
        Run run = client.run("listen");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--keystore");
    }

    @Test
    void printsTheFirstStepsWithoutArguments() {
        Run run = client.run();
        assertThat(run.code()).isZero();
        assertThat(run.out()).contains("client request").contains("client send");
    }

    @Test
    void printsItsStatusAsTheJsonPageSays() throws IOException {
        Identity alice = pki.client(ALICE, "Alice");
        client.keyStore("alice.p12", alice, pki.root().certificate());
        Run run = client.run("status", "--json", "--no-passphrase", "--keystore", "@alice.p12");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(Files.readAllLines(Path.of("..", "docs", "json.md")))
                .contains(run.out().strip().replaceAll("[0-9a-f]{64}", "<sha256>"));
    }

    /// Every line that is commented out is one that could be taken in.
    @Test
    void explainsOnlyOptionsThatExist() throws IOException {
        Path conf = Files.createDirectory(client.path("conf"));
        String shipped = Files.readString(Path.of("..", "conf", "client.properties"));
        Files.writeString(conf.resolve("client.properties"), shipped.replaceAll("(?m)^#(?=[a-z-]+=.)", ""));
        Run run = client.run();
        assertThat(run.code()).as(run.err()).isZero();
    }

    @Test
    void saysHowToGiveAPassphraseWithoutATerminal() throws IOException {
        Files.writeString(client.path("alice.p12"), "precious");
        Run run = client.run("status", "--keystore", "@alice.p12");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--passphrase-file");
    }

    private Run request(String... who) {
        return client.run(Stream.concat(
                        Stream.of("request", "--no-passphrase", "--keystore", "@alice.p12", "--out", "@alice.csr"),
                        Stream.of(who))
                .toArray(String[]::new));
    }

    private Run importing(String certificate) {
        return client.run("import", "--no-passphrase", "--keystore", "@alice.p12", "--trust", "@root.pem", certificate);
    }
}
