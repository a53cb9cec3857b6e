package org.chancery.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Optional;
import org.chancery.pki.keystore.Passphrase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Somebody else on the machine has put something where a store is to lie.
class StoreLocationTest {
    @TempDir
    private Path directory;

    private StoreLocation location;

    @BeforeEach
    void placeStore() {
        location = new StoreLocation(directory.resolve("alice.p12"));
    }

    private void make(String mode) throws Exception {
        Files.createDirectory(location.directory());
        Files.setPosixFilePermissions(location.directory(), PosixFilePermissions.fromString(mode));
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwxrwx---", "rwx---rwx", "rwxrwxrwx"})
    void refusesADirectoryThatOthersMayChange(String mode) throws Exception {
        make(mode);
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(location::isThere)
                .satisfies(e -> assertThat(e.failure()).isEqualTo(StoreFailure.EXPOSED));
        assertThatExceptionOfType(StoreException.class)
                .isThrownBy(() -> MessageStore.open(location, Passphrase.none(), new SecureRandom()))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(StoreFailure.EXPOSED));
        assertThat(location.directory()).isEmptyDirectory();
    }

    @ParameterizedTest
    @ValueSource(strings = {"rwx------", "rwxr-xr-x"})
    void takesItsOwn(String mode) throws Exception {
        assertThat(location.isThere()).isFalse();
        make(mode);
        assertThat(location.isThere()).isTrue();
    }

    @Test
    void looksWhereALinkLeads() throws Exception {
        Path elsewhere = Files.createDirectory(directory.resolve("elsewhere"));
        Files.setPosixFilePermissions(elsewhere, PosixFilePermissions.fromString("rwxrwxrwx"));
        Files.createSymbolicLink(location.directory(), elsewhere);
        assertThatExceptionOfType(StoreException.class).isThrownBy(location::isThere);
    }

    @Test
    void isNobodyElses() {
        assertThat(StoreLocation.mayHold("mallory", Optional.of("alice"), "alice"))
                .isFalse();
        assertThat(StoreLocation.mayHold("mallory", Optional.empty(), "root")).isFalse();
        assertThat(StoreLocation.mayHold("alice", Optional.empty(), "alice")).isTrue();
        assertThat(StoreLocation.mayHold("alice", Optional.of("alice"), "root"))
                .as("who looks after somebody else's")
                .isTrue();
        assertThat(StoreLocation.mayHold("root", Optional.of("alice"), "alice")).isTrue();
    }
}
