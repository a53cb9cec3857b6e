package org.chancery.client.store;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.chancery.pki.envelope.ConversationId;

/// What a store remembers once: the relay's log it has seen, the backup it came out of, the act that is under way.
public final class Settings {
    private static final String INCARNATION = "incarnation";
    private static final String OUTBOX_LOG = "outbox log";
    private static final String ORIGIN = "origin"; // of a backup, and of a store that came out of one
    private static final String BEHIND = "behind";
    private static final String ACT = "room act";

    /// How one of them reads.
    private interface Decoding<T> {
        T of(byte[] body) throws StoreException;
    }

    private final StoreAccess access;
    private final SealedTable table;

    Settings(StoreAccess access, SealedTable table) {
        this.access = access;
        this.table = table;
    }

    /// Whether this store came out of a backup: keys were lost then of which it knows nothing.
    public boolean isRestored() throws StoreException {
        return origin().isPresent();
    }

    /// The backup that this store is, or came out of.
    Optional<BackupOrigin> origin() throws StoreException {
        return find(ORIGIN, BackupOrigin::read);
    }

    void putOrigin(BackupOrigin origin) throws StoreException {
        put(ORIGIN, origin.body());
    }

    /// Where this store came out of a backup and has not been told yet what came since: the incarnation of the log
    /// whose places it knows, an empty text where it knows none.
    public Optional<String> behind() throws StoreException {
        return find(BEHIND, body -> new RecordReader(body).text());
    }

    /// Remembers that, and that the relay's log will be another one to this store. Part of a commit.
    void putBehind() throws StoreException {
        put(BEHIND, new RecordWriter().text(incarnation().orElse("")).body());
        forget(INCARNATION);
    }

    /// It has been told.
    public void forgetBehind() throws StoreException {
        forget(BEHIND);
    }

    /// The incarnation of the relay's log that was seen last.
    public Optional<String> incarnation() throws StoreException {
        return find(INCARNATION, body -> new RecordReader(body).text());
    }

    /// Remembers the incarnation of the relay's log.
    public void putIncarnation(String incarnation) throws StoreException {
        put(INCARNATION, new RecordWriter().text(incarnation).body());
    }

    /// The incarnation of the relay's log that the letters of the outbox are for.
    public Optional<String> outboxLog() throws StoreException {
        return find(OUTBOX_LOG, body -> new RecordReader(body).text());
    }

    /// Remembers that. Part of a commit.
    public void putOutboxLog(String incarnation) throws StoreException {
        put(OUTBOX_LOG, new RecordWriter().text(incarnation).body());
    }

    /// The room in which an act of this device may have been taken by the relay, which has not answered.
    public Optional<ConversationId> roomActUnderWay() throws StoreException {
        return find(ACT, body -> ConversationId.ofBytes(new RecordReader(body).octets()));
    }

    /// Remembers the room of an act that is about to be submitted.
    public void putRoomActUnderWay(ConversationId room) throws StoreException {
        put(ACT, new RecordWriter().octets(room.bytes()).body());
    }

    /// The relay has said what became of it.
    public void forgetRoomAct() throws StoreException {
        forget(ACT);
    }

    private <T> Optional<T> find(String setting, Decoding<T> decoding) throws StoreException {
        return access.read(() -> {
            Optional<SealedTable.Row> row = table.find(name(setting));
            return row.isPresent() ? Optional.of(decoding.of(row.get().body())) : Optional.empty();
        });
    }

    private void put(String setting, byte[] body) throws StoreException {
        access.run(() -> table.put(name(setting), body));
    }

    private void forget(String setting) throws StoreException {
        access.run(() -> table.delete(name(setting)));
    }

    private byte[] name(String setting) {
        return table.name(setting.getBytes(StandardCharsets.US_ASCII));
    }
}
