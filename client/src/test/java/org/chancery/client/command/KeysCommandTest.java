package org.chancery.client.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.List;
import org.chancery.client.keys.DeviceKeys;
import org.chancery.client.keys.KeyDirectory;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysCommandTest {
    @TempDir
    private Path directory;

    private final TestPki pki = TestPki.create();
    private Client client;

    @BeforeEach
    void enrol() throws Exception {
        client = new Client(directory, pki.clock());
        client.keyStore("bob.p12", pki.client("bob@lab.example"), pki.root().certificate());
    }

    @Test
    void writesTheKeysForTheirOwnerOnlyAndOverNothing() throws Exception {
        SigningKey key = TestKeys.envelope("bob");
        StoreLocation location = new StoreLocation(client.path("bob.p12"));
        try (MessageStore store = MessageStore.open(location, Passphrase.none(), new SecureRandom())) {
            DeviceKeys.open(KeyDirectory.open(location.envelopeKeys()), store, new SecureRandom())
                    .keep(1, key, pki.now());
        }
        Client.Run run = client.run("keys", "--keystore", "@bob.p12", "--no-passphrase", "--out", "@bob.key");
        assertThat(run.code()).isZero();
        assertThat(run.err()).contains("opens what is sealed to this device");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(client.path("bob.key"))))
                .isEqualTo("rw-------");
        List<byte[]> written = Pem.derOf(Files.readAllBytes(client.path("bob.key")), PemLabel.PRIVATE_KEY);
        assertThat(written).containsExactly(key.exposedPrivateKey().getEncoded());
        assertThat(client.run("keys", "--keystore", "@bob.p12", "--no-passphrase", "--out", "@bob.key")
                        .code())
                .isNotZero();
    }

    @Test
    void saysWhereThereIsNoKeyYet() {
        Client.Run run = client.run("keys", "--keystore", "@bob.p12", "--no-passphrase", "--out", "@bob.key");
        assertThat(run.code()).isEqualTo(1);
        assertThat(run.err()).contains("no envelope key yet");
        assertThat(client.path("bob.key")).doesNotExist();
    }
}
