package org.chancery.client.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Instant;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StoreBackupTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address MALLORY = new Address("mallory@lab.example");
    private static final DeviceId DEVICE = DeviceId.ofBytes(new byte[DeviceId.LENGTH]);
    private static final Instant THEN = Instant.parse("2026-11-01T09:00:00Z");

    @TempDir
    private Path directory;

    private final SecureRandom random = new SecureRandom();
    private StoreLocation location;

    @BeforeEach
    void blockSomebody() throws Exception {
        location = new StoreLocation(directory.resolve("alice.p12"));
        try (MessageStore store = MessageStore.open(location, Passphrase.none(), random)) {
            store.blocked().add(MALLORY);
        }
    }

    private Path backup(String name) throws Exception {
        Path file = directory.resolve(name);
        StoreBackup.make(location, Passphrase.none(), random, new BackupOrigin(ALICE, DEVICE, THEN), file, false);
        return file;
    }

    private MessageStore putBack(Path file) throws Exception {
        StoreLocation other = new StoreLocation(directory.resolve("other").resolve("alice.p12"));
        Files.createDirectories(directory.resolve("other"));
        StoreBackup.putBack(file, other, Passphrase.none(), random, new BackupOwner(ALICE, DEVICE), true);
        return MessageStore.open(other, Passphrase.none(), random);
    }

    private static void change(Path file, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    @Test
    void comesBackAsItWas() throws Exception {
        try (MessageStore store = putBack(backup("one"))) {
            assertThat(store.blocked().all()).containsExactly(MALLORY);
        }
    }

    @Test
    void aRecordThatIsLeftOutIsNoticed() throws Exception {
        Path file = backup("one");
        change(file, "DELETE FROM blocked");

        assertThatThrownBy(() -> putBack(file))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.DAMAGED));
    }

    /// What is written to such a table later would be passed over without a word.
    @Test
    void aTableThatIsMadeOtherwiseIsNoticed() throws Exception {
        Path file = backup("one");
        change(file, "CREATE UNIQUE INDEX blocked_once ON blocked (length(parent))");

        assertThatThrownBy(() -> putBack(file))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.DAMAGED));
    }

    @Test
    void recordsOfAnOlderBackupAreNoticed() throws Exception {
        Path before = backup("before");
        try (MessageStore store = MessageStore.open(location, Passphrase.none(), random)) {
            store.blocked().add(new Address("eve@lab.example"));
        }
        Path file = backup("one");
        change(
                file,
                "ATTACH '" + before
                        + "' AS before; DELETE FROM blocked; INSERT INTO blocked SELECT * FROM before.blocked");

        assertThatThrownBy(() -> putBack(file))
                .isInstanceOfSatisfying(
                        StoreException.class, e -> assertThat(e.failure()).isEqualTo(StoreFailure.DAMAGED));
    }
}
