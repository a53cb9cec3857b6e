package org.chancery.server.session;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.pki.envelope.FileId;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.server.file.FileStore;
import org.chancery.server.metrics.Metrics;
import org.jspecify.annotations.Nullable;

/// The octets of files that one client has asked for and not got yet. They are read when they can be written,
/// so a client that does not read costs a place in a file.
final class FileHandout {

    /// A frame within four TLS records. So much a client's letters wait for, and one that does not read has in memory.
    static final int PART = 65_000;

    /// Questions that may wait. A client that reads as fast as it asks has two under way.
    private static final int MOST_WAITING = 8;

    /// What is left of a question.
    private record Range(long id, FileId file, long offset, int left) {}

    private final FileStore files;
    private final Metrics metrics;

    /// Guards what follows, between the session's reader, who asks, and the writer.
    private final ReentrantLock lock = new ReentrantLock();

    private final Deque<Range> ranges = new ArrayDeque<>();

    FileHandout(FileStore files, Metrics metrics) {
        this.files = files;
        this.metrics = metrics;
    }

    /// Answers a question after those that wait; false if too many do.
    boolean add(Frame.FileQuery query) {
        lock.lock();
        try {
            if (ranges.size() >= MOST_WAITING) {
                return false;
            }
            ranges.add(new Range(query.id(), query.file(), query.offset(), query.limit()));
            return true;
        } finally {
            lock.unlock();
        }
    }

    /// What to say next; empty while every question is answered.
    Optional<Frame> next() throws IOException {
        Range range = first();
        if (range == null) {
            return Optional.empty();
        }
        Optional<ByteBuffer> octets = files.read(range.file(), range.offset(), Math.min(PART, range.left()));
        if (octets.isEmpty() || !octets.get().hasRemaining()) {
            return Optional.of(gone(range));
        }
        int count = octets.get().remaining();
        long after = range.offset() + count;
        if (count < range.left() && after < files.length(range.file())) {
            addFirst(new Range(range.id(), range.file(), after, range.left() - count));
        }
        return Optional.of(new Frame.FilePart(range.id(), range.offset(), octets.get()));
    }

    /// The file has expired or was deleted since it was asked for.
    private Frame gone(Range range) {
        Frame.Refused refusal = Frame.Refused.request(range.id(), ProtocolError.NO_SUCH_FILE, "the file is gone");
        metrics.refused(refusal);
        return refusal;
    }

    private @Nullable Range first() {
        lock.lock();
        try {
            return ranges.pollFirst();
        } finally {
            lock.unlock();
        }
    }

    private void addFirst(Range rest) {
        lock.lock();
        try {
            ranges.addFirst(rest);
        } finally {
            lock.unlock();
        }
    }
}
