package org.chancery.dist.simulation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.chancery.client.keys.KeyDirectory;
import org.chancery.client.store.BackupOrigin;
import org.chancery.client.store.BackupOwner;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.MessageStore;
import org.chancery.client.store.StoreBackup;
import org.chancery.client.store.StoreLocation;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.MessageReference;

/// What one device keeps: its store, the keys that it receives with, and, on another disk, the last backup of the
/// store.
final class Disk {
    private static final int ALL = 1_000_000;

    private final Identity identity;
    private final Address address;
    private final World world;
    private final Path directory;
    private final SeededRandom random;
    private final Set<MessageReference> lost = new LinkedHashSet<>();
    private int losses;

    Disk(Identity identity, Address address, World world, Path directory, SeededRandom random) {
        this.identity = identity;
        this.address = address;
        this.world = world;
        this.directory = directory;
        this.random = random;
    }

    private StoreLocation location() {
        return new StoreLocation(directory.resolve("keys.p12"));
    }

    private Path backup() {
        return directory.resolve("store.backup");
    }

    /// @param random draws for what is written
    MessageStore open(SeededRandom random) throws IOException {
        Files.createDirectories(directory);
        return MessageStore.open(location(), Passphrase.none(), random);
    }

    KeyDirectory keys() throws IOException {
        return KeyDirectory.open(location().envelopeKeys());
    }

    /// The pair that envelopes with a number are received with: another one than any that was lost.
    SigningKey pair(int number) {
        String life = losses == 0 ? "" : " " + losses;
        return world.keys().envelope(identity.deviceId() + life + " " + number);
    }

    boolean hasBackup() {
        return Files.exists(backup());
    }

    /// Makes a backup, in place of an earlier one; a process may own the store.
    void backUp() throws IOException {
        BackupOrigin origin =
                new BackupOrigin(address, identity.deviceId(), world.clock().instant());
        StoreBackup.make(location(), Passphrase.none(), random, origin, backup(), true);
    }

    /// Loses all but the backup, and puts that back.
    void restore() throws IOException {
        Set<MessageReference> before = letters();
        try (Stream<Path> files = Files.walk(location().directory())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
        BackupOwner owner = new BackupOwner(address, identity.deviceId());
        StoreBackup.putBack(backup(), location(), Passphrase.none(), random, owner, false);
        losses++;
        before.removeAll(letters());
        lost.addAll(before);
    }

    private Set<MessageReference> letters() throws IOException {
        Set<MessageReference> letters = new LinkedHashSet<>();
        try (MessageStore store = open(random)) {
            for (Conversation conversation : store.conversations().all()) {
                List<StoredLine> lines = store.history().newest(conversation.id(), 0, ALL);
                lines.forEach(line -> line.reference().ifPresent(letters::add));
            }
        }
        return letters;
    }

    /// Whether its store, and the keys with it, was lost at some time.
    boolean hasBeenLost() {
        return losses > 0;
    }

    /// Whether a letter was lost with the store; it may have come back since.
    boolean hasLost(MessageReference letter) {
        return lost.contains(letter);
    }
}
