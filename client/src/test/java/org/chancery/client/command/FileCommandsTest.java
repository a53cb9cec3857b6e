package org.chancery.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import javax.security.auth.x500.X500Principal;
import org.chancery.client.command.Client.Run;
import org.chancery.pki.certificate.CertificateSigner;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.chancery.pki.certificate.Validity;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `seal` and `open`.
class FileCommandsTest {
    private static final String TEXT = "the minutes of the meeting";

    @TempDir
    private static Path directory;

    private static TestPki pki;
    private static Identity alice;
    private static Client client;

    /// Once for all: a keystore's passphrase is stretched for half a second, with or without a passphrase.
    @BeforeAll
    static void makePeople() throws IOException {
        pki = TestPki.create();
        alice = pki.client("alice@lab.example");
        Identity bob = pki.client("bob@lab.example");
        client = new Client(directory, pki.clock());
        client.keyStore("alice.p12", alice, pki.root().certificate());
        client.keyStore("bob.p12", bob, pki.root().certificate());
        client.pem("alice.pem", alice.chain().certificates());
        client.pem("bob.pem", bob.chain().certificates());
        Files.writeString(client.path("plain"), TEXT);
    }

    @AfterEach
    void tidy() throws IOException {
        Files.deleteIfExists(client.path("sealed"));
        Files.deleteIfExists(client.path("opened"));
    }

    @Test
    void takesAKeyAndACertificateInsteadOfAKeystore() throws IOException {
        Files.writeString(client.path("alice.key"), privateKey(alice));
        assertThat(client.run(
                                "seal",
                                "--key",
                                "@alice.key",
                                "--cert",
                                "@alice.pem",
                                "--to",
                                "@alice.pem",
                                "--out",
                                "@sealed",
                                "@plain")
                        .code())
                .isZero();
        client.pem("root.pem", List.of(pki.root().certificate()));
        String[] opening = {"open", "--key", "@alice.key", "--cert", "@alice.pem", "--out", "@opened", "@sealed"};
        Run distrusting = client.run(opening);
        assertThat(distrusting.code()).isEqualTo(2);
        assertThat(distrusting.err()).contains("--trust root.pem");
        List<String> trusting = new ArrayList<>(List.of(opening));
        Collections.addAll(trusting, "--trust", "@root.pem");
        assertThat(client.run(trusting.toArray(String[]::new)).code()).isZero();
        assertThat(client.path("opened")).hasContent(TEXT);
    }

    @Test
    void refusesACertificateForAnotherKey() throws IOException {
        Files.writeString(client.path("alice.key"), privateKey(alice));
        Run run = client.run(
                "seal", "--key", "@alice.key", "--cert", "@bob.pem", "--to", "@bob.pem", "--out", "@sealed", "@plain");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("the certificate is not for this private key");
        assertThat(client.path("sealed")).doesNotExist();
    }

    @Test
    void wantsKeyAndCertificateTogether() {
        Run run = client.run("seal", "--cert", "@alice.pem", "--to", "@bob.pem", "--out", "@sealed", "@plain");
        assertThat(run.code()).isEqualTo(2);
        assertThat(run.err()).contains("--key and --cert belong together");
    }

    private static String privateKey(Identity identity) {
        return Pem.encode(
                PemLabel.PRIVATE_KEY, identity.key().exposedPrivateKey().getEncoded());
    }

    @Test
    void opensWhatItSealed() {
        Run sealed = seal("@bob.pem");
        assertThat(sealed.code()).as(sealed.err()).isZero();
        Run opened = open("@bob.p12", "--from", "@alice.pem");
        assertThat(opened.code()).as(opened.err()).isZero();
        assertThat(opened.out()).contains("alice@lab.example");
        assertThat(opened.err()).contains("revocation was not checked");
        assertThat(client.path("opened")).hasContent(TEXT);
    }

    @Test
    void opensNothingForSomebodyElse() {
        seal("@bob.pem");
        assertRefused(open("@alice.p12"));
    }

    @Test
    void opensNothingFromSomebodyElse() {
        seal("@bob.pem");
        assertRefused(open("@bob.p12", "--from", "@bob.pem"));
    }

    @Test
    void opensNothingThatWasAltered() throws IOException {
        seal("@bob.pem");
        byte[] octets = Files.readAllBytes(client.path("sealed"));
        octets[octets.length - 1] ^= 1;
        Files.write(client.path("sealed"), octets);
        assertRefused(open("@bob.p12"));
    }

    @Test
    void opensNothingFromARevokedSigner() throws IOException {
        seal("@bob.pem");
        List<String> options = new ArrayList<>();
        for (Crl crl : pki.revoke(alice.chain().leaf()).crls()) {
            String name = options.size() + ".crl";
            Files.writeString(client.path(name), Pem.encode(PemLabel.X509_CRL, crl.der()));
            Collections.addAll(options, "--crl", "@" + name);
        }
        Run run = open("@bob.p12", options.toArray(String[]::new));
        assertRefused(run);
        assertThat(run.err()).contains("REVOKED");
    }

    @Test
    void namesAFileThatIsNotSealed() throws IOException {
        Files.writeString(client.path("sealed"), TEXT);
        assertThat(open("@bob.p12").code()).isEqualTo(3);
        assertThat(client.path("opened")).doesNotExist();
    }

    @Test
    void sealsToNoKeyThatCannotReceive() throws IOException {
        Identity card = pki.client("carol@lab.example", TestKeys.ec("carol"));
        client.pem("carol.pem", card.chain().certificates());
        Run run = seal("@carol.pem");
        assertThat(run.code()).isEqualTo(4);
        assertThat(run.err()).contains("hint: ").contains("RSA");
        assertThat(client.path("sealed")).doesNotExist();
    }

    @Test
    void letsNoNameOfARecipientWriteLinesOfItsOwn() throws IOException {
        SigningKey key = TestKeys.rsa("mallory");
        DistinguishedName name = DistinguishedName.of(new X500Principal("CN=M\u001b[2J\nfor:      CN\\=bob"));
        Instant now = pki.now();
        client.pem(
                "mallory.pem",
                List.of(CertificateSigner.sign(
                        TbsCertificate.builder()
                                .serialNumber(SerialNumber.random(new SecureRandom()))
                                .issuer(name)
                                .validity(new Validity(now, now.plusSeconds(60)))
                                .subject(name)
                                .publicKey(key.publicKey())
                                .build(),
                        key)));
        Run run = seal("@mallory.pem");
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.out().lines()).hasSize(2);
        assertThat(run.out()).doesNotContain("\u001b").contains("M<U+001B>[2J<U+000A>for");
    }

    @Test
    void namesTheDirectoryThatWasMeantToBeAFile() {
        Run run = client.run(
                "seal", "--no-passphrase", "--keystore", "@alice.p12", "--to", "@bob.pem", "--out", "@sealed", "@");
        assertThat(run.code()).isEqualTo(3);
        assertThat(run.err()).contains("cannot use " + directory + ": it is a directory");
    }

    @Test
    void overwritesNothingUnasked() throws IOException {
        Files.writeString(client.path("sealed"), "precious");
        assertThat(seal("@bob.pem").code()).isEqualTo(4);
        assertThat(client.path("sealed")).hasContent("precious");
    }

    private void assertRefused(Run run) {
        assertThat(run.code()).as(run.err()).isEqualTo(1);
        assertThat(run.err()).startsWith("error: ");
        assertThat(client.path("opened")).doesNotExist();
    }

    private Run seal(String to) {
        return client.run(
                "seal", "--no-passphrase", "--keystore", "@alice.p12", "--to", to, "--out", "@sealed", "@plain");
    }

    private Run open(String keyStore, String... more) {
        List<String> arguments = new ArrayList<>(
                List.of("open", "--no-passphrase", "--keystore", keyStore, "--out", "@opened", "@sealed"));
        Collections.addAll(arguments, more);
        return client.run(arguments.toArray(String[]::new));
    }
}
