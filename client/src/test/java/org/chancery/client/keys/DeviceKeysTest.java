package org.chancery.client.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.security.interfaces.RSAPrivateCrtKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreLocation;
import org.chancery.pki.certificate.KeyIdentifiers;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.sealing.ReceivingKeys;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.TestKeys;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeviceKeysTest {
    private static final Instant START = Instant.parse("2026-11-22T10:00:00.123Z");

    private final SecureRandom random = new SecureRandom();
    private final SigningKey first = TestKeys.envelope("first");
    private final SigningKey second = TestKeys.envelope("second");

    @TempDir
    private Path directory;

    private StoreLocation location;

    @BeforeEach
    void placeStore() {
        location = new StoreLocation(directory.resolve("alice.p12"));
    }

    private MessageStore store() throws IOException {
        return MessageStore.open(location, Passphrase.of("secret".toCharArray()), random);
    }

    private DeviceKeys keys(MessageStore store) throws IOException {
        return DeviceKeys.open(KeyDirectory.open(location.envelopeKeys()), store, random);
    }

    private Path file(int number) {
        return location.envelopeKeys().resolve(number + ".key");
    }

    private static ReceivingKeys.Found find(DeviceKeys keys, SigningKey pair) {
        return keys.find(KeyIdentifiers.of(pair.publicKey()));
    }

    @Test
    void holdsAKeyAcrossReopening() throws Exception {
        try (MessageStore store = store()) {
            keys(store).keep(1, first, START);
        }
        try (MessageStore store = store()) {
            DeviceKeys keys = keys(store);
            assertThat(find(keys, first)).isEqualTo(new ReceivingKeys.Found.Held(first.exposedPrivateKey()));
            DeviceKey newest = keys.newest().orElseThrow();
            assertThat(newest.number()).isEqualTo(1);
            assertThat(newest.start()).isEqualTo(START);
            assertThat(newest.publicKey()).isEqualTo(first.publicKey());
            assertThat(find(keys, second)).isEqualTo(new ReceivingKeys.Found.Unknown());
        }
    }

    @Test
    void aKeyIsItsOwnersFileAndNobodyElses() throws Exception {
        try (MessageStore store = store()) {
            keys(store).keep(1, first, START);
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file(1))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(location.envelopeKeys())))
                .isEqualTo("rwx------");
    }

    @Test
    void numbersRise() throws Exception {
        try (MessageStore store = store()) {
            DeviceKeys keys = keys(store);
            keys.keep(3, first, START);
            assertThatIllegalArgumentException().isThrownBy(() -> keys.keep(3, second, START));
            keys.destroy(3);
            assertThatIllegalArgumentException().isThrownBy(() -> keys.keep(3, second, START));
            assertThat(keys.highest()).isEqualTo(3);
        }
    }

    @Test
    void isSupersededByOneThatTheRelayHasTaken() throws Exception {
        try (MessageStore store = store()) {
            DeviceKeys keys = keys(store);
            keys.keep(1, first, START);
            keys.accepted(1);
            keys.keep(2, second, START);
            assertThat(keys.superseded()).isEmpty();
            keys.accepted(2);
            assertThat(keys.superseded()).containsExactly(1);
        }
        try (MessageStore store = store()) {
            assertThat(keys(store).superseded()).containsExactly(1);
        }
    }

    @Test
    void isOverdueAfterSixtyDays() throws Exception {
        try (MessageStore store = store()) {
            DeviceKeys keys = keys(store);
            keys.keep(1, first, START);
            keys.keep(2, second, START.plus(Duration.ofDays(7)));
            Instant end = START.plus(Duration.ofDays(60));
            assertThat(keys.overdue(end.minusMillis(1))).isEmpty();
            assertThat(keys.overdue(end)).containsExactly(1);
        }
    }

    /// The proof that nothing of a destroyed key is left: what the scan finds before, it does not find after.
    @Test
    @Defends(Threat.KEY_OUTLIVES_ITS_LETTERS)
    void nothingOfADestroyedKeyIsInAnyFile() throws Exception {
        try (MessageStore store = store()) {
            DeviceKeys keys = keys(store);
            keys.keep(1, first, START);
            keys.keep(2, second, START);
            byte[] octets = Files.readAllBytes(file(1));
            byte[] secret = Arrays.copyOfRange(octets, 17, 49);
            Map<String, byte[]> traces = traces(first, store, secret);
            traces.put("the file's secret", secret);
            traces.put("what is encrypted in it", Arrays.copyOfRange(octets, 61, octets.length));

            // Before: the secret and what it opens lie in the file, the key itself in no file at all.
            assertThat(foundAnywhere(traces)).containsOnlyKeys("the file's secret", "what is encrypted in it");
            assertThat(KeyFile.read(octets, store::exposedFileKey).orElseThrow().exposedPrivateKeyDer())
                    .isEqualTo(first.exposedPrivateKey().getEncoded());

            keys.accepted(1);
            keys.accepted(2);
            keys.destroy(1);

            assertThat(foundAnywhere(traces)).isEmpty(); // with the write-ahead log still there
            assertThat(file(1)).doesNotExist();
            assertThat(file(2)).exists();
        }
        try (MessageStore store = store()) {
            DeviceKeys keys = keys(store);
            assertThat(find(keys, first)).isEqualTo(new ReceivingKeys.Found.Destroyed());
            assertThat(find(keys, second)).isInstanceOf(ReceivingKeys.Found.Held.class);
        }
    }

    /// Somebody had a hard link to the file, as a careless copy by `cp -l` makes one: it holds nothing any longer.
    @Test
    @Defends(Threat.KEY_OUTLIVES_ITS_LETTERS)
    void destroyingOverwrites() throws Exception {
        try (MessageStore store = store()) {
            DeviceKeys keys = keys(store);
            keys.keep(1, first, START);
            Path link = Files.createLink(directory.resolve("link"), file(1));
            keys.destroy(1);

            assertThat(Files.readAllBytes(link)).containsOnly(0);
        }
    }

    @Test
    void thePassphraseAndAnOldCopyOfTheStoreOpenNothing() throws Exception {
        byte[] copied;
        try (MessageStore store = store()) {
            keys(store).keep(1, first, START);
            copied = Files.readAllBytes(file(1));
        }
        byte[] withoutItsSecret = copied.clone();
        Arrays.fill(withoutItsSecret, 17, 49, (byte) 0);
        try (MessageStore store = store()) {
            assertThat(KeyFile.read(withoutItsSecret, store::exposedFileKey)).isEmpty();
            assertThat(KeyFile.read(copied, store::exposedFileKey)).isPresent();
        }
        StoreLocation other = new StoreLocation(directory.resolve("mallory.p12"));
        try (MessageStore store = MessageStore.open(other, Passphrase.of("secret".toCharArray()), random)) {
            assertThat(KeyFile.read(copied, store::exposedFileKey)).isEmpty();
        }
    }

    @Test
    void whatWasBegunIsFinishedAtTheNextStart() throws Exception {
        byte[] octets;
        try (MessageStore store = store()) {
            DeviceKeys keys = keys(store);
            keys.keep(1, first, START);
            octets = Files.readAllBytes(file(1));
            keys.destroy(1);
        }
        Files.write(file(1), octets); // as if the process had ended before the file was gone
        Files.write(file(2), Arrays.copyOf(octets, 100)); // or while one was written
        try (MessageStore store = store()) {
            DeviceKeys keys = keys(store);
            assertThat(find(keys, first)).isEqualTo(new ReceivingKeys.Found.Destroyed());
            assertThat(keys.newest()).isEmpty();
        }
        assertThat(file(1)).doesNotExist();
        assertThat(file(2)).doesNotExist();
    }

    @Test
    void aKeyWhoseRecordWasNotWrittenIsKept() throws Exception {
        byte[] octets;
        try (MessageStore store = store()) {
            keys(store).keep(1, first, START);
            octets = KeyFile.write(
                    KeyFile.key(2, START, second.exposedPrivateKey().getEncoded()), store::exposedFileKey, random);
        }
        Files.write(file(2), octets);
        try (MessageStore store = store()) {
            DeviceKeys keys = keys(store);
            assertThat(keys.highest()).isEqualTo(2);
            assertThat(find(keys, second)).isInstanceOf(ReceivingKeys.Found.Held.class);
        }
    }

    @Test
    void aKeyWhoseFileIsMissingIsDestroyed() throws Exception {
        try (MessageStore store = store()) {
            keys(store).keep(1, first, START);
        }
        Files.delete(file(1)); // as in a backup, which has none
        try (MessageStore store = store()) {
            DeviceKeys keys = keys(store);
            assertThat(find(keys, first)).isEqualTo(new ReceivingKeys.Found.Destroyed());
            assertThat(keys.highest()).isEqualTo(1);
        }
    }

    @Test
    void anAlteredFileIsNoKey() throws Exception {
        try (MessageStore store = store()) {
            keys(store).keep(1, first, START);
            byte[] octets = Files.readAllBytes(file(1));
            for (int i = 0; i < octets.length; i += 7) {
                byte[] altered = octets.clone();
                altered[i] ^= 1;
                assertThat(KeyFile.read(altered, store::exposedFileKey))
                        .as("octet " + i)
                        .isEmpty();
            }
            assertThat(KeyFile.read(new byte[0], store::exposedFileKey)).isEmpty();
        }
    }

    @Test
    void saysNothingOfTheKey() throws Exception {
        try (MessageStore store = store()) {
            assertThat(keys(store).keep(1, first, START)).hasToString("envelope key 1 since " + START);
        }
    }

    /// What would give a key away.
    private static Map<String, byte[]> traces(SigningKey pair, MessageStore store, byte[] secret) {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) pair.exposedPrivateKey();
        Map<String, byte[]> traces = new LinkedHashMap<>();
        traces.put("PKCS#8", key.getEncoded());
        traces.put("the private exponent", unsigned(key.getPrivateExponent().toByteArray()));
        traces.put("the prime p", unsigned(key.getPrimeP().toByteArray()));
        traces.put("the prime q", unsigned(key.getPrimeQ().toByteArray()));
        traces.put("the wrapping key", store.exposedFileKey(secret).getEncoded());
        return traces;
    }

    private static byte[] unsigned(byte[] number) {
        return number[0] == 0 ? Arrays.copyOfRange(number, 1, number.length) : number;
    }

    private Map<String, byte[]> foundAnywhere(Map<String, byte[]> traces) throws IOException {
        Map<String, byte[]> found = new LinkedHashMap<>();
        for (Path file : files()) {
            String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            traces.forEach((name, trace) -> {
                if (content.contains(new String(trace, StandardCharsets.ISO_8859_1))) {
                    found.put(name, trace);
                }
            });
        }
        return found;
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(directory)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
