package org.chancery.client.store;

/// Why a store cannot be opened, read or written.
public enum StoreFailure {
    /// Another process owns it ([StoreException#owner()]).
    IN_USE,
    /// The passphrase does not open its key.
    WRONG_PASSPHRASE,
    /// A record does not authenticate where it lies: altered, moved, or from another store.
    DAMAGED,
    /// Written by a version that this one does not know.
    UNSUPPORTED,
    /// A backup of somebody else's.
    FOREIGN,
    /// Others may change the directory in which it lies.
    EXPOSED,
    /// The disk or the database said no.
    DISK
}
