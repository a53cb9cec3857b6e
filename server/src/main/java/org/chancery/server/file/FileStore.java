package org.chancery.server.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.name.Address;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.server.config.FileBounds;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.metrics.Counter;
import org.chancery.server.metrics.Metrics;
import org.chancery.server.metrics.ReasonCounter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The files that a relay keeps, each one file of the data directory, and what every address has of them. What is known
/// of them lies in front of them ([FileHeader]), so nothing else has to be kept in step. A file is there for others
/// when all of it is on disk, and not before. Thread safe; calls wait for the disk.
public final class FileStore {

    private static final Logger LOG = LoggerFactory.getLogger(FileStore.class);

    /// Who uploads may send so much ahead of what is known to be on disk, and a bit.
    private static final int COMMIT_INTERVAL = 1 << 20;

    private static final Duration KEEP_UNFINISHED = Duration.ofDays(1);
    private static final Duration DISK_RETRY = Duration.ofSeconds(30);
    private static final Duration QUOTA_RETRY = Duration.ofHours(1);

    /// Of all addresses: what is remembered of each takes some hundred octets.
    private static final int MOST = 50_000;

    /// What one address has.
    private record Usage(int files, long octets) {
        static final Usage NOTHING = new Usage(0, 0);

        Usage plus(FileHeader header) {
            return new Usage(files + 1, octets + FileHeader.BYTES + header.length());
        }

        Usage minus(FileHeader header) {
            return new Usage(files - 1, octets - FileHeader.BYTES - header.length());
        }
    }

    /// A file that somebody wants to upload.
    ///
    /// @param length of the sealed file
    public record Wanted(FileId file, ConversationId conversation, Address from, long length) {}

    private final Path directory;
    private final Disk disk;
    private final FileBounds bounds;
    private final StorageBounds storage;
    private final Clock clock;
    private final Counter stored;
    private final ReasonCounter<FileRemoval> removed;
    private final ConcurrentHashMap<FileId, StoredFile> files = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Address, Usage> usage = new ConcurrentHashMap<>();

    /// Who begins a file waits for who does: what both take is held against one bound.
    private final ReentrantLock beginning = new ReentrantLock();

    private FileStore(Path directory, FileBounds bounds, StorageBounds storage, Clock clock, Metrics metrics)
            throws IOException {
        this.directory = directory;
        this.disk = new Disk(Files.getFileStore(directory));
        this.bounds = bounds;
        this.storage = storage;
        this.clock = clock;
        this.stored = metrics.counter("chancery_files_stored_total", "Files that came whole.");
        this.removed = metrics.reasons(
                "chancery_files_removed_total", "Files that are no longer there.", "reason", FileRemoval.class);
        metrics.gauge("chancery_files", "Files that are kept, unfinished ones included.", files::size);
        metrics.gauge("chancery_file_bytes", "What those take, or will take.", this::octets);
    }

    /// Opens the store, or makes its directory, for the owner alone. What a killed relay left is as far as it was
    /// committed.
    public static FileStore open(Path directory, FileBounds bounds, StorageBounds storage, Clock clock, Metrics metrics)
            throws IOException {
        if (Files.notExists(directory)) {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        FileStore store = new FileStore(directory, bounds, storage, clock, metrics);
        try (DirectoryStream<Path> found = Files.newDirectoryStream(directory)) {
            for (Path file : found) {
                store.take(file);
            }
        }
        return store;
    }

    private void take(Path file) throws IOException {
        Optional<StoredFile> found = StoredFile.find(directory, disk, file);
        if (found.isPresent()) {
            add(found.get());
        } else {
            LOG.warn("{} is no file of this relay, or is damaged; it is left where it is", file);
        }
    }

    private double octets() {
        return usage.values().stream().mapToLong(Usage::octets).sum();
    }

    /// What the devices of an address have here, with what they have announced.
    public long octetsOf(Address from) {
        return usage.getOrDefault(from, Usage.NOTHING).octets();
    }

    /// Begins an upload, or takes it up where it was left. Whoever wrote to it before writes no more.
    ///
    /// @param inLog octets that the address has in the log
    /// @param writer who writes from now on
    public FileVerdict begin(Wanted wanted, long inLog, Object writer) throws IOException {
        beginning.lock();
        try {
            StoredFile known = files.get(wanted.file());
            if (known == null) {
                Optional<FileVerdict> refusal = refusal(wanted, inLog);
                return refusal.isPresent() ? refusal.get() : create(wanted, writer);
            }
            if (!known.header().equals(header(wanted))) {
                return new FileVerdict.Refused(ProtocolError.NOT_ALLOWED, "the id is that of another file");
            }
            return known.takeOver(writer)
                    .<FileVerdict>map(FileVerdict.Committed::new)
                    .orElseGet(FileStore::noSuchFile);
        } finally {
            beginning.unlock();
        }
    }

    private Optional<FileVerdict> refusal(Wanted wanted, long inLog) throws IOException {
        Usage has = usage.getOrDefault(wanted.from(), Usage.NOTHING);
        if (has.files() >= bounds.perAddress()) {
            return refusal(
                    ProtocolError.QUOTA_EXCEEDED,
                    wanted.from() + " has as many files on the relay as it may, " + bounds.perAddress(),
                    QUOTA_RETRY);
        }
        if (inLog + has.plus(header(wanted)).octets() > storage.octetsPerAddress()) {
            return refusal(
                    ProtocolError.QUOTA_EXCEEDED,
                    wanted.from() + " may have " + storage.octetsPerAddress() + " octets on the relay, and has "
                            + (inLog + has.octets()),
                    QUOTA_RETRY);
        }
        long promised = files.values().stream().mapToLong(StoredFile::missing).sum();
        if (files.size() >= MOST || disk.free() - promised - wanted.length() < storage.diskReserve()) {
            return refusal(ProtocolError.OUT_OF_SPACE, "the relay's disk has no room for the file", DISK_RETRY);
        }
        return Optional.empty();
    }

    private static Optional<FileVerdict> refusal(ProtocolError error, String detail, Duration retry) {
        return Optional.of(new FileVerdict.Refused(error, detail, Optional.of(retry)));
    }

    private FileVerdict create(Wanted wanted, Object writer) throws IOException {
        FileHeader.Progress nothing = new FileHeader.Progress(0, clock.instant(), false);
        StoredFile file = new StoredFile(directory, disk, header(wanted), nothing);
        add(file);
        try {
            file.create();
        } catch (IOException e) {
            return failed(file, e);
        }
        file.takeOver(writer);
        return new FileVerdict.Committed(0);
    }

    /// Adds octets to an upload. What is refused ends it for this writer, who may begin again.
    ///
    /// @param writer who began it
    public FileVerdict write(FileId id, Object writer, long offset, ByteBuffer octets) throws IOException {
        StoredFile file = files.get(id);
        if (file == null) {
            return noSuchFile();
        }
        return switch (file.fit(writer, offset, octets.remaining())) {
            case NOT_THIS_WRITER ->
                new FileVerdict.Refused(ProtocolError.OFFSET_MISMATCH, "the upload goes on in another connection");
            case ELSEWHERE -> new FileVerdict.Refused(ProtocolError.OFFSET_MISMATCH, "the octets do not join on");
            case TOO_LONG ->
                new FileVerdict.Refused(ProtocolError.OFFSET_MISMATCH, "the file would be longer than was announced");
            case FITS -> writeFitting(file, writer, octets);
        };
    }

    private FileVerdict writeFitting(StoredFile file, Object writer, ByteBuffer octets) throws IOException {
        try {
            Optional<Long> committed = file.write(writer, octets, COMMIT_INTERVAL, clock.instant());
            if (committed.isPresent() && committed.get() == file.header().length()) {
                stored.increment();
            }
            return committed.<FileVerdict>map(FileVerdict.Committed::new).orElseGet(FileVerdict.Written::new);
        } catch (IOException e) {
            return failed(file, e);
        }
    }

    /// After a failed write or fsync nobody knows what of the file is on the disk: it begins anew, elsewhere or later.
    private FileVerdict failed(StoredFile file, IOException e) throws IOException {
        LOG.error("a file of {} octets cannot be written: {}", file.header().length(), e.getMessage());
        remove(file, FileRemoval.FAILED);
        return disk.free() < storage.diskReserve()
                ? new FileVerdict.Refused(
                        ProtocolError.OUT_OF_SPACE, "the relay's disk is nearly full", Optional.of(DISK_RETRY))
                : new FileVerdict.Refused(ProtocolError.INTERNAL, "the relay cannot write the file");
    }

    /// Of which conversation a whole file is; empty if there is none of this id.
    public Optional<ConversationId> conversationOf(FileId id) {
        return Optional.ofNullable(files.get(id))
                .filter(StoredFile::isWhole)
                .map(file -> file.header().conversation());
    }

    /// How long a whole file is; 0 if there is none.
    public long length(FileId id) {
        return Optional.ofNullable(files.get(id))
                .filter(StoredFile::isWhole)
                .map(file -> file.header().length())
                .orElse(0L);
    }

    /// Octets of a whole file, fewer at its end; empty if there is none of this id.
    public Optional<ByteBuffer> read(FileId id, long offset, int wanted) throws IOException {
        StoredFile file = files.get(id);
        return file == null ? Optional.empty() : file.read(offset, wanted);
    }

    /// Lets go of a file, whole or not, if it is the address's.
    ///
    /// @return empty if it is gone; else why not
    public Optional<FileVerdict.Refused> delete(FileId id, Address by) throws IOException {
        StoredFile file = files.get(id);
        if (file == null) {
            return Optional.of(noSuchFile());
        }
        if (!file.header().from().equals(by)) {
            return Optional.of(new FileVerdict.Refused(ProtocolError.NOT_AUTHORISED, "somebody else has sent it"));
        }
        remove(file, FileRemoval.DELETED);
        return Optional.empty();
    }

    private static FileVerdict.Refused noSuchFile() {
        return new FileVerdict.Refused(ProtocolError.NO_SUCH_FILE, "no such file");
    }

    /// Lets go of what has been kept for long enough.
    ///
    /// @param now by this time; what goes by a wrong one is gone
    public void retire(Instant now) throws IOException {
        for (StoredFile file : List.copyOf(files.values())) {
            Optional<FileRemoval> due = file.due(now, bounds.keep(), KEEP_UNFINISHED);
            if (due.isPresent()) {
                remove(file, due.get());
            }
        }
    }

    private void add(StoredFile file) {
        files.put(file.header().file(), file);
        usage.compute(
                file.header().from(), (_, before) -> (before == null ? Usage.NOTHING : before).plus(file.header()));
    }

    private void remove(StoredFile file, FileRemoval reason) throws IOException {
        if (!file.leave()) {
            return;
        }
        files.remove(file.header().file(), file);
        usage.computeIfPresent(file.header().from(), (_, before) -> {
            Usage left = before.minus(file.header());
            return left.files() == 0 ? null : left;
        });
        removed.increment(reason);
        file.erase();
    }

    private static FileHeader header(Wanted wanted) {
        return new FileHeader(wanted.file(), wanted.conversation(), wanted.from(), wanted.length());
    }
}
