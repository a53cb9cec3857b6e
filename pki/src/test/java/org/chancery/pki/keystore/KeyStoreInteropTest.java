package org.chancery.pki.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.chancery.pki.keystore.KeyStoreAssert.assertRefused;

import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Openssl;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ours read by `openssl pkcs12` and by the JDK, which is what keytool lists with; theirs read by us.
class KeyStoreInteropTest {
    private static final TestPki PKI = TestPki.create();
    private static final Identity ALICE = PKI.client("alice@lab.example");
    private static final X509Certificate ROOT = PKI.root().certificate();
    private static final KeyStoreFile.Contents CONTENTS =
            new KeyStoreFile.Contents(ALICE.key(), ALICE.chain().certificates(), List.of(ROOT));
    private static final String SECRET = "correct horse";
    private static final Passphrase PASSPHRASE = Passphrase.of(SECRET.toCharArray());

    @TempDir
    private Path directory;

    private Path ours;

    @BeforeEach
    void write() throws Exception {
        StringBuilder chain = new StringBuilder();
        for (X509Certificate certificate : ALICE.chain().certificates()) {
            chain.append(Pem.encode(PemLabel.CERTIFICATE, certificate.getEncoded()));
        }
        Files.writeString(directory.resolve("chain.pem"), chain);
        Files.writeString(
                directory.resolve("key.pem"),
                Pem.encode(PemLabel.PRIVATE_KEY, ALICE.key().exposedPrivateKey().getEncoded()));
        ours = directory.resolve("ours.p12");
    }

    @Test
    void opensslReadsOurs() throws Exception {
        Openssl.require();
        KeyStoreFile.create(ours, PASSPHRASE, CONTENTS, false, new SecureRandom());
        String info = Openssl.succeed(
                        directory, "pkcs12", "-info", "-in", "ours.p12", "-passin", "pass:" + SECRET, "-nodes")
                .output();
        assertThat(info)
                .contains("MAC: sha256, Iteration 600000")
                .contains("PBES2, PBKDF2, AES-256-CBC, Iteration 600000, PRF hmacWithSHA256")
                .contains("-----BEGIN PRIVATE KEY-----")
                .contains("friendlyName: root-1");
    }

    @Test
    void opensslReadsOursWithoutPassphrase() throws Exception {
        Openssl.require();
        writeOurs(Passphrase.none(), 1000);
        Openssl.succeed(directory, "pkcs12", "-in", "ours.p12", "-passin", "pass:", "-nodes");
    }

    @Test
    void javaListsOurKeyAndPinnedRoot() throws Exception {
        writeOurs(PASSPHRASE, 1000);
        KeyStore read = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(ours)) {
            read.load(in, SECRET.toCharArray());
        }
        assertThat(read.isCertificateEntry("root-1")).isTrue();
        assertThat(read.getCertificate("root-1")).isEqualTo(ROOT);
        assertThat(read.getKey("identity", SECRET.toCharArray()))
                .isEqualTo(ALICE.key().exposedPrivateKey());
        assertThat(read.getCertificateChain("identity"))
                .startsWith(ALICE.chain().certificates().toArray(Certificate[]::new));
    }

    @Test
    void readsOpenssls() throws Exception {
        Path theirs = export();
        KeyStoreFile read = KeyStoreFile.open(theirs, PASSPHRASE);
        assertThat(read.identity().chain()).isEqualTo(ALICE.chain());
        assertThat(read.anchors().certificates()).isEmpty();
        assertRefused(theirs, Passphrase.of("wrong".toCharArray()), KeyStoreFailure.WRONG_PASSPHRASE);
    }

    @Test
    void readsJavas() throws Exception {
        KeyStore made = KeyStore.getInstance("PKCS12");
        made.load(null, null);
        List<Certificate> chain = new ArrayList<>(ALICE.chain().certificates());
        chain.add(ROOT);
        made.setKeyEntry(
                "alice", ALICE.key().exposedPrivateKey(), SECRET.toCharArray(), chain.toArray(Certificate[]::new));
        made.setCertificateEntry("root", ROOT);
        Path theirs = directory.resolve("java.p12");
        try (OutputStream out = Files.newOutputStream(theirs)) {
            made.store(out, SECRET.toCharArray());
        }
        KeyStoreFile read = KeyStoreFile.open(theirs, PASSPHRASE);
        assertThat(read.identity().chain()).isEqualTo(ALICE.chain());
        assertThat(read.anchors()).isEqualTo(PKI.trustAnchors());
    }

    @Test
    void refusesLegacyEncryptionByNameWithHint() {
        Path legacy = export("-keypbe", "PBE-SHA1-3DES", "-certpbe", "NONE", "-macalg", "SHA1");
        KeyStoreFileException refusal =
                catchThrowableOfType(KeyStoreFileException.class, () -> KeyStoreFile.open(legacy, PASSPHRASE));
        assertThat(refusal.failure()).isEqualTo(KeyStoreFailure.LEGACY_ALGORITHM);
        assertThat(refusal).hasMessageContaining("TripleDES");
        assertThat(refusal.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("openssl pkcs12"));
    }

    @Test
    void refusesMacWithSha1() {
        assertRefused(export("-macalg", "SHA1"), PASSPHRASE, KeyStoreFailure.LEGACY_ALGORITHM);
    }

    @Test
    void refusesFileWithoutMac() {
        assertRefused(export("-nomac"), PASSPHRASE, KeyStoreFailure.NO_INTEGRITY);
    }

    @Test
    void refusesKeyInClear() {
        assertRefused(export("-keypbe", "NONE"), PASSPHRASE, KeyStoreFailure.UNSUPPORTED);
    }

    @Test
    void refusesFileWithoutKey() {
        assertRefused(export("-nokeys"), PASSPHRASE, KeyStoreFailure.NO_KEY);
    }

    @Test
    @Defends(Threat.KEY_DERIVATION_BOMB)
    void refusesIterationCountAboveTheBoundBeforeDeriving() throws Exception {
        byte[] file = Files.readAllBytes(export("-iter", "99999"));
        // The MAC's count is the last value of the file; 99,999 takes three octets, as do 9,999,999.
        byte[] count = {0x02, 0x03, 0x01, (byte) 0x86, (byte) 0x9f};
        assertThat(Arrays.copyOfRange(file, file.length - count.length, file.length))
                .isEqualTo(count);
        file[file.length - 3] = (byte) 0x7f;
        Path costly = Files.write(directory.resolve("costly.p12"), file);
        assertRefused(costly, PASSPHRASE, KeyStoreFailure.TOO_COSTLY);
    }

    @Test
    @Defends(Threat.KEY_DERIVATION_BOMB)
    void refusesIterationCountsThatAreTooManyTogether() throws Exception {
        String file = HexFormat.of().formatHex(Files.readAllBytes(export("-iter", "70000")));
        // Of key, certificates and MAC; 70,000 takes three octets, as do 2,000,000.
        assertThat(file.split("0203011170", -1)).hasSize(4);
        Path costly = Files.write(
                directory.resolve("costly.p12"), HexFormat.of().parseHex(file.replace("0203011170", "02031e8480")));
        assertRefused(costly, PASSPHRASE, KeyStoreFailure.TOO_COSTLY);
    }

    /// The law of integrity: no changed octet is read as anything else than what was written. Every fifth is tried,
    /// which meets every field but the shortest.
    @Test
    void readsNoChangedFileAsAnother() throws Exception {
        Path cheap = export("-iter", "1");
        byte[] whole = Files.readAllBytes(cheap);
        KeyStoreFile original = KeyStoreFile.open(cheap, PASSPHRASE);
        Path changed = directory.resolve("changed.p12");
        int wrongPassphrase = 0;
        for (int i = 0; i < whole.length; i += 5) {
            byte[] copy = whole.clone();
            copy[i] ^= 0x01;
            Files.write(changed, copy);
            try {
                KeyStoreFile read = KeyStoreFile.open(changed, PASSPHRASE);
                assertThat(read.identity().chain())
                        .isEqualTo(original.identity().chain());
                assertThat(read.anchors()).isEqualTo(original.anchors());
            } catch (KeyStoreFileException e) {
                wrongPassphrase += e.failure() == KeyStoreFailure.WRONG_PASSPHRASE ? 1 : 0;
            }
        }
        assertThat(wrongPassphrase).isGreaterThan(whole.length / 5 / 2);
    }

    private Path export(String... options) {
        Openssl.require();
        List<String> command = new ArrayList<>(List.of("pkcs12", "-export", "-in", "chain.pem", "-inkey", "key.pem"));
        command.addAll(List.of("-out", "theirs.p12", "-passout", "pass:" + SECRET));
        command.addAll(List.of(options));
        Openssl.succeed(directory, command.toArray(String[]::new));
        return directory.resolve("theirs.p12");
    }

    private void writeOurs(Passphrase passphrase, int iterations) throws Exception {
        KeyStoreFile.create(ours, passphrase, CONTENTS, false, iterations, new SecureRandom());
    }
}
