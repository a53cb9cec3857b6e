package org.chancery.client.keys;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.chancery.client.store.KeyRecord;
import org.chancery.client.store.KeyRecords;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreException;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.sealing.ReceivingKeys;
import org.chancery.protocol.key.EnvelopeKey;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The envelope keys of this device: those it holds, and the names of those it has destroyed.
///
/// A key's record goes to the store before its file is destroyed, and its file to the disk before its record: whatever
/// ends the process, the next one finds no key that it does not know, and finishes what was begun. For one thread, but
/// for [#find].
public final class DeviceKeys implements ReceivingKeys {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceKeys.class);

    private final KeyShelf files;
    private final KeyRecords records;
    private final KeyWrap wrap;
    private final SecureRandom random;
    private final NavigableMap<Integer, DeviceKey> held = new TreeMap<>();
    private final NavigableMap<Integer, KeyRecord> known = new TreeMap<>();
    private final Map<ByteBuffer, Found> byIdentifier = new ConcurrentHashMap<>();
    private volatile Found otherwise =
            new Found.Unknown(); // a restored store knows nothing of keys made after its backup

    private DeviceKeys(KeyShelf files, KeyRecords records, KeyWrap wrap, SecureRandom random) {
        this.files = files;
        this.records = records;
        this.wrap = wrap;
        this.random = random;
    }

    /// The keys that lie beside a store.
    ///
    /// @param files where the keys lie
    /// @throws StoreException where the records or the files cannot be read
    public static DeviceKeys open(KeyShelf files, MessageStore store, SecureRandom random) throws StoreException {
        DeviceKeys keys = new DeviceKeys(files, store.envelopeKeys(), store::exposedFileKey, random);
        keys.load();
        keys.otherwise = store.settings().isRestored() ? new Found.Destroyed() : new Found.Unknown();
        return keys;
    }

    private void load() throws StoreException {
        Map<Integer, DeviceKey> found = new HashMap<>();
        for (int number : files.numbers()) {
            files.read(number)
                    .flatMap(octets -> KeyFile.read(octets, wrap))
                    .filter(key -> key.number() == number)
                    .ifPresent(key -> found.put(number, key));
        }
        for (KeyRecord record : records.all()) {
            known.put(record.number(), record);
        }
        for (KeyRecord record : List.copyOf(known.values())) {
            if (!record.destroyed() && !found.containsKey(record.number())) {
                LOG.warn("{} is lost: what is sealed to it cannot be opened", record);
                know(record.wasDestroyed());
            }
        }
        for (int number : files.numbers()) {
            DeviceKey key = found.get(number);
            KeyRecord record = known.get(number);
            if (key == null || (record != null && record.destroyed())) {
                files.destroy(number);
            } else {
                hold(key, record == null ? record(key) : record);
            }
        }
        known.values().stream()
                .filter(KeyRecord::destroyed)
                .forEach(record ->
                        byIdentifier.put(ByteBuffer.wrap(record.subjectKeyIdentifier()), new Found.Destroyed()));
    }

    /// The private keys that lie there, in PKCS#8, the newest first: for their owner's own hands. Changes nothing, so
    /// that it may be asked beside whoever works with them. The caller's to wipe.
    public static List<byte[]> exposedPrivateKeysDer(KeyShelf files, MessageStore store) throws StoreException {
        Set<Integer> destroyed = store.envelopeKeys().all().stream()
                .filter(KeyRecord::destroyed)
                .map(KeyRecord::number)
                .collect(Collectors.toSet());
        List<byte[]> keys = new ArrayList<>();
        for (int number : files.numbers().reversed()) {
            if (!destroyed.contains(number)) {
                files.read(number)
                        .flatMap(octets -> KeyFile.read(octets, store::exposedFileKey))
                        .ifPresent(key -> keys.add(key.exposedPrivateKeyDer()));
            }
        }
        return keys;
    }

    private void hold(DeviceKey key, KeyRecord record) throws StoreException {
        if (!record.equals(known.get(key.number()))) {
            know(record);
        }
        held.put(key.number(), key);
        byIdentifier.put(ByteBuffer.wrap(key.subjectKeyIdentifier()), key.found());
    }

    private void know(KeyRecord record) throws StoreException {
        records.put(record);
        known.put(record.number(), record);
    }

    private static KeyRecord record(DeviceKey key) {
        return new KeyRecord(key.number(), key.start(), key.subjectKeyIdentifier(), false, false);
    }

    @Override
    public Found find(byte[] subjectKeyIdentifier) {
        return byIdentifier.getOrDefault(ByteBuffer.wrap(subjectKeyIdentifier), otherwise);
    }

    /// Keeps a new key, on the disk when this returns.
    ///
    /// @param number higher than any before
    public DeviceKey keep(int number, SigningKey pair, Instant start) throws StoreException {
        if (number <= highest()) {
            throw new IllegalArgumentException("key number " + number + ", the highest is " + highest());
        }
        byte[] privateKeyDer = pair.exposedPrivateKey().getEncoded();
        try {
            DeviceKey key = KeyFile.key(number, start.truncatedTo(ChronoUnit.MILLIS), privateKeyDer);
            files.write(number, KeyFile.write(key, wrap, random));
            hold(key, record(key));
            return key;
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("no RSA key", e);
        } finally {
            Arrays.fill(privateKeyDer, (byte) 0);
        }
    }

    /// The newest that is held.
    public Optional<DeviceKey> newest() {
        return Optional.ofNullable(held.lastEntry()).map(Map.Entry::getValue);
    }

    /// The highest number there ever was; 0 for none.
    public int highest() {
        return known.isEmpty() ? 0 : known.lastKey();
    }

    /// Whether the relay has taken a key.
    public boolean isAccepted(int number) {
        KeyRecord record = known.get(number);
        return record != null && record.accepted();
    }

    /// The relay has taken a key: nothing is sealed to an earlier one from here on.
    public void accepted(int number) throws StoreException {
        KeyRecord record = known.get(number);
        if (record != null && !record.accepted()) {
            know(record.wasAccepted());
        }
    }

    /// The relay's log is another one: it may have lost that it took the newest.
    public void doubtAccepted() throws StoreException {
        if (isAccepted(highest())) {
            know(known.lastEntry().getValue().wasForgotten());
        }
    }

    /// Keys that are held and in whose place the relay has taken a later one.
    public List<Integer> superseded() {
        int newest = known.values().stream()
                .filter(KeyRecord::accepted)
                .mapToInt(KeyRecord::number)
                .max()
                .orElse(0);
        return List.copyOf(held.headMap(newest, false).keySet());
    }

    /// Keys that are held longer than any may be, whatever waits.
    public List<Integer> overdue(Instant now) {
        return held.values().stream()
                .filter(key -> !now.isBefore(key.start().plus(EnvelopeKey.DESTROYED_AFTER)))
                .map(DeviceKey::number)
                .toList();
    }

    /// Destroys a key: what is sealed to it is not opened any longer, by anybody.
    ///
    /// @return the identifier by which wraps name it; empty if it is not held
    public Optional<byte[]> destroy(int number) throws StoreException {
        DeviceKey key = held.get(number);
        KeyRecord record = known.get(number);
        if (key == null || record == null) {
            return Optional.empty();
        }
        know(record.wasDestroyed());
        held.remove(number);
        byIdentifier.put(ByteBuffer.wrap(key.subjectKeyIdentifier()), new Found.Destroyed());
        files.destroy(number);
        return Optional.of(key.subjectKeyIdentifier());
    }
}
