package org.chancery.client.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import java.util.Properties;
import javax.crypto.SecretKey;
import org.chancery.pki.envelope.ConversationId;
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

    private static final String INCARNATION = "incarnation";
    private static final String OUTBOX_LOG = "outbox log";
    private static final String ORIGIN = "origin"; // of a backup, and of a store that came out of one
    static final int SCHEMA = 2; // PRAGMA user_version
    private static final String ACT = "room act";

    private final Closeable lock;
    private final StoreAccess access;
    private final History history;
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
    private final SealedTable settings;
    private final RecordCipher cipher;

    /// The store in an open database.
    ///
    /// @param lock let go when the store is closed
    MessageStore(Closeable lock, Connection connection, RecordCipher cipher) {
        this.lock = lock;
        this.cipher = cipher;
        this.access = new StoreAccess(connection);
        this.history = new History(
                access, table(connection, cipher, Table.MESSAGE), table(connection, cipher, Table.EVIDENCE));
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
        this.settings = table(connection, cipher, Table.SETTING);
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
        createPrivateDirectory(location);
        StoreLock lock = StoreLock.acquire(location);
        boolean opened = false;
        try {
            RecordCipher cipher = StoreKey.open(location.key(), passphrase, random);
            createPrivateFile(location.database());
            MessageStore store = new MessageStore(lock, connect(location.database()), cipher);
            opened = true;
            return store;
        } finally {
            if (!opened) {
                lock.close();
            }
        }
    }

    /// @throws StoreException [StoreFailure#EXPOSED] where it is there, and others may change it
    static void createPrivateDirectory(StoreLocation location) throws IOException {
        try {
            Files.createDirectory(
                    location.directory(),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (!location.isThere() || !Files.isDirectory(location.directory())) {
                throw e;
            }
        }
    }

    /// Made before SQLite opens it: its log and index then get the same mode.
    private static void createPrivateFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        }
    }

    static Connection connect(Path database) throws StoreException {
        Properties properties = new Properties();
        properties.setProperty("jdbc.get_generated_keys", "false"); // nobody asks, and each INSERT would
        try {
            Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database, properties);
            boolean ready = false;
            try {
                prepare(connection, String.valueOf(database.getFileName()));
                ready = true;
                return connection;
            } finally {
                if (!ready) {
                    connection.close();
                }
            }
        } catch (SQLException e) {
            throw StoreException.disk("cannot open " + database.getFileName(), e);
        }
    }

    /// Makes what is missing in a database.
    static void prepare(Connection connection, String database) throws SQLException, StoreException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA secure_delete = ON"); // a sent text's outbox row leaves no ciphertext behind
            int schema;
            try (ResultSet row = statement.executeQuery("PRAGMA user_version")) {
                schema = row.getInt(1);
            }
            if (schema != 0 && schema != SCHEMA) {
                throw new StoreException(
                        StoreFailure.UNSUPPORTED,
                        database + " has schema " + schema + ", this version knows " + SCHEMA,
                        null);
            }
            for (Table table : Table.values()) {
                SealedTable.create(connection, table);
            }
            statement.execute("PRAGMA user_version = " + SCHEMA);
        }
    }

    /// Makes all of `changes` or, where one fails, none; they are on the disk when this returns. May be nested.
    public void commit(Changes changes) throws StoreException {
        access.commit(changes);
    }

    public History history() {
        return history;
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

    /// Whether this store came out of a backup: keys were lost then of which it knows nothing.
    public boolean isRestored() throws StoreException {
        return origin().isPresent();
    }

    /// The backup that this store is, or came out of.
    Optional<BackupOrigin> origin() throws StoreException {
        return access.read(() -> {
            Optional<SealedTable.Row> row = settings.find(settingName(ORIGIN));
            return row.isPresent() ? Optional.of(BackupOrigin.read(row.get().body())) : Optional.empty();
        });
    }

    void putOrigin(BackupOrigin origin) throws StoreException {
        access.run(() -> settings.put(settingName(ORIGIN), origin.body()));
    }

    /// The relay's log will be another one to this store.
    void forgetIncarnation() throws StoreException {
        access.run(() -> settings.delete(settingName(INCARNATION)));
    }

    /// The AES-256 key for a file with this secret in it: made of the secret and of one that lies with the store,
    /// under its passphrase.
    public SecretKey exposedFileKey(byte[] secret) {
        return cipher.exposedFileKey(secret);
    }

    /// The incarnation of the relay's log that was seen last.
    public Optional<String> incarnation() throws StoreException {
        return access.read(() -> {
            Optional<SealedTable.Row> row = settings.find(settingName(INCARNATION));
            return row.isPresent() ? Optional.of(new RecordReader(row.get().body()).text()) : Optional.empty();
        });
    }

    /// Remembers the incarnation of the relay's log.
    public void putIncarnation(String incarnation) throws StoreException {
        access.run(() -> settings.put(
                settingName(INCARNATION), new RecordWriter().text(incarnation).body()));
    }

    /// The incarnation of the relay's log that the letters of the outbox are for.
    public Optional<String> outboxLog() throws StoreException {
        return access.read(() -> {
            Optional<SealedTable.Row> row = settings.find(settingName(OUTBOX_LOG));
            return row.isPresent() ? Optional.of(new RecordReader(row.get().body()).text()) : Optional.empty();
        });
    }

    /// Remembers that. Part of a commit.
    public void putOutboxLog(String incarnation) throws StoreException {
        access.run(() -> settings.put(
                settingName(OUTBOX_LOG), new RecordWriter().text(incarnation).body()));
    }

    /// The room in which an act of this device may have been taken by the relay, which has not answered.
    public Optional<ConversationId> roomActUnderWay() throws StoreException {
        return access.read(() -> {
            Optional<SealedTable.Row> row = settings.find(settingName(ACT));
            return row.isPresent()
                    ? Optional.of(
                            ConversationId.ofBytes(new RecordReader(row.get().body()).octets()))
                    : Optional.empty();
        });
    }

    /// Remembers the room of an act that is about to be submitted.
    public void putRoomActUnderWay(ConversationId room) throws StoreException {
        access.run(() -> settings.put(
                settingName(ACT), new RecordWriter().octets(room.bytes()).body()));
    }

    /// The relay has said what became of it.
    public void forgetRoomAct() throws StoreException {
        access.run(() -> settings.delete(settingName(ACT)));
    }

    private byte[] settingName(String setting) {
        return settings.name(setting.getBytes(StandardCharsets.US_ASCII));
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
