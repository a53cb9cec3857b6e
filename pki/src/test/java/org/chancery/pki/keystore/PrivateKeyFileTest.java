package org.chancery.pki.keystore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.testing.Openssl;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateKeyFileTest {
    private static final Identity ALICE = TestPki.create().client("alice@lab.example");
    private static final Identity RELAY = TestPki.create().server("127.0.0.1");

    @TempDir
    private Path directory;

    @Test
    void readsAKeyInClear() throws KeyStoreFileException {
        assertThat(read(pem(ALICE)).identity(Passphrase.none(), ALICE.chain()).deviceId())
                .isEqualTo(ALICE.deviceId());
        assertThat(read(pem(RELAY)).identity(Passphrase.none(), RELAY.chain()).deviceId())
                .isEqualTo(RELAY.deviceId());
    }

    @Test
    void readsWhatOpensslEncrypted() throws Exception {
        Assumptions.assumeTrue(Openssl.present(), "openssl is not installed");
        Files.writeString(directory.resolve("clear.pem"), pem(ALICE));
        Files.writeString(directory.resolve("pass"), "correct horse");
        assertThat(Openssl.run(
                                directory,
                                "pkcs8",
                                "-topk8",
                                "-v2",
                                "aes256",
                                "-iter",
                                "1000",
                                "-in",
                                "clear.pem",
                                "-out",
                                "key.pem",
                                "-passout",
                                "file:pass")
                        .exitCode())
                .isZero();
        PrivateKeyFile file = read(Files.readString(directory.resolve("key.pem")));
        assertThat(file.encrypted()).isTrue();
        try (Passphrase right = Passphrase.of("correct horse".toCharArray());
                Passphrase wrong = Passphrase.of("battery staple".toCharArray())) {
            assertThat(file.identity(right, ALICE.chain()).deviceId()).isEqualTo(ALICE.deviceId());
            refuses(KeyStoreFailure.WRONG_PASSPHRASE, () -> file.identity(wrong, ALICE.chain()));
        }
    }

    @Test
    void refusesTheCertificateOfAnotherKey() throws KeyStoreFileException {
        PrivateKeyFile file = read(pem(ALICE));
        refuses(KeyStoreFailure.NO_CERTIFICATE, () -> file.identity(Passphrase.none(), RELAY.chain()));
    }

    @Test
    void refusesWhatHoldsNoKeyOrTwo() {
        refuses(KeyStoreFailure.UNSUPPORTED, () -> read("no key at all"));
        refuses(KeyStoreFailure.NO_KEY, () -> read(Pem.encode(PemLabel.CMS, new byte[] {5, 0})));
        refuses(KeyStoreFailure.SEVERAL_KEYS, () -> read(pem(ALICE) + pem(RELAY)));
    }

    @Test
    void saysNothingOfTheKey() throws KeyStoreFileException, IOException {
        assertThat(read(pem(ALICE))).hasToString("PrivateKeyFile[PRIVATE KEY]");
    }

    private static PrivateKeyFile read(String pem) throws KeyStoreFileException {
        return PrivateKeyFile.parse(pem.getBytes(StandardCharsets.US_ASCII));
    }

    private static String pem(Identity identity) {
        return Pem.encode(
                PemLabel.PRIVATE_KEY, identity.key().exposedPrivateKey().getEncoded());
    }

    private static void refuses(KeyStoreFailure failure, org.assertj.core.api.ThrowableAssert.ThrowingCallable act) {
        assertThatExceptionOfType(KeyStoreFileException.class)
                .isThrownBy(act)
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure));
    }
}
