package org.chancery.client.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;
import org.chancery.pki.envelope.FileShape;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.file.TemporaryFile;
import org.chancery.pki.sealing.FileSealException;
import org.chancery.pki.sealing.FileSealFailure;
import org.chancery.pki.sealing.OpenedFile;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One file on its way from the relay. Chunks that open are written to `.<id>.part` beside the target, mode 0600; it
/// takes the target's name when all are there and their digest is the message's, and not before. What an earlier
/// attempt has written is gone on with. On the transfers' thread.
final class Downloading {
    private static final Logger LOG = LoggerFactory.getLogger(Downloading.class);

    /// What is asked for at once, and how often before the first is answered: so much the relay sends ahead.
    private static final int QUESTION = Frame.FileQuery.MAX_LIMIT;

    private static final int MOST_QUESTIONS = 2;

    private record Question(long id, long end) {}

    private final Way way;
    private final Download download;
    private final TemporaryFile temporary;
    private final Deque<Question> questions = new ArrayDeque<>();
    private boolean online;
    private @Nullable FileChannel channel;
    private @Nullable OpenedFile opener;
    private boolean resumed; // from what an earlier attempt has written
    private long asked;
    private int hurried; // the watch that counts
    private boolean over;

    Downloading(Download download, Way way) {
        this.download = download;
        this.way = way;
        Path target = download.target().toAbsolutePath();
        this.temporary = new TemporaryFile(
                target.resolveSibling("." + download.file().file().hex() + ".part"), target);
    }

    long id() {
        return download.id();
    }

    boolean isOver() {
        return over;
    }

    /// Opens what there is, and asks for the rest.
    void open() {
        Path target = temporary.target();
        if (!download.overwrite() && Files.exists(target, LinkOption.NOFOLLOW_LINKS)) {
            fail(target + " exists already");
            return;
        }
        try {
            Set<OpenOption> options = Set.of(
                    StandardOpenOption.CREATE,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    LinkOption.NOFOLLOW_LINKS);
            FileChannel opened = FileChannel.open(
                    temporary.path(),
                    options,
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            channel = opened;
            if (!isLocked(opened)) {
                opened.close();
                channel = null;
                fail("the file is being fetched already");
                return;
            }
            resume(opened);
            ask();
        } catch (NoSuchFileException e) {
            fail("there is no directory " + target.getParent());
        } catch (IOException e) {
            fail(target + " cannot be written: " + e.getMessage());
        }
    }

    private static boolean isLocked(FileChannel opened) throws IOException {
        try {
            return opened.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // by this process
        }
    }

    private void resume(FileChannel opened) throws IOException {
        Body.File file = download.file();
        FileShape shape = file.shape();
        OpenedFile next =
                new OpenedFile(file.key(), file.file(), shape, file.sha256(), Channels.newOutputStream(opened));
        long there = opened.size();
        long at = 0;
        for (int chunk = 0; chunk < shape.chunks() && at + shape.plaintextOf(chunk) <= there; chunk++) {
            ByteBuffer octets = ByteBuffer.allocate(shape.plaintextOf(chunk));
            for (int n = 0; octets.hasRemaining() && n >= 0; ) {
                n = opened.read(octets, at + octets.position());
            }
            if (octets.hasRemaining() || there == 0) {
                break; // it gets shorter, or is as empty as one that has not begun
            }
            next.resume(octets.array());
            at += octets.capacity();
        }
        resumed = at > 0;
        opened.truncate(at);
        opened.position(at);
        opener = next;
        asked = next.offset();
    }

    void online() {
        online = true;
        ask();
    }

    void offline() {
        online = false;
        questions.clear();
    }

    private void ask() {
        OpenedFile open = opener;
        if (over || open == null) {
            return;
        }
        long total = download.file().shape().sealedLength();
        if (open.offset() == total) {
            finish(open);
            return;
        }
        if (!online) {
            return;
        }
        if (questions.isEmpty()) {
            asked = open.offset();
        }
        while (questions.size() < MOST_QUESTIONS && asked < total) {
            int count = (int) Math.min(QUESTION, total - asked);
            long id = way.ids().getAsLong();
            questions.add(new Question(id, asked + count));
            way.relay().accept(new Frame.FileQuery(id, download.file().file(), asked, count));
            asked += count;
        }
        watch();
    }

    /// A relay that has less of the file than it was sent says nothing at its end; asked again, it has to.
    private void watch() {
        int watch = ++hurried;
        way.later().after(way.patience(), () -> {
            if (!over && online && watch == hurried) {
                questions.clear();
                ask();
            }
        });
    }

    /// Whether the request is this one's.
    boolean isAbout(long id) {
        return questions.stream().anyMatch(question -> question.id() == id);
    }

    void part(Frame.FilePart part) {
        Question first = questions.peekFirst();
        OpenedFile open = opener;
        if (over || open == null || first == null) {
            return;
        }
        byte[] octets = new byte[part.octets().remaining()];
        part.octets().get(octets);
        long end = part.offset() + octets.length;
        if (part.id() != first.id() || part.offset() != open.offset() || end > first.end()) {
            fail("the relay sent other octets than were asked for");
            return;
        }
        try {
            open.take(octets);
        } catch (FileSealException e) {
            fail("the file is damaged, or not the one that was sent: " + e.getMessage());
            return;
        } catch (IOException e) {
            fail(temporary.target() + " cannot be written: " + e.getMessage());
            return;
        }
        watch();
        if (end == first.end()) {
            questions.removeFirst();
            way.news()
                    .accept(new TransferNews.Progress(
                            id(), end, download.file().shape().sealedLength()));
            ask();
        }
    }

    private void finish(OpenedFile open) {
        FileChannel written = channel;
        if (written == null) {
            return;
        }
        try {
            open.finish();
            AtomicFile.take(temporary, download.overwrite(), () -> written.force(true));
            end();
            way.news().accept(new TransferNews.Saved(id()));
        } catch (FileSealException e) {
            if (resumed && e.failure() == FileSealFailure.DIGEST_MISMATCH) {
                anew(written);
            } else {
                fail("the file is not the one that was sent: " + e.getMessage());
            }
        } catch (FileAlreadyExistsException e) {
            fail(temporary.target() + " exists already");
        } catch (IOException e) {
            fail(temporary.target() + " cannot be written: " + e.getMessage());
        }
    }

    /// What lay there from an earlier attempt was of something else.
    private void anew(FileChannel written) {
        LOG.info("what was fetched of a file before is not of it; it is fetched from the beginning");
        try {
            written.truncate(0);
            resume(written);
            ask();
        } catch (IOException e) {
            fail(temporary.target() + " cannot be written: " + e.getMessage());
        }
    }

    void refused(Frame.Refused refusal) {
        switch (refusal.error()) {
            case TOO_MANY, INTERNAL, STALE_REVOCATION, SHUTTING_DOWN -> {
                questions.clear();
                way.news().accept(new TransferNews.Waiting(id(), "the relay gives it later: " + refusal.detail()));
                way.later().after(Way.bounded(refusal.retryAfter().orElse(Way.PAUSE)), this::ask);
            }
            case NO_SUCH_FILE ->
                fail("the relay does not have the file any more: it is kept for some days, or was deleted; its"
                        + " sender can send it again");
            case NOT_A_MEMBER -> fail("the file is for those who belong to its conversation");
            case OFFSET_MISMATCH -> fail("the relay has less of the file than was sent");
            case MALFORMED_FRAME,
                    FRAME_TOO_LARGE,
                    UNSUPPORTED_VERSION,
                    NOT_AUTHORISED,
                    COUNTER_OUT_OF_ORDER,
                    STALE_SEAL,
                    UNKNOWN_SEAL,
                    UNKNOWN_ADDRESS,
                    STALE,
                    INVALID_RECORD,
                    NOT_ALLOWED,
                    OUT_OF_TIME,
                    OUT_OF_SPACE,
                    QUOTA_EXCEEDED ->
                fail("the relay did not give the file: " + refusal.detail() + " (" + refusal.error() + ")");
        }
    }

    /// Gives it up; nothing of it stays.
    void cancel() {
        forget();
        end();
    }

    private void forget() {
        try {
            if (channel != null) {
                Files.deleteIfExists(temporary.path());
            }
        } catch (IOException e) {
            LOG.warn("{} stays: {}", temporary.path(), e.getMessage());
        }
    }

    private void fail(String reason) {
        if (way.closing().getAsBoolean()) {
            end(); // the process ends, and with it whatever was being read or written
            return;
        }
        cancel();
        way.news().accept(new TransferNews.Failed(id(), reason));
    }

    /// For the end of the process: the next one goes on.
    void close() {
        end();
    }

    private void end() {
        over = true;
        opener = null;
        questions.clear();
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            LOG.debug("a file is not closed", e);
        }
        channel = null;
    }
}
