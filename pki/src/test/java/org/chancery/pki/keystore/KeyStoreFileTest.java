package org.chancery.pki.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Our own keystores, with fewer iterations than people's have: see [KeyStoreInteropTest] for those.
class KeyStoreFileTest {
    private static final TestPki PKI = TestPki.create();
    private static final Identity ALICE = PKI.client("alice@lab.example");
    private static final X509Certificate ROOT = PKI.root().certificate();
    private static final KeyStoreFile.Contents CONTENTS =
            new KeyStoreFile.Contents(ALICE.key(), ALICE.chain().certificates(), List.of(ROOT));
    private static final int ITERATIONS = 1000;
    private static final SecureRandom RANDOM = new SecureRandom();
    /// Neither ASCII nor within the basic plane.
    private static final Passphrase PASSPHRASE = Passphrase.of("Größe 李 😀".toCharArray());

    @TempDir
    private static Path shared;

    private static Path alice;

    @TempDir
    private Path directory;

    @BeforeAll
    static void write() throws Exception {
        alice = shared.resolve("alice.p12");
        KeyStoreFile.create(alice, PASSPHRASE, CONTENTS, false, ITERATIONS, RANDOM);
    }

    @Test
    void readsBackWhatItWrote() throws Exception {
        KeyStoreFile read = KeyStoreFile.open(alice, PASSPHRASE);
        assertThat(read.pending()).isFalse();
        assertThat(read.identity().chain()).isEqualTo(ALICE.chain());
        assertThat(read.identity().address().value()).isEqualTo("alice@lab.example");
        assertThat(read.key().exposedPrivateKey()).isEqualTo(ALICE.key().exposedPrivateKey());
        assertThat(read.anchors()).isEqualTo(PKI.trustAnchors());
    }

    @Test
    @Defends(Threat.KEY_FILE_READ_BY_OTHERS)
    void writesForTheOwnerOnly() throws Exception {
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(alice)))
                .isEqualTo("rw-------");
    }

    @Test
    void refusesWrongPassphrase() {
        KeyStoreAssert.assertRefused(
                alice, Passphrase.of("Grosse 李 😀".toCharArray()), KeyStoreFailure.WRONG_PASSPHRASE);
        KeyStoreAssert.assertRefused(alice, Passphrase.none(), KeyStoreFailure.WRONG_PASSPHRASE);
    }

    @Test
    void neverReplacesWithoutOverwrite() throws Exception {
        byte[] before = Files.readAllBytes(alice);
        assertThatExceptionOfType(FileAlreadyExistsException.class)
                .isThrownBy(() -> KeyStoreFile.create(alice, PASSPHRASE, CONTENTS, false, ITERATIONS, RANDOM));
        assertThat(alice).hasBinaryContent(before);
    }

    @Test
    void keepsPendingKeyUntilItsCertificateComes() throws Exception {
        Path file = directory.resolve("pending.p12");
        KeyStoreFile.create(
                file,
                Passphrase.none(),
                new KeyStoreFile.Contents(ALICE.key(), List.of(), List.of()),
                false,
                ITERATIONS,
                RANDOM);
        KeyStoreFile pending = KeyStoreFile.open(file, Passphrase.none());
        assertThat(pending.pending()).isTrue();
        assertThat(pending.key().publicKey()).isEqualTo(ALICE.key().publicKey());
        assertThatExceptionOfType(KeyStoreFileException.class)
                .isThrownBy(pending::identity)
                .extracting(KeyStoreFileException::failure)
                .isEqualTo(KeyStoreFailure.PENDING);
    }

    @Test
    void holdsKeyOfRootWithItsOwnCertificateAndNoPassphrase() throws Exception {
        Path file = directory.resolve("root.p12");
        KeyStoreFile.create(
                file,
                Passphrase.none(),
                new KeyStoreFile.Contents(PKI.root().key(), List.of(ROOT), List.of()),
                false,
                ITERATIONS,
                RANDOM);
        KeyStoreFile read = KeyStoreFile.open(file, Passphrase.none());
        assertThat(read.pending()).isFalse();
        assertThat(read.identity().chain().certificates()).containsExactly(ROOT);
    }

    @Test
    void refusesToWriteCertificateOfAnotherKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new KeyStoreFile.Contents(
                        TestKeys.ec("other"), ALICE.chain().certificates(), List.of()));
    }

    @Test
    void refusesFileAboveTheBound() throws Exception {
        Path file = Files.write(directory.resolve("large.p12"), new byte[1024 * 1024 + 1]);
        KeyStoreAssert.assertRefused(file, PASSPHRASE, KeyStoreFailure.TOO_LARGE);
    }

    @Test
    void refusesWhatIsNoKeystore() throws Exception {
        Path file = Files.write(directory.resolve("root.der"), ROOT.getEncoded());
        KeyStoreAssert.assertRefused(file, PASSPHRASE, KeyStoreFailure.NOT_PKCS12);
        KeyStoreAssert.assertRefused(
                Files.write(directory.resolve("empty"), new byte[0]), PASSPHRASE, KeyStoreFailure.NOT_PKCS12);
    }

    @Test
    void refusesFileCutShort() throws Exception {
        byte[] whole = Files.readAllBytes(alice);
        Path cut = directory.resolve("cut.p12");
        for (int length = 1; length < whole.length; length += 97) {
            Files.write(cut, Arrays.copyOf(whole, length));
            KeyStoreAssert.assertRefused(cut, PASSPHRASE, KeyStoreFailure.NOT_PKCS12);
        }
    }

    @Test
    @Defends(Threat.SECRET_SHOWN)
    void showsNoSecret() throws Exception {
        KeyStoreFile read = KeyStoreFile.open(alice, PASSPHRASE);
        assertThat(read.identity().toString())
                .contains(ALICE.deviceId().hex())
                .doesNotContain("Größe")
                .hasSizeLessThan(200);
        assertThat(PASSPHRASE).hasToString("a passphrase");
    }
}
