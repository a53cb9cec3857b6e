package org.chancery.client.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The mark of the one process that owns a store: a locked file that holds its process id.
///
/// The kernel drops the lock when the process ends, however it ends; the file stays, and means nothing unlocked.
final class StoreLock implements Closeable {
    /// What this process holds. The kernel's lock is per process and falls with the first channel closed on its
    /// file, so a second attempt from within must be refused before it opens one.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private static final int MAX_PID_OCTETS = 20; // a 64-bit number in decimal

    private final Path file;
    private final FileChannel channel;

    private StoreLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// Takes the store at `location`, whose directory exists.
    ///
    /// @throws StoreException [StoreFailure#IN_USE] with the owner, where another holds it
    static StoreLock acquire(StoreLocation location) throws IOException {
        Path file = location.lock();
        if (!HELD.add(file)) {
            throw StoreException.inUse(location, ProcessHandle.current().pid());
        }
        boolean acquired = false;
        try {
            StoreLock lock = lock(location, file);
            acquired = true;
            return lock;
        } finally {
            if (!acquired) {
                HELD.remove(file);
            }
        }
    }

    // The lock lives as long as the channel, and the channel as long as this object.
    @SuppressWarnings("resource")
    private static StoreLock lock(StoreLocation location, Path file) throws IOException {
        FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        FileLock lock = channel.tryLock();
        if (lock == null) {
            try (channel) {
                throw StoreException.inUse(location, owner(channel));
            }
        }
        channel.truncate(0);
        channel.write(
                ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(StandardCharsets.US_ASCII)));
        return new StoreLock(file, channel);
    }

    /// The id in the file, or 0: its owner may not have written it yet.
    private static long owner(FileChannel channel) throws IOException {
        ByteBuffer digits = ByteBuffer.allocate(MAX_PID_OCTETS);
        channel.read(digits, 0);
        String text = new String(digits.array(), 0, digits.position(), StandardCharsets.US_ASCII);
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(file);
    }
}
