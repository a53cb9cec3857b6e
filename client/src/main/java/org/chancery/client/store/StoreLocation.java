package org.chancery.client.store;

import java.nio.file.Path;

/// The directory beside a keystore in which its client remembers: `alice.p12` has `alice.chancery/`.
///
/// ```
/// alice.chancery/            0700
///   store.db (-wal, -shm)    0600  SQLite; every record sealed (RecordCipher)
///   store.key                0600  the store's key under the keystore's passphrase (StoreKey)
///   lock                     0600  held by the owning process, whose id it holds (StoreLock)
///   keys/                    0700  this device's envelope keys, a file each; in no backup (client.keys)
///   control.sock             0600  where the owning process takes work from short commands
/// ```
public record StoreLocation(Path keystore) {
    public StoreLocation {
        keystore = keystore.toAbsolutePath().normalize();
    }

    /// The directory, whether it exists or not.
    public Path directory() {
        String name = keystore.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return keystore.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".chancery");
    }

    /// The Unix domain socket of the owning process.
    public Path controlSocket() {
        return directory().resolve("control.sock");
    }

    /// The directory of envelope keys.
    public Path envelopeKeys() {
        return directory().resolve("keys");
    }

    Path database() {
        return directory().resolve("store.db");
    }

    Path key() {
        return directory().resolve("store.key");
    }

    Path lock() {
        return directory().resolve("lock");
    }
}
