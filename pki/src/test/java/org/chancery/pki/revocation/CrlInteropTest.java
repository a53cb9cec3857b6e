package org.chancery.pki.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.testing.Openssl;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrlInteropTest {
    @TempDir
    private Path directory;

    @BeforeEach
    void needsOpenssl() {
        Openssl.require();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void opensslVerifiesAndReadsOurs(boolean rsa) throws Exception {
        TestPki pki = rsa ? TestPki.allRsa() : TestPki.create();
        SerialNumber serial = new SerialNumber(BigInteger.valueOf(0xABCDEF));
        Crl crl = pki.issuing()
                .crl(
                        42,
                        pki.now(),
                        Duration.ofDays(7),
                        List.of(new RevokedCertificate(
                                serial,
                                pki.now(),
                                RevocationReason.KEY_COMPROMISE,
                                Optional.of(Instant.parse("2026-11-20T08:00:00Z")))));
        write("ca.pem", PemLabel.CERTIFICATE, pki.issuing().certificate().getEncoded());
        write("crl.pem", PemLabel.X509_CRL, crl.der());

        assertThat(Openssl.succeed(directory, "crl", "-in", "crl.pem", "-CAfile", "ca.pem", "-noout", "-text")
                        .output())
                .contains("verify OK")
                .contains("Serial Number: ABCDEF")
                .contains("Key Compromise")
                .contains("Nov 20 08:00:00 2026 GMT")
                .containsPattern("X509v3 CRL Number: *\\n? *42")
                .contains("X509v3 Authority Key Identifier");
        assertThat(Openssl.succeed(directory, "asn1parse", "-in", "crl.pem").out())
                .contains("2.5.29.60");
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa:2048", "ec"})
    void readsAndVerifiesThoseOfOpenssl(String key) throws Exception {
        X509Certificate issuer = makeAuthority(key);
        Openssl.succeed(directory, "ca", "-config", "ca.cnf", "-gencrl", "-crldays", "7", "-out", "crl.pem");

        Crl crl = Crl.parse(Pem.derOf(Files.readAllBytes(directory.resolve("crl.pem")), PemLabel.X509_CRL)
                .getFirst());

        assertThat(crl.verifiedBy(issuer)).isTrue();
        assertThat(crl.number()).isEqualTo(0x10);
        assertThat(crl.find(new SerialNumber(BigInteger.valueOf(0xABCDEF))))
                .contains(new RevokedCertificate(
                        new SerialNumber(BigInteger.valueOf(0xABCDEF)),
                        Instant.parse("2026-11-21T10:00:00Z"),
                        RevocationReason.KEY_COMPROMISE,
                        Optional.of(Instant.parse("2026-11-20T08:00:00Z"))));
        assertThat(crl.find(new SerialNumber(BigInteger.ONE)).orElseThrow().reason())
                .isEqualTo(RevocationReason.UNSPECIFIED);
    }

    private X509Certificate makeAuthority(String key) throws Exception {
        Files.writeString(directory.resolve("ca.cnf"), """
                [ca]
                default_ca = lab
                [lab]
                database = index.txt
                crlnumber = crlnumber
                certificate = ca.pem
                private_key = ca.key
                default_md = sha256
                crl_extensions = crl
                [crl]
                authorityKeyIdentifier = keyid
                """);
        Files.writeString(directory.resolve("crlnumber"), "10\n");
        // openssl's own ledger: status, expiry, revocation [, reason, compromise time], serial, file, subject.
        Files.writeString(directory.resolve("index.txt"), """
                R\t361122100000Z\t261121100000Z,keyTime,20261120080000Z\tABCDEF\tunknown\t/CN=alice
                R\t361122100000Z\t261121100000Z\t01\tunknown\t/CN=bob
                """);
        Openssl.succeed(
                directory,
                "req",
                "-x509",
                "-newkey",
                key,
                "-pkeyopt",
                key.equals("ec") ? "ec_paramgen_curve:P-256" : "rsa_keygen_bits:2048",
                "-nodes",
                "-keyout",
                "ca.key",
                "-out",
                "ca.pem",
                "-days",
                "1",
                "-subj",
                "/CN=Lab",
                "-addext",
                "keyUsage=critical,keyCertSign,cRLSign");
        return Certificates.parse(Pem.derOf(Files.readAllBytes(directory.resolve("ca.pem")), PemLabel.CERTIFICATE)
                .getFirst());
    }

    private void write(String file, PemLabel label, byte[] der) throws Exception {
        Files.writeString(directory.resolve(file), Pem.encode(label, der));
    }
}
