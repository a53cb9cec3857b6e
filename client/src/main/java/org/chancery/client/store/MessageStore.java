package org.chancery.client.store;

import java.io.Closeable;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.Connection;
import javax.crypto.SecretKey;
import org.chancery.pki.keystore.Passphrase;

/// Everything one client remembers, encrypted, owned by one process.
///
/// Called by the engine's thread, and for reading by any other. What [#commit] has returned from survives a crash and a
/// power cut (SQLite's write-ahead log, synchronous=FULL); a store whose disk fails says so in every later call.
public final class MessageStore implements AutoCloseable {
    /// Changes to the tables that belong together.
    public interface Changes {
        void make() throws StoreException;
    }

    private final Closeable lock;
    private final StoreAccess access;
    private final History history;
    private final SetAside setAside;
    private final Outbox outbox;
    private final Uploads uploads;
    private final Conversations conversations;
    private final RoomEntries rooms;
    private final KnownDevices devices;
    private final DeviceChains deviceChains;
    private final MissingLetters missing;
    private final Blocked blocked;
    private final Drafts drafts;
    private final ReadMarks readMarks;
    private final HeldCrls crls;
    private final KeyRecords keys;
    private final ContactKeys contactKeys;
    private final Continuations continuations;
    private final Handovers handovers;
    private final Settings settings;
    private final RecordCipher cipher;

    /// The store in an open database.
    ///
    /// @param lock let go when the store is closed
    MessageStore(Closeable lock, Connection connection, RecordCipher cipher) {
        this.lock = lock;
        this.cipher = cipher;
        this.access = new StoreAccess(connection);
        SealedTable evidence = table(connection, cipher, Table.EVIDENCE);
        this.history = new History(access, table(connection, cipher, Table.MESSAGE), evidence);
        this.setAside = new SetAside(access, evidence, history);
        this.outbox = new Outbox(access, table(connection, cipher, Table.OUTBOX));
        this.uploads = new Uploads(access, table(connection, cipher, Table.UPLOAD));
        this.conversations = new Conversations(
                access,
                table(connection, cipher, Table.CONVERSATION),
                table(connection, cipher, Table.CHAIN),
                table(connection, cipher, Table.TRANSCRIPT));
        this.rooms = new RoomEntries(access, table(connection, cipher, Table.ROOM_ENTRY));
        this.devices = new KnownDevices(access, table(connection, cipher, Table.DEVICE));
        this.deviceChains = new DeviceChains(access, table(connection, cipher, Table.DEVICE_CHAIN));
        this.missing = new MissingLetters(access, table(connection, cipher, Table.MISSING));
        this.blocked = new Blocked(access, table(connection, cipher, Table.BLOCKED));
        this.drafts = new Drafts(access, table(connection, cipher, Table.DRAFT));
        this.readMarks = new ReadMarks(access, table(connection, cipher, Table.READ_MARK));
        this.crls = new HeldCrls(access, table(connection, cipher, Table.CRL));
        this.keys = new KeyRecords(access, table(connection, cipher, Table.ENVELOPE_KEY));
        this.contactKeys = new ContactKeys(access, table(connection, cipher, Table.DEVICE_KEY));
        this.continuations = new Continuations(access, table(connection, cipher, Table.CONTINUATION));
        this.handovers = new Handovers(access, table(connection, cipher, Table.HANDOVER));
        this.settings = new Settings(access, table(connection, cipher, Table.SETTING));
    }

    private static SealedTable table(Connection connection, RecordCipher cipher, Table table) {
        return new SealedTable(connection, cipher, table);
    }

    /// Opens the store at `location`, and makes it where there is none.
    ///
    /// @throws StoreException [StoreFailure#EXPOSED], [StoreFailure#IN_USE] by another process,
    ///     [StoreFailure#WRONG_PASSPHRASE],
    ///     [StoreFailure#UNSUPPORTED], [StoreFailure#DAMAGED], [StoreFailure#DISK]
    /// @throws IOException where the directory cannot be made or its files not be read
    public static MessageStore open(StoreLocation location, Passphrase passphrase, SecureRandom random)
            throws IOException {
        StoreDatabase.createDirectory(location);
        StoreLock lock = StoreLock.acquire(location);
        boolean opened = false;
        try {
            RecordCipher cipher = StoreKey.open(location.key(), passphrase, random);
            StoreDatabase.createFile(location.database());
            MessageStore store = new MessageStore(lock, StoreDatabase.connect(location.database()), cipher);
            opened = true;
            return store;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    /// Makes all of `changes` or, where one fails, none; they are on the disk when this returns. May be nested.
    public void commit(Changes changes) throws StoreException {
        access.commit(changes);
    }

    public History history() {
        return history;
    }

    public SetAside setAside() {
        return setAside;
    }

    public Outbox outbox() {
        return outbox;
    }

    public Uploads uploads() {
        return uploads;
    }

    public Conversations conversations() {
        return conversations;
    }

    public RoomEntries rooms() {
        return rooms;
    }

    public KnownDevices devices() {
        return devices;
    }

    public DeviceChains deviceChains() {
        return deviceChains;
    }

    public MissingLetters missing() {
        return missing;
    }

    public Blocked blocked() {
        return blocked;
    }

    public Drafts drafts() {
        return drafts;
    }

    public ReadMarks readMarks() {
        return readMarks;
    }

    /// Sees to it that what has been deleted is in no file any more; within a commit, when that is made.
    public void scrub() throws StoreException {
        access.scrub();
    }

    public HeldCrls crls() {
        return crls;
    }

    /// What is remembered of this device's envelope keys.
    public KeyRecords envelopeKeys() {
        return keys;
    }

    /// The keys that other devices receive with.
    public ContactKeys contactKeys() {
        return contactKeys;
    }

    /// What is being handed to new devices of one's own.
    public Handovers handovers() {
        return handovers;
    }

    /// Behind what one's own chains begin.
    public Continuations continuations() {
        return continuations;
    }

    /// Single values.
    public Settings settings() {
        return settings;
    }

    /// The AES-256 key for a file with this secret in it: made of the secret and of one that lies with the store,
    /// under its passphrase.
    public SecretKey exposedFileKey(byte[] secret) {
        return cipher.exposedFileKey(secret);
    }

    /// Closes the database and lets the next process have it.
    @Override
    public void close() throws IOException {
        try {
            access.close();
        } finally {
            lock.close();
        }
    }
}
