package org.chancery.client.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

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
    private static final String SUPERUSER = "root";

    public StoreLocation {
        keystore = keystore.toAbsolutePath().normalize();
    }

    /// The directory, whether it exists or not.
    public Path directory() {
        String name = keystore.getFileName().toString();
        int dot = name.lastIndexOf('.');
        return keystore.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + ".chancery");
    }

    /// Whether there is such a directory that nobody else can have put there, or change: who can would be given what
    /// commands say, and could put back an older store.
    ///
    /// @return false where there is none
    /// @throws StoreException [StoreFailure#EXPOSED] where there is one, and it is not
    public boolean isThere() throws IOException {
        Path directory = directory();
        if (!Files.exists(directory, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        // The directory, and the link that may lead to it.
        if (!isOurs(Files.getOwner(directory, LinkOption.NOFOLLOW_LINKS)) || !isOurs(Files.getOwner(directory))) {
            throw exposed(directory + " is somebody else's");
        }
        Set<PosixFilePermission> granted = Files.getPosixFilePermissions(directory);
        if (granted.contains(PosixFilePermission.GROUP_WRITE) || granted.contains(PosixFilePermission.OTHERS_WRITE)) {
            throw exposed("others may write in " + directory);
        }
        return true;
    }

    private boolean isOurs(UserPrincipal owner) throws IOException {
        Optional<UserPrincipal> keystores =
                Files.exists(keystore) ? Optional.of(Files.getOwner(keystore)) : Optional.empty();
        return mayHold(owner.getName(), keystores.map(UserPrincipal::getName), System.getProperty("user.name"));
    }

    /// @param owner who owns the directory
    /// @param keystores who owns the keystore
    /// @param self as whom this process runs
    static boolean mayHold(String owner, Optional<String> keystores, String self) {
        return owner.equals(self)
                || keystores.equals(Optional.of(owner))
                || owner.equals(SUPERUSER); // who can do anything
    }

    private static StoreException exposed(String what) {
        return new StoreException(StoreFailure.EXPOSED, what, null);
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
