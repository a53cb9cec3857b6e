package org.chancery.server.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.server.file.FileHeader.Progress;
import org.jspecify.annotations.Nullable;

/// One file on the disk: `<id>.part` while it grows, `<id>.file` once it is whole and forced to the disk. No descriptor
/// is held between two calls, so there may be many.
///
/// One writer at a time, whoever began last: a connection that is lost without our knowing writes no more.
final class StoredFile {

    private static final String PART = ".part";
    private static final String WHOLE = ".file";

    private final Path directory;
    private final Disk disk;
    private final FileHeader header;

    /// Guards what follows, between sessions and the housekeeping; held while the disk writes.
    private final ReentrantLock lock = new ReentrantLock();

    private Progress progress;
    private long written;
    private @Nullable Object writer;
    private boolean gone;

    StoredFile(Path directory, Disk disk, FileHeader header, Progress progress) {
        this.directory = directory;
        this.disk = disk;
        this.header = header;
        this.progress = progress;
        this.written = progress.committed();
    }

    /// What is found under a name; empty for what is none of ours, is damaged, or has not all the octets it says.
    static Optional<StoredFile> find(Path directory, Disk disk, Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        ByteBuffer octets = ByteBuffer.allocate(FileHeader.BYTES);
        long size;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            readFully(channel, octets, 0);
            size = channel.size();
        }
        Optional<FileHeader.Found> found = octets.hasRemaining() ? Optional.empty() : FileHeader.decode(octets.array());
        if (found.isEmpty() || size < FileHeader.BYTES + found.get().progress().committed()) {
            return Optional.empty();
        }
        StoredFile stored = new StoredFile(
                directory, disk, found.get().header(), found.get().progress());
        Path name = file.getFileName();
        if (stored.progress.whole() && name.equals(stored.part().getFileName())) {
            stored.appear(); // it was killed between the two
        }
        boolean named = name.equals(stored.part().getFileName())
                || (stored.progress.whole() && name.equals(stored.whole().getFileName()));
        return named ? Optional.of(stored) : Optional.empty();
    }

    FileHeader header() {
        return header;
    }

    /// Makes the file, empty but for its header. It is on disk when this returns.
    void create() throws IOException {
        try (FileChannel channel = FileChannel.open(
                part(),
                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
            writeFully(channel, header.encode(progress), 0);
            disk.force(channel);
        }
        disk.forceDirectory(directory);
    }

    /// Takes over as the one that writes.
    ///
    /// @return octets on disk, from where the writer goes on; empty if the file has just gone
    Optional<Long> takeOver(Object newWriter) {
        lock.lock();
        try {
            writer = newWriter;
            written = progress.committed();
            return gone ? Optional.empty() : Optional.of(written);
        } finally {
            lock.unlock();
        }
    }

    /// How the next octets fit.
    enum Fit {
        FITS,
        NOT_THIS_WRITER,
        ELSEWHERE,
        TOO_LONG
    }

    Fit fit(Object asking, long offset, int count) {
        lock.lock();
        try {
            if (gone || !asking.equals(writer)) {
                return Fit.NOT_THIS_WRITER;
            }
            if (offset != written) {
                return Fit.ELSEWHERE;
            }
            return offset + count > header.length() ? Fit.TOO_LONG : Fit.FITS;
        } finally {
            lock.unlock();
        }
    }

    /// Writes octets that fit; and forces them to the disk where that is due.
    ///
    /// @param interval octets that may be written and not be on disk
    /// @return octets on disk, if these have become more
    Optional<Long> write(Object asking, ByteBuffer octets, int interval, Instant now) throws IOException {
        lock.lock();
        try {
            if (fit(asking, written, octets.remaining()) != Fit.FITS) {
                return Optional.empty(); // taken over in this moment
            }
            try (FileChannel channel = FileChannel.open(part(), StandardOpenOption.WRITE)) {
                int count = octets.remaining();
                writeFully(channel, octets, FileHeader.BYTES + written);
                written += count;
                boolean last = written == header.length();
                if (!last && written - progress.committed() < interval) {
                    return Optional.empty();
                }
                disk.force(channel);
                Progress next = new Progress(written, now, last);
                writeFully(channel, header.encode(next), 0);
                if (last) {
                    disk.force(channel);
                    appear();
                }
                progress = next;
                return Optional.of(written);
            }
        } finally {
            lock.unlock();
        }
    }

    private void appear() throws IOException {
        Files.move(part(), whole(), StandardCopyOption.ATOMIC_MOVE);
        disk.forceDirectory(directory);
    }

    /// Whether others may have it.
    boolean isWhole() {
        lock.lock();
        try {
            return progress.whole() && !gone;
        } finally {
            lock.unlock();
        }
    }

    /// Octets that are still to come.
    long missing() {
        lock.lock();
        try {
            return header.length() - written;
        } finally {
            lock.unlock();
        }
    }

    /// Octets of a whole file; empty if it is gone. Does not wait for writers: there are none.
    Optional<ByteBuffer> read(long offset, int wanted) throws IOException {
        if (!isWhole()) {
            return Optional.empty();
        }
        ByteBuffer octets = ByteBuffer.allocate(Math.clamp(header.length() - offset, 0, wanted));
        try (FileChannel channel = FileChannel.open(whole(), StandardOpenOption.READ)) {
            readFully(channel, octets, FileHeader.BYTES + offset);
        } catch (NoSuchFileException e) {
            return Optional.empty(); // in this moment
        }
        if (octets.hasRemaining()) {
            throw new IOException(whole() + " has lost its end");
        }
        return Optional.of(octets.flip());
    }

    /// Whether it has been here for long enough.
    Optional<FileRemoval> due(Instant now, Duration keep, Duration keepUnfinished) {
        lock.lock();
        try {
            Duration age = Duration.between(progress.at(), now);
            if (progress.whole()) {
                return age.compareTo(keep) >= 0 ? Optional.of(FileRemoval.EXPIRED) : Optional.empty();
            }
            return age.compareTo(keepUnfinished) >= 0 ? Optional.of(FileRemoval.UNFINISHED) : Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /// Nobody reads or writes it from now on.
    ///
    /// @return false if that is so already
    boolean leave() {
        lock.lock();
        try {
            boolean leaves = !gone;
            gone = true;
            return leaves;
        } finally {
            lock.unlock();
        }
    }

    /// Takes it from the disk once it has left. It does not come back after this has returned.
    void erase() throws IOException {
        Files.deleteIfExists(part());
        Files.deleteIfExists(whole());
        disk.forceDirectory(directory);
    }

    private Path part() {
        return directory.resolve(header.file().hex() + PART);
    }

    private Path whole() {
        return directory.resolve(header.file().hex() + WHOLE);
    }

    private static void writeFully(FileChannel channel, ByteBuffer octets, long position) throws IOException {
        long at = position;
        while (octets.hasRemaining()) {
            at += channel.write(octets, at);
        }
    }

    private static void readFully(FileChannel channel, ByteBuffer octets, long position) throws IOException {
        while (octets.hasRemaining()) {
            if (channel.read(octets, position + octets.position()) < 0) {
                return;
            }
        }
    }
}
