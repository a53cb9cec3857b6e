package org.chancery.pki.certificate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.chancery.pki.name.GeneralNames;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.testing.Mutations;
import org.chancery.pki.testing.Openssl;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CertificatesTest {
    private static final TestPki PKI = TestPki.create();
    private static final X509Certificate LEAF =
            PKI.client("alice@lab.example").chain().leaf();

    @TempDir
    private Path directory;

    @Test
    void readsWhatItWrote() throws Exception {
        assertThat(Certificates.parse(Certificates.der(LEAF))).isEqualTo(LEAF);
        assertThat(Certificates.sha256Fingerprint(LEAF))
                .isEqualTo(HexFormat.of()
                        .formatHex(MessageDigest.getInstance("SHA-256").digest(LEAF.getEncoded())));
    }

    @Test
    void refusesWhatFollowsACertificate() throws Exception {
        byte[] der = LEAF.getEncoded();

        assertThat(failureOf(Arrays.copyOf(der, der.length + 1))).isEqualTo(CertificateFailure.MALFORMED);
    }

    @Test
    void refusesPemWhereDerIsDue() throws Exception {
        assertThat(failureOf(Pem.encode(PemLabel.CERTIFICATE, LEAF.getEncoded()).getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(CertificateFailure.MALFORMED);
    }

    @Test
    void refuses64KiBAndOneUnread() {
        assertThat(failureOf(new byte[Certificates.MAX_OCTETS + 1])).isEqualTo(CertificateFailure.TOO_LARGE);
        assertThat(failureOf(new byte[Certificates.MAX_OCTETS])).isEqualTo(CertificateFailure.MALFORMED);
    }

    /// The JDK alone would take both, where the signature's last bit happens to be zero.
    @Test
    void refusesUnusedBitsInTheSignature() throws Exception {
        byte[] der = LEAF.getEncoded();
        int unusedBits = der.length - LEAF.getSignature().length - 1;

        assertThat(der[unusedBits]).isZero();
        assertThat(failureOf(Mutations.flip(der, unusedBits, 0x01))).isEqualTo(CertificateFailure.MALFORMED);
    }

    @Test
    void damageIsRefusedOrDoesNotVerify() throws Exception {
        Mutations.of(LEAF.getEncoded())
                .forEach(damaged -> assertThat(isGood(damaged)).isFalse());
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa:2048", "ec"})
    void readsCertificatesOfOpenssl(String key) throws Exception {
        Openssl.require();
        Openssl.succeed(
                directory,
                "req",
                "-x509",
                "-newkey",
                key,
                "-pkeyopt",
                key.equals("ec") ? "ec_paramgen_curve:P-384" : "rsa_keygen_bits:2048",
                "-nodes",
                "-keyout",
                "key.pem",
                "-outform",
                "DER",
                "-out",
                "c.der",
                "-days",
                "1",
                "-subj",
                "/CN=Lab",
                "-set_serial",
                "0x0123456789",
                "-addext",
                "subjectAltName=email:alice@lab.example,IP:::1");

        X509Certificate certificate = Certificates.parse(Files.readAllBytes(directory.resolve("c.der")));

        certificate.verify(certificate.getPublicKey());
        assertThat(SerialNumber.of(certificate).hex()).isEqualTo("0123456789");
        assertThat(GeneralNames.subjectAlternativeNames(certificate))
                .hasToString("[email:alice@lab.example, ip:0:0:0:0:0:0:0:1]");
    }

    @Test
    void opensslReadsTheSameInOurs() throws Exception {
        Openssl.require();
        Files.write(directory.resolve("c.der"), LEAF.getEncoded());

        String text = Openssl.succeed(
                        directory,
                        "x509",
                        "-inform",
                        "DER",
                        "-in",
                        "c.der",
                        "-noout",
                        "-serial",
                        "-text",
                        "-nameopt",
                        "RFC2253")
                .out();

        assertThat(text.lines().findFirst().orElseThrow())
                .isEqualToIgnoringCase("serial=" + SerialNumber.of(LEAF).hex());
        assertThat(text)
                .contains("email:alice@lab.example")
                .contains("TLS Web Client Authentication, E-mail Protection")
                .contains("X509v3 Key Usage: critical")
                .contains("Digital Signature, Key Encipherment")
                .contains("CA:FALSE");
    }

    @Test
    void opensslReadsTheConstraintsOfTheIssuingAuthority() throws Exception {
        Openssl.require();
        Files.write(directory.resolve("ca.der"), PKI.issuing().certificate().getEncoded());

        assertThat(Openssl.succeed(directory, "x509", "-inform", "DER", "-in", "ca.der", "-noout", "-text")
                        .out())
                .contains("CA:TRUE, pathlen:0")
                .contains("X509v3 Name Constraints: critical")
                .contains("DNS:lab.example")
                .contains("email:lab.example")
                .contains("IP:10.0.0.0/255.0.0.0")
                .doesNotContain("Extended Key Usage");
    }

    @Test
    void chainsFollowTheirIssuers() throws Exception {
        byte[] leaf = LEAF.getEncoded();
        byte[] issuing = PKI.issuing().certificate().getEncoded();

        CertificateChain chain = CertificateChain.parse(List.of(leaf, issuing));

        assertThat(chain.leaf()).isEqualTo(LEAF);
        assertThat(chain.issuers()).containsExactly(PKI.issuing().certificate());
        assertThat(chainFailureOf(List.of(issuing, leaf))).isEqualTo(CertificateFailure.NOT_A_CHAIN);
        assertThat(chainFailureOf(List.of())).isEqualTo(CertificateFailure.NOT_A_CHAIN);
        assertThat(chainFailureOf(Collections.nCopies(11, leaf))).isEqualTo(CertificateFailure.TOO_LARGE);
    }

    private static boolean isGood(byte[] der) {
        try {
            Certificates.parse(der).verify(PKI.issuing().key().publicKey());
            return true;
        } catch (MalformedCertificateException | GeneralSecurityException e) {
            return false;
        }
    }

    private static CertificateFailure failureOf(byte[] der) {
        return catchFailure(() -> Certificates.parse(der));
    }

    private static CertificateFailure chainFailureOf(List<byte[]> certificatesDer) {
        return catchFailure(() -> CertificateChain.parse(certificatesDer));
    }

    private static CertificateFailure catchFailure(ThrowingCallable parser) {
        return assertThatExceptionOfType(MalformedCertificateException.class)
                .isThrownBy(parser)
                .actual()
                .failure();
    }
}
