package org.chancery.pki.keystore;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;

/// What tests say of a file.
final class KeyStoreAssert {
    private KeyStoreAssert() {}

    static void assertRefused(Path file, Passphrase passphrase, KeyStoreFailure failure) {
        assertThatExceptionOfType(KeyStoreFileException.class)
                .isThrownBy(() -> KeyStoreFile.open(file, passphrase))
                .extracting(KeyStoreFileException::failure)
                .isEqualTo(failure);
    }
}
