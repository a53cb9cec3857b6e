package org.chancery.pki.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The fixture itself, by openssl's word: every certificate has the fault it is named for, and no other.
class TestPkiTest {
    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void opensslAcceptsClientAndServer(boolean rsa) throws Exception {
        TestPki pki = rsa ? TestPki.allRsa() : TestPki.create();

        assertThat(verify(
                        pki,
                        pki.client("alice@lab.example", "Alice").chain(),
                        "sslclient",
                        pki.crls().crls()))
                .contains("leaf.pem: OK");
        assertThat(verify(
                        pki,
                        pki.server("127.0.0.1").chain(),
                        "sslserver",
                        pki.crls().crls()))
                .contains("leaf.pem: OK");
        assertThat(verify(
                        pki,
                        pki.server("relay.lab.example", "10.1.2.3").chain(),
                        "sslserver",
                        pki.crls().crls()))
                .contains("leaf.pem: OK");
    }

    @Test
    void opensslNamesEachFault() throws Exception {
        TestPki pki = TestPki.create();
        List<Crl> fresh = pki.crls().crls();

        assertThat(verify(pki, pki.expired("a@lab.example").chain(), "sslclient", fresh))
                .contains("certificate has expired");
        assertThat(verify(pki, pki.notYetValid("a@lab.example").chain(), "sslclient", fresh))
                .contains("certificate is not yet valid");
        assertThat(verify(pki, pki.wrongPurpose("a@lab.example").chain(), "sslclient", fresh))
                .contains("unsuitable certificate purpose");
        assertThat(verify(pki, pki.selfSigned("a@lab.example").chain(), "sslclient", fresh))
                .contains("self-signed certificate");
        assertThat(verify(pki, pki.issuedBySomeoneElse("a@lab.example").chain(), "sslclient", fresh))
                .contains("unable to get local issuer certificate");
        assertThat(verify(pki, pki.forged("a@lab.example").chain(), "sslclient", fresh))
                .contains("certificate signature failure");
        assertThat(verify(pki, pki.client("mallory@elsewhere.example").chain(), "sslclient", fresh))
                .contains("permitted subtree violation");
    }

    @Test
    void opensslSeesRevocationAndStaleness() throws Exception {
        TestPki pki = TestPki.create();
        CertificateChain alice = pki.client("alice@lab.example").chain();

        assertThat(verify(pki, alice, "sslclient", pki.staleCrls().crls())).contains("CRL has expired");
        assertThat(verify(pki, alice, "sslclient", pki.revoke(alice.leaf()).crls()))
                .contains("certificate revoked");
    }

    private String verify(TestPki pki, CertificateChain chain, String purpose, List<Crl> crls) throws Exception {
        Openssl.require();
        write("root.pem", PemLabel.CERTIFICATE, Certificates.der(pki.root().certificate()));
        write("leaf.pem", PemLabel.CERTIFICATE, Certificates.der(chain.leaf()));
        write(
                "chain.pem",
                PemLabel.CERTIFICATE,
                chain.certificates().stream().map(Certificates::der).toArray(byte[][]::new));
        write("crls.pem", PemLabel.X509_CRL, crls.stream().map(Crl::der).toArray(byte[][]::new));
        return Openssl.run(
                        directory,
                        "verify",
                        "-x509_strict",
                        "-attime",
                        Long.toString(pki.now().getEpochSecond()),
                        "-purpose",
                        purpose,
                        "-CAfile",
                        "root.pem",
                        "-untrusted",
                        "chain.pem",
                        "-CRLfile",
                        "crls.pem",
                        "-crl_check_all",
                        "leaf.pem")
                .output();
    }

    private void write(String file, PemLabel label, byte[]... blocks) throws Exception {
        StringBuilder pem = new StringBuilder();
        for (byte[] block : blocks) {
            pem.append(Pem.encode(label, block));
        }
        Files.writeString(directory.resolve(file), pem.toString());
    }
}
