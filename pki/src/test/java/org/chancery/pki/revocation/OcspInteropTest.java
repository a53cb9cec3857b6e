package org.chancery.pki.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Mutations;
import org.chancery.pki.testing.Openssl;
import org.chancery.pki.testing.TestAuthority;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `openssl ocsp` asks us and we answer it, and the other way round. At the real time: its -verify knows no other.
class OcspInteropTest {
    @TempDir
    private Path directory;

    private final Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    private final TestPki pki = TestPki.at(now);
    private final TestAuthority issuer = pki.issuing();
    private final X509Certificate leaf = pki.client("alice@lab.example").chain().leaf();

    @BeforeEach
    void needsOpenssl() throws Exception {
        Openssl.require();
        write("root.pem", PemLabel.CERTIFICATE, pki.root().certificate().getEncoded());
        write("ca.pem", PemLabel.CERTIFICATE, issuer.certificate().getEncoded());
        write("leaf.pem", PemLabel.CERTIFICATE, leaf.getEncoded());
        write("ca.key", PemLabel.PRIVATE_KEY, issuer.key().exposedPrivateKey().getEncoded());
    }

    @Test
    void opensslAsksWhatWeCanRead() throws Exception {
        ask("-sha256");
        OcspRequest request = OcspRequest.parse(read("request.der"));

        assertThat(request.certificates()).containsExactly(id(OcspCertId.Hash.SHA_256));
        assertThat(request.nonce()).isPresent();

        ask("-sha1");
        assertThat(OcspRequest.parse(read("request.der")).certificates()).containsExactly(id(OcspCertId.Hash.SHA_1));
    }

    @Test
    void opensslVerifiesWhatWeAnswerAndNothingElse() throws Exception {
        ask("-sha256");
        OcspRequest request = OcspRequest.parse(read("request.der"));

        assertThat(verified(answer(request, new OcspStatus.Good())).output())
                .contains("Response verify OK")
                .contains("leaf.pem: good")
                .doesNotContain("no nonce in response");
        assertThat(verified(answer(request, new OcspStatus.Revoked(now, RevocationReason.KEY_COMPROMISE)))
                        .output())
                .contains("Response verify OK")
                .contains("leaf.pem: revoked")
                .contains("keyCompromise");
        assertThat(verified(answer(request, new OcspStatus.Unknown())).output()).contains("leaf.pem: unknown");
        byte[] der = answer(request, new OcspStatus.Good());
        assertThat(verified(Mutations.flip(der, indexOfProducedAt(der), 0x01)).output())
                .doesNotContain("Response verify OK");
    }

    @Test
    void weVerifyWhatOpensslAnswersAndNothingElse() throws Exception {
        ask("-sha256");
        Files.writeString(
                directory.resolve("index.txt"),
                "V\t361122100000Z\t\t%s\tunknown\t/CN=alice\n"
                        .formatted(leaf.getSerialNumber().toString(16).toUpperCase(Locale.ROOT)));
        Openssl.succeed(
                directory,
                "ocsp",
                "-index",
                "index.txt",
                "-rsigner",
                "ca.pem",
                "-rkey",
                "ca.key",
                "-CA",
                "ca.pem",
                "-reqin",
                "request.der",
                "-respout",
                "response.der",
                "-ndays",
                "1");
        OcspResponse response = OcspResponse.parse(read("response.der"));

        assertThat(response.signedBy(issuer.certificate())).isTrue();
        assertThat(response.signedBy(pki.root().certificate())).isFalse();
        List<OcspSingle> about = response.about(
                leaf.getIssuerX500Principal(), issuer.certificate().getPublicKey(), SerialNumber.of(leaf));
        assertThat(about).extracting(OcspSingle::status).containsExactly(new OcspStatus.Good());
        assertThat(about.getFirst().nextUpdate()).isPresent();
        byte[] flipped = read("response.der");
        byte[] damaged = Mutations.flip(flipped, indexOfProducedAt(flipped), 0x01);
        assertThat(OcspResponse.parse(damaged).signedBy(issuer.certificate())).isFalse();
    }

    @Test
    void refusesOversizedRequest() {
        assertThatExceptionOfType(MalformedOcspException.class)
                .isThrownBy(() -> OcspRequest.parse(new byte[OcspRequest.MAX_OCTETS + 1]))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(OcspFailure.TOO_LARGE));
    }

    @Test
    @Defends(Threat.PARSER_FALLS_OVER)
    void damagedRequestsEscapeAsNothingElse() throws Exception {
        ask("-sha256");
        Mutations.of(read("request.der")).forEach(damaged -> {
            try {
                assertThat(OcspRequest.parse(damaged).certificates()).isNotEmpty();
            } catch (MalformedOcspException e) {
                assertThat(e.failure()).isNotNull();
            }
        });
    }

    private void ask(String hash) {
        Openssl.succeed(directory, "ocsp", hash, "-issuer", "ca.pem", "-cert", "leaf.pem", "-reqout", "request.der");
    }

    private byte[] answer(OcspRequest request, OcspStatus status) {
        return new OcspSigner(issuer.certificate(), issuer.key())
                .sign(new OcspAnswer(
                        now,
                        List.of(new OcspSingle(
                                request.certificates().getFirst(), status, now, Optional.of(now.plusSeconds(3600)))),
                        request.nonce()))
                .der();
    }

    private Openssl.Result verified(byte[] response) throws Exception {
        Files.write(directory.resolve("response.der"), response);
        return Openssl.run(
                directory,
                "ocsp",
                "-respin",
                "response.der",
                "-reqin",
                "request.der",
                // It would put a new nonce into the request read, which nobody has answered.
                "-no_nonce",
                "-sha256",
                "-issuer",
                "ca.pem",
                "-cert",
                "leaf.pem",
                "-CAfile",
                "root.pem",
                "-verify_other",
                "ca.pem");
    }

    private OcspCertId id(OcspCertId.Hash hash) {
        return OcspCertId.of(hash, issuer.certificate(), SerialNumber.of(leaf));
    }

    /// The last digit of the seconds of the first GeneralizedTime.
    private static int indexOfProducedAt(byte[] der) {
        for (int i = 0; i + 16 < der.length; i++) {
            if (der[i] == 0x18 && der[i + 1] == 15 && der[i + 16] == 'Z') {
                return i + 15;
            }
        }
        throw new AssertionError("no time in " + Arrays.toString(der));
    }

    private byte[] read(String file) throws Exception {
        return Files.readAllBytes(directory.resolve(file));
    }

    private void write(String file, PemLabel label, byte[] der) throws Exception {
        Files.writeString(directory.resolve(file), Pem.encode(label, der));
    }
}
