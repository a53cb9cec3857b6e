package org.chancery.server.conversation.sqlite;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.device.DeviceOffer;
import org.chancery.protocol.device.DeviceStatement;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.key.EnvelopeKeyStatement;
import org.chancery.protocol.membership.Amendment;
import org.chancery.server.config.RoomBounds;
import org.chancery.server.conversation.ConversationLog;
import org.chancery.server.conversation.Cursor;
import org.chancery.server.conversation.DeviceRefusedException;
import org.chancery.server.conversation.DeviceVerdict;
import org.chancery.server.conversation.KnownDevice;
import org.chancery.server.conversation.Lapse;
import org.chancery.server.conversation.Page;
import org.chancery.server.conversation.Publication;
import org.chancery.server.conversation.RoomRecord;
import org.chancery.server.conversation.StorageShares;
import org.chancery.server.conversation.Verdict;
import org.chancery.server.metrics.Metrics;

/// The conversation log in a SQLite file: write-ahead log, synchronous = FULL, so a commit that returned survives
/// a power cut as far as the disk is honest.
public final class SqliteConversationLog implements ConversationLog {

    /// A thread that reads keeps its processor until it has read: half of them stay free for letters, however much is
    /// asked for.
    private static final int READERS = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);

    /// Letters that go in one change: some milliseconds for whoever waits to write behind it.
    private static final int RETIRED_AT_ONCE = 32;

    private final GroupCommit commits;
    private final Remembered known;
    private final Tail tail = new Tail();
    private final Readers readers;
    private final Storage storage;
    private final Clock clock;
    private final String incarnation;
    private final Database database;

    private SqliteConversationLog(
            GroupCommit commits,
            Remembered known,
            Readers readers,
            Storage storage,
            Clock clock,
            String incarnation,
            Database database) {
        this.commits = commits;
        this.known = known;
        this.readers = readers;
        this.storage = storage;
        this.clock = clock;
        this.incarnation = incarnation;
        this.database = database;
    }

    /// Opens the log in a file, or makes it.
    ///
    /// @param shares what is stored, and for how long
    /// @param clock stamps letters
    /// @param random draws the incarnation of a new log
    /// @param metrics hears of every commit
    /// @param failed told on the writing thread that a write failed; the process has to end then, unanswered
    ///     publications are tried again by their senders
    /// @throws IOException if the file is no log of this program or cannot be opened
    public static SqliteConversationLog open(
            Path file,
            StorageShares shares,
            Clock clock,
            SecureRandom random,
            Metrics metrics,
            Consumer<Throwable> failed)
            throws IOException {
        Database database = Database.open(file, random);
        try {
            Readers readers = new Readers(database, READERS);
            String incarnation = readers.read(sql -> sql.one("SELECT incarnation FROM log", row -> row.getString(1))
                    .orElseThrow());
            FileStore disk = Files.getFileStore(file);
            Storage storage = new Storage(shares, disk::getUsableSpace);
            Remembered known = new Remembered();
            GroupCommit commits = new GroupCommit(database.connect(), storage, known, metrics, failed);
            return new SqliteConversationLog(commits, known, readers, storage, clock, incarnation, database);
        } catch (SQLException e) {
            throw new IOException("cannot open " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public String incarnation() {
        return incarnation;
    }

    @Override
    public void append(Publication publication, Consumer<Verdict> answer) throws InterruptedException {
        if (!commits.submit(new Append(publication, storage, known, tail, clock, answer))) {
            answer.accept(new Verdict.Refused(ProtocolError.SHUTTING_DOWN, "the relay stops"));
        }
    }

    @Override
    public void amend(Amendment amendment, RoomBounds bounds, Consumer<Verdict> answer) throws InterruptedException {
        if (!commits.submit(new Amend(amendment, bounds, storage, tail, clock, answer))) {
            answer.accept(new Verdict.Refused(ProtocolError.SHUTTING_DOWN, "the relay stops"));
        }
    }

    @Override
    public void enter(DeviceStatement statement, Consumer<DeviceVerdict> answer) throws InterruptedException {
        if (!commits.submit(new Enter(statement, clock, answer))) {
            answer.accept(new DeviceVerdict.Refused(ProtocolError.SHUTTING_DOWN, "the relay stops"));
        }
    }

    @Override
    public void offer(DeviceOffer offer, Consumer<Optional<DeviceVerdict.Refused>> answer) throws InterruptedException {
        if (!commits.submit(new Offer(offer, clock, answer))) {
            answer.accept(Optional.of(new DeviceVerdict.Refused(ProtocolError.SHUTTING_DOWN, "the relay stops")));
        }
    }

    @Override
    public List<EncodedRecord> deviceOffers(Address address) throws IOException {
        return readers.read(sql -> DeviceOffers.of(sql, address, clock.instant()));
    }

    @Override
    public void publishKey(EnvelopeKeyStatement statement, Consumer<Optional<DeviceVerdict.Refused>> answer)
            throws InterruptedException {
        if (!commits.submit(new PublishKey(statement, clock, answer))) {
            answer.accept(Optional.of(new DeviceVerdict.Refused(ProtocolError.SHUTTING_DOWN, "the relay stops")));
        }
    }

    @Override
    public Optional<RoomRecord> record(ConversationId room, Address asker, long after) throws IOException {
        return readers.read(sql -> Rooms.record(sql, room, asker, after));
    }

    @Override
    public List<EncodedRecord> deviceChain(Address address) throws IOException {
        return readers.read(sql -> DeviceChains.records(sql, address));
    }

    @Override
    public void acknowledge(DeviceId device, ConversationId conversation, long sequence) throws InterruptedException {
        // On a closed log it is lost, and the letters are delivered once more.
        commits.submit(new Acknowledgement(known, device, conversation, sequence));
    }

    @Override
    public void admit(KnownDevice device) throws DeviceRefusedException, IOException, InterruptedException {
        AtomicReference<Optional<String>> refused = new AtomicReference<>(Optional.empty());
        await(sql -> {
            refused.set(refusal(sql, device));
            if (refused.get().isEmpty()) {
                Devices.put(sql, device, clock.instant());
            }
        });
        if (refused.get().isPresent()) {
            throw new DeviceRefusedException(refused.get().get());
        }
    }

    private static Optional<String> refusal(Sql sql, KnownDevice device) throws SQLException {
        Optional<Address> other =
                Devices.addressOf(sql, device.id()).filter(address -> !address.equals(device.address()));
        if (other.isPresent()) {
            return Optional.of("the key that " + device.address() + " shows is known as " + other.get() + "'s");
        }
        return DeviceChains.ended(sql, device.id())
                ? Optional.of(device.address() + " has ended this device")
                : Optional.empty();
    }

    @Override
    public void revoke(Collection<DeviceId> devices) throws IOException, InterruptedException {
        List<DeviceId> revoked = List.copyOf(devices);
        await(sql -> Devices.revoke(sql, revoked));
    }

    private interface Write {
        void to(Sql sql) throws SQLException;
    }

    private void await(Write write) throws IOException, InterruptedException {
        CountDownLatch durable = new CountDownLatch(1);
        boolean taken = commits.submit(sql -> {
            write.to(sql);
            return durable::countDown;
        });
        if (!taken) {
            throw new IOException("the log is closed");
        }
        if (!durable.await(1, TimeUnit.MINUTES)) { // a log that fails meanwhile takes the process with it
            throw new IOException("the disk has not answered for a minute");
        }
    }

    @Override
    public List<Cursor> behind(DeviceId device) throws IOException {
        return readers.read(sql -> Cursors.behind(sql, device));
    }

    @Override
    public Cursor cursor(DeviceId device, ConversationId conversation) throws IOException {
        return readers.read(sql -> Cursors.cursor(sql, device, conversation));
    }

    @Override
    public Page read(DeviceId reader, ConversationId conversation, long after, int limit) throws IOException {
        Optional<Page> recent = tail.read(reader, conversation, after, limit);
        if (recent.isPresent()) {
            return recent.get();
        }
        return readers.read(sql -> Letters.read(sql, reader, conversation, after, limit));
    }

    @Override
    public long lastFor(DeviceId device, ConversationId conversation) throws IOException {
        return readers.read(sql -> Letters.lastFor(sql, device, conversation));
    }

    @Override
    public Optional<ConversationId> next(DeviceId device, ConversationId conversation) throws IOException {
        return readers.read(sql -> Cursors.next(sql, device, conversation));
    }

    @Override
    public List<Lapse> lapses(DeviceId sender, Optional<Lapse> after, int limit) throws IOException {
        return readers.read(sql -> Retention.lapses(sql, sender, after, limit));
    }

    @Override
    public void seen(DeviceId sender, ConversationId conversation, Address address, long through)
            throws InterruptedException {
        // On a closed log it is lost, and said once more.
        commits.submit(sql -> {
            Retention.seen(sql, sender, conversation, address, through);
            return () -> {};
        });
    }

    @Override
    public Optional<Instant> newest() throws IOException {
        return readers.read(Retention::newest);
    }

    @Override
    public Set<DeviceId> retire(Instant now) throws IOException, InterruptedException {
        tail.forgetBefore(now.minus(storage.bounds().keepAtLeast()));
        Set<DeviceId> senders = new HashSet<>();
        Optional<Retention.Place> place = Optional.of(Retention.Place.START);
        while (place.isPresent()) {
            Retention.Place after = place.get();
            Retention.Look look = readers.read(sql -> Retention.look(sql, after, now, storage.bounds()));
            List<Long> due = look.due();
            for (int from = 0; from < due.size(); from += RETIRED_AT_ONCE) {
                List<Long> some = due.subList(from, Math.min(due.size(), from + RETIRED_AT_ONCE));
                await(sql -> senders.addAll(Retention.remove(sql, storage, some, now)));
            }
            place = look.next();
        }
        forgetGaps(now);
        return senders;
    }

    private void forgetGaps(Instant now) throws IOException, InterruptedException {
        List<Retention.Told> some;
        do {
            some = readers.read(sql -> Retention.told(sql, now, storage.bounds()));
            List<Retention.Told> told = some;
            await(sql -> Retention.forget(sql, told));
        } while (!some.isEmpty());
    }

    @Override
    public List<KnownDevice> devicesOf(Address address) throws IOException {
        return readers.read(sql -> Devices.ofAddress(sql, address));
    }

    @Override
    public Optional<KnownDevice> device(DeviceId device) throws IOException {
        return readers.read(sql -> Devices.byId(sql, device));
    }

    @Override
    public List<KnownDevice> devicesByPrefix(String prefix, int limit) throws IOException {
        return readers.read(sql -> Devices.byPrefix(sql, prefix, limit));
    }

    @Override
    public List<KnownDevice> unrevokedDevices() throws IOException {
        return readers.read(Devices::unrevoked);
    }

    @Override
    public Set<Address> membersOf(ConversationId conversation) throws IOException {
        return readers.read(sql -> Letters.members(sql, conversation));
    }

    @Override
    public long octetsOf(Address address) throws IOException {
        return readers.read(sql -> Storage.committed(sql, address));
    }

    @Override
    public Set<Address> contactsOf(Address address) throws IOException {
        return readers.read(sql -> Letters.contacts(sql, address));
    }

    @Override
    public void copyTo(Path file, boolean overwrite) throws IOException {
        Copies.make(database, file, overwrite);
    }

    /// The writer last: whoever closes the file last tidies up its write-ahead log, which a reader may not.
    @Override
    public void close() {
        try {
            readers.close();
        } catch (SQLException e) {
            throw new IllegalStateException("cannot close a connection that only read", e);
        } finally {
            commits.close();
        }
    }
}
