package org.chancery.ca.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.chancery.ca.issuance.TestAuthorityHome;
import org.chancery.pki.testing.Openssl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// What the authority makes, in the other opinion; and what `openssl` asks for, signed.
class OpensslAgreesTest {
    /// As openssl counts: the seconds of [TestAuthorityHome#NOW].
    private static final String AT = Long.toString(TestAuthorityHome.NOW.getEpochSecond());

    @TempDir
    Path directory;

    private CommandScript script;

    @BeforeEach
    void certify() throws Exception {
        Openssl.require();
        script = new CommandScript(directory);
        play("@ request relay.csr relay dns:chat.lab.example ip:127.0.0.1");
        play("$ ca sign $DIR/relay.csr --profile server --out $DIR/relay.pem");
    }

    @Test
    void verifiesARelayWithRevocationChecked() throws Exception {
        play("$ ca crl --out $DIR/crl.pem");

        assertThat(verify("-purpose", "sslserver", "-verify_hostname", "chat.lab.example")
                        .output())
                .contains("relay.pem: OK");
    }

    @Test
    void verifiesAPersonWhoseRequestItMade() throws Exception {
        Openssl.succeed(
                directory,
                "req",
                "-new",
                "-newkey",
                "rsa:3072",
                "-nodes",
                "-keyout",
                "alice.key",
                "-out",
                "alice.csr",
                "-subj",
                "/CN=Alice",
                "-addext",
                "subjectAltName=email:alice@lab.example");
        play("$ ca sign $DIR/alice.csr --profile client --name Alice --out $DIR/alice.pem");

        Openssl.Result verified = Openssl.succeed(
                directory,
                "verify",
                "-x509_strict",
                "-attime",
                AT,
                "-purpose",
                "sslclient",
                "-verify_email",
                "alice@lab.example",
                "-CAfile",
                "ca/root.pem",
                "-untrusted",
                "ca/chain.pem",
                "alice.pem");
        assertThat(verified.output()).contains("alice.pem: OK");
        assertThat(Openssl.succeed(directory, "x509", "-in", "alice.pem", "-noout", "-subject", "-ext", "keyUsage")
                        .output())
                .contains("CN = alice@lab.example, name = Alice")
                .contains("Digital Signature, Key Encipherment");
    }

    @Test
    void seesARevocation() throws Exception {
        play("$ ca revoke $DIR/relay.pem --reason keyCompromise");
        play("$ ca crl --out $DIR/crl.pem");

        assertThat(verify().output()).contains("certificate revoked");
        assertThat(Openssl.succeed(
                                directory,
                                "crl",
                                "-in",
                                "ca/crl/issuing.pem",
                                "-noout",
                                "-text",
                                "-CAfile",
                                "ca/chain.pem")
                        .output())
                .contains("verify OK")
                .contains("Key Compromise")
                .contains("X509v3 CRL Number");
    }

    @Test
    void verifiesTheTwoTiers() {
        assertThat(Openssl.succeed(
                                directory,
                                "verify",
                                "-x509_strict",
                                "-attime",
                                AT,
                                "-CAfile",
                                "ca/root.pem",
                                "ca/chain.pem")
                        .output())
                .contains("ca/chain.pem: OK");
    }

    @ParameterizedTest
    @CsvSource({
        "rsa:1024, rsa_keygen_pubexp:65537, 'RSA key of 1024 bits, at least 2048 required'",
        "rsa:2048, rsa_keygen_pubexp:3, 'RSA exponent even, below 65537 or above 256 bits'"
    })
    void aKeyTooWeakToProveAnythingIsRefusedAndRecorded(String key, String option, String why) throws Exception {
        request("weak", "-newkey", key, "-pkeyopt", option);
        String sign = "$ ca sign $DIR/weak.csr --profile client --address alice@lab.example";
        String recorded = "reason=WEAK_KEY: key in the request: " + why;

        assertThat(script.play(sign + " --dry-run")).contains("= 4");
        assertThat(script.play("$ ca audit")).doesNotContain(recorded);
        assertThat(script.play(sign))
                .contains("! error: the key is not good enough: key in the request: " + why)
                .contains("= 4");
        assertThat(script.play("$ ca audit")).containsOnlyOnce(recorded);
    }

    @Test
    void takesAnswersOfTheOcspSignerThatWasCertified() throws Exception {
        ocspSigner();
        answer("-resp_key_id");

        assertThat(Openssl.succeed(
                                directory,
                                "verify",
                                "-x509_strict",
                                "-attime",
                                AT,
                                "-purpose",
                                "ocsphelper",
                                "-CAfile",
                                "ca/root.pem",
                                "-untrusted",
                                "ca/chain.pem",
                                "ocsp.pem")
                        .output())
                .contains("ocsp.pem: OK");
        assertThat(Openssl.succeed(
                                directory,
                                "ocsp",
                                "-respin",
                                "answer.der",
                                "-attime",
                                AT,
                                "-CAfile",
                                "ca/root.pem",
                                "-verify_other",
                                "ca/chain.pem",
                                "-issuer",
                                "ca/issuing.pem",
                                "-sha256",
                                "-cert",
                                "relay.pem")
                        .output())
                .contains("Response verify OK")
                .contains("relay.pem: good");
        assertThat(script.play("$ ca lint $DIR/answer.der"))
                .contains("ocsp: nothing found")
                .contains("= 0");
    }

    @Test
    void lintsAnAnswerWhoseSignerIsNamedByName() throws Exception {
        ocspSigner();
        answer();

        assertThat(script.play("$ ca lint $DIR/answer.der"))
                .contains("error ResponderIsNamedByKey")
                .contains("= 1");
    }

    private void ocspSigner() throws Exception {
        request("ocsp", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256");
        play("$ ca sign $DIR/ocsp.csr --profile ocsp --out $DIR/ocsp.pem");
    }

    /// As the command `openssl ocsp` answers for the relay's certificate, from an index of its own.
    private void answer(String... options) throws Exception {
        String serial = Openssl.succeed(directory, "x509", "-in", "relay.pem", "-noout", "-serial")
                .output()
                .strip()
                .substring("serial=".length());
        Files.writeString(directory.resolve("index"), "V\t491231235959Z\t\t" + serial + "\tunknown\t/CN=relay\n");
        List<String> command = new ArrayList<>(List.of("ocsp", "-index", "index", "-CA", "ca/issuing.pem"));
        command.addAll(List.of("-rsigner", "ocsp.pem", "-rkey", "ocsp.key", "-issuer", "ca/issuing.pem"));
        command.addAll(List.of("-sha256", "-cert", "relay.pem", "-no_nonce", "-ndays", "1"));
        command.addAll(List.of("-respout", "answer.der"));
        command.addAll(List.of(options));
        Openssl.succeed(directory, command.toArray(String[]::new));
    }

    private void request(String name, String... key) {
        List<String> command = new ArrayList<>(List.of("req", "-new", "-nodes", "-subj", "/CN=" + name));
        command.addAll(List.of("-keyout", name + ".key", "-out", name + ".csr"));
        command.addAll(List.of(key));
        Openssl.succeed(directory, command.toArray(String[]::new));
    }

    private void play(String line) throws Exception {
        assertThat(script.play(line)).doesNotContain("error:");
    }

    private Openssl.Result verify(String... more) {
        String[] fixed = {
            "verify",
            "-attime",
            AT,
            "-CAfile",
            "ca/root.pem",
            "-untrusted",
            "ca/chain.pem",
            "-crl_check_all",
            "-CRLfile",
            "crl.pem"
        };
        String[] all = java.util.Arrays.copyOf(fixed, fixed.length + more.length + 1);
        System.arraycopy(more, 0, all, fixed.length, more.length);
        all[all.length - 1] = "relay.pem";
        return Openssl.run(directory, all);
    }
}
