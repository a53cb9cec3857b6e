package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bad input at the doors of the command lines: each fault has its exit code and its sentence, and none a stack trace.
final class BadInputIT {
    private static final int NO = 1;
    private static final int BAD_INPUT = 3;
    private static final int REFUSED = 4;
    private static final int UNREACHABLE = 5;

    @TempDir
    Path directory;

    private Lab lab;

    @BeforeEach
    void open() throws IOException {
        lab = Lab.in(directory);
    }

    @AfterEach
    void close() {
        lab.close();
    }

    @Test
    void importRefusesWhatIsNoCertificate() throws Exception {
        lab.request("dave");
        Files.writeString(lab.path("dave.pem"), "this is not a certificate\n");
        assertRefused(
                BAD_INPUT,
                "dave.pem",
                lab.run("client", "import", "--keystore", "dave.p12", "--trust", "ca/root.pem", "dave.pem"));
    }

    @Test
    void importRefusesCertificateOfAnotherKey() throws Exception {
        lab.request("dave");
        Outcome outcome = lab.run("client", "import", "--keystore", "dave.p12", "--trust", "ca/root.pem", "bob.pem");
        assertRefused(BAD_INPUT, "key", outcome);
    }

    @Test
    void importRefusesChainOfAnotherAuthority() throws Exception {
        Lab stranger = Lab.emptyIn(Files.createDirectory(lab.path("stranger")));
        stranger.must("ca", "init", "--domain", "lab.example", "--root-key-type", "ec-p256", "--key-type", "ec-p256");
        lab.request("dave");
        lab.must("ca", "sign", "dave.csr", "--profile", "client", "--address", "dave@lab.example", "--out", "dave.pem");
        Outcome outcome =
                lab.run("client", "import", "--keystore", "dave.p12", "--trust", "stranger/ca/root.pem", "dave.pem");
        assertRefused(NO, "", outcome);
    }

    @Test
    void wrongPassphraseIsSaid() throws Exception {
        Files.writeString(lab.path("wrong"), "incorrect horse\n");
        assertRefused(
                BAD_INPUT,
                "passphrase",
                lab.run(
                        "ca",
                        "sign",
                        "bob.csr",
                        "--profile",
                        "client",
                        "--address",
                        "bob@lab.example",
                        "--out",
                        "new.pem",
                        "--passphrase-file",
                        "wrong"));
        assertRefused(
                BAD_INPUT,
                "passphrase",
                lab.run(
                        "client",
                        "send",
                        "--keystore",
                        "alice.p12",
                        "--passphrase-file",
                        "wrong",
                        "--to",
                        "bob@lab.example",
                        "hello"));
        assertRefused(
                BAD_INPUT,
                "passphrase",
                lab.run(
                        "server",
                        "run",
                        "--listen",
                        "127.0.0.1:0",
                        "--keystore",
                        "relay.p12",
                        "--trust",
                        "ca/root.pem",
                        "--data",
                        "relay",
                        "--passphrase-file",
                        "wrong"));
    }

    @ParameterizedTest
    @CsvSource({
        "NONE,          0, valid",
        "EXPIRED,       1, expired",
        "NOT_YET_VALID, 1, not yet valid",
        "WRONG_PURPOSE, 1, purpose not allowed",
        "WRONG_ISSUER,  1, signature",
        "SELF_SIGNED,   1, self signed"
    })
    void verifyAnswersNoAndNamesTheFault(Forge.Fault fault, int code, String reason) throws Exception {
        Forge.in(lab).write("mallory", fault);
        Outcome outcome = lab.run(
                "ca",
                "verify",
                "--trust",
                "ca/root.pem",
                "--untrusted",
                "ca/chain.pem",
                "--purpose",
                "client",
                "mallory.pem");
        assertThat(outcome.code()).as(outcome.toString()).isEqualTo(code);
        if (code != 0) {
            assertThat(String.join("\n", outcome.errors())).containsIgnoringCase(reason);
        }
        assertNoStackTrace(outcome);
    }

    @Test
    void signRefusesRequestWithBrokenSignature() throws Exception {
        byte[] request = request("bob.csr");
        request[request.length - 1] ^= 1;
        Files.writeString(lab.path("broken.csr"), Pem.encode(PemLabel.CERTIFICATE_REQUEST, request));
        assertRefused(
                BAD_INPUT,
                "signature",
                lab.run(
                        "ca",
                        "sign",
                        "broken.csr",
                        "--profile",
                        "client",
                        "--address",
                        "bob@lab.example",
                        "--out",
                        "new.pem"));
        assertThat(lab.path("new.pem")).doesNotExist();
    }

    @Test
    void signRefusesWhatIsNoRequest() throws Exception {
        assertRefused(
                BAD_INPUT,
                "",
                lab.run(
                        "ca",
                        "sign",
                        "bob.pem",
                        "--profile",
                        "client",
                        "--address",
                        "bob@lab.example",
                        "--out",
                        "new.pem"));
        Files.write(lab.path("zeros.csr"), new byte[1 << 20]);
        assertRefused(
                BAD_INPUT,
                "",
                lab.run(
                        "ca",
                        "sign",
                        "zeros.csr",
                        "--profile",
                        "client",
                        "--address",
                        "bob@lab.example",
                        "--out",
                        "new.pem"));
    }

    @Test
    void signRefusesKeyThatBelongsToAnotherAddress() throws Exception {
        assertRefused(
                REFUSED,
                "",
                lab.run(
                        "ca",
                        "sign",
                        "bob.csr",
                        "--profile",
                        "client",
                        "--address",
                        "alice@lab.example",
                        "--out",
                        "new.pem"));
    }

    @Test
    void initRefusesToReplaceAnAuthority() throws Exception {
        assertRefused(REFUSED, "", lab.run("ca", "init", "--domain", "lab.example"));
    }

    @Test
    void clientSaysThatItsOwnCertificateHasExpired() throws Exception {
        Forge.in(lab).write("mallory", Forge.Fault.EXPIRED);
        Outcome outcome =
                lab.run("client", "send", "--keystore", "mallory.p12", "--to", Lab.address("bob"), "still me");
        assertThat(outcome.code()).as(outcome.toString()).isIn(REFUSED, UNREACHABLE);
        assertThat(outcome.error()).contains("your certificate ended");
        assertNoStackTrace(outcome);
    }

    @Test
    void sendSaysWhenNobodyIsThere() throws Exception {
        Outcome outcome = lab.run(
                "client",
                "send",
                "--keystore",
                "alice.p12",
                "--server",
                "127.0.0.1:1",
                "--to",
                "bob@lab.example",
                "hi");
        assertRefused(UNREACHABLE, "127.0.0.1:1", outcome);
    }

    private byte[] request(String file) throws IOException, MalformedPemException {
        return Pem.derOf(Files.readAllBytes(lab.path(file)), PemLabel.CERTIFICATE_REQUEST)
                .getFirst();
    }

    private static void assertRefused(int code, String says, Outcome outcome) {
        assertThat(outcome.code()).as(outcome.toString()).isEqualTo(code);
        assertThat(outcome.error()).containsIgnoringCase(says);
        assertNoStackTrace(outcome);
    }

    private static void assertNoStackTrace(Outcome outcome) {
        for (List<String> lines : List.of(outcome.output(), outcome.errors())) {
            assertThat(lines).noneMatch(line -> line.startsWith("\tat ") || line.contains("Exception"));
        }
    }
}
