package org.chancery.client.transfer;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.chancery.pki.envelope.FileId;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;

/// What a relay does with files, at once and in memory; and what one does that loses connections, or means ill. It
/// remembers every octet that it was ever sent, and that none of them came as two.
final class FileRelay implements Consumer<Frame> {
    private static final int MIB = 1 << 20;
    private static final int PART = 65_000;

    private static final class Kept {
        private final ByteArrayOutputStream octets = new ByteArrayOutputStream();
        private final ByteArrayOutputStream everSent = new ByteArrayOutputStream();
        private long length;
        private int committed;
    }

    private final Map<FileId, Kept> files = new HashMap<>();
    private final Map<Long, FileId> uploads = new HashMap<>();
    private final List<Frame> heard = new CopyOnWriteArrayList<>();
    private final Random random;
    private Consumer<Frame> answers = frame -> {};
    private UnaryOperator<Frame> tampering = frame -> frame;
    private Optional<ProtocolError> refusing = Optional.empty();
    private Optional<Duration> retryAfter = Optional.empty();
    private int framesLeft = Integer.MAX_VALUE;
    private Runnable lost = () -> {};
    private boolean connected = true;

    FileRelay(long seed) {
        this.random = new Random(seed);
    }

    synchronized void answerTo(Consumer<Frame> client) {
        answers = client;
        connected = true;
        uploads.clear();
    }

    /// Changes answers on their way.
    synchronized void tamper(UnaryOperator<Frame> change) {
        tampering = change;
    }

    /// Says no to the next question.
    synchronized void refuseNext(ProtocolError error, Optional<Duration> wait) {
        refusing = Optional.of(error);
        retryAfter = wait;
    }

    /// Loses the connection after so many frames more; octets that were not committed are lost with it.
    synchronized void loseAfter(int frames, Runnable then) {
        framesLeft = frames;
        lost = then;
    }

    synchronized void keepConnection() {
        framesLeft = Integer.MAX_VALUE;
    }

    List<Frame> heard() {
        return heard;
    }

    <F extends Frame> List<F> heard(Class<F> kind) {
        return heard.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    synchronized byte[] octets(FileId file) {
        return Objects.requireNonNull(files.get(file)).octets.toByteArray();
    }

    synchronized boolean has(FileId file) {
        return files.containsKey(file);
    }

    synchronized void put(FileId file, byte[] octets) {
        Kept kept = new Kept();
        kept.octets.writeBytes(octets);
        kept.length = octets.length;
        kept.committed = octets.length;
        files.put(file, kept);
    }

    @Override
    public synchronized void accept(Frame frame) {
        if (!connected) {
            return;
        }
        heard.add(frame);
        if (--framesLeft < 0) {
            connected = false;
            for (Kept kept : files.values()) {
                byte[] all = kept.octets.toByteArray();
                int lose = all.length < kept.length ? random.nextInt(all.length - kept.committed + 1) : 0;
                kept.octets.reset();
                kept.octets.write(all, 0, all.length - lose);
                kept.committed = all.length - lose;
            }
            lost.run();
            return;
        }
        if (refusing.isPresent() && !(frame instanceof Frame.DeleteFile)) {
            refuse(id(frame), refusing.get());
            refusing = Optional.empty();
            return;
        }
        switch (frame) {
            case Frame.BeginUpload begin -> begin(begin);
            case Frame.UploadPart part -> part(part);
            case Frame.FileQuery query -> query(query);
            case Frame.DeleteFile delete -> {
                files.remove(delete.file());
                say(new Frame.FileDeleted(delete.id()));
            }
            default -> throw new AssertionError(frame);
        }
    }

    private static long id(Frame frame) {
        return switch (frame) {
            case Frame.BeginUpload begin -> begin.id();
            case Frame.UploadPart part -> part.id();
            case Frame.FileQuery query -> query.id();
            default -> throw new AssertionError(frame);
        };
    }

    private void begin(Frame.BeginUpload begin) {
        Kept kept = files.computeIfAbsent(begin.file(), _ -> new Kept());
        kept.length = begin.length();
        byte[] all = kept.octets.toByteArray();
        kept.octets.reset();
        kept.octets.write(all, 0, kept.committed);
        uploads.put(begin.id(), begin.file());
        say(new Frame.UploadCommitted(begin.id(), begin.file(), kept.committed));
    }

    private void part(Frame.UploadPart part) {
        FileId file = uploads.get(part.id());
        Kept kept = file == null ? null : files.get(file);
        if (file == null || kept == null || kept.octets.size() != part.offset()) {
            refuse(part.id(), ProtocolError.OFFSET_MISMATCH);
            return;
        }
        byte[] octets = bytes(part.octets());
        kept.octets.writeBytes(octets);
        byte[] before = kept.everSent.toByteArray();
        int known = Math.clamp(before.length - part.offset(), 0, octets.length);
        if (!Arrays.equals(octets, 0, known, before, (int) part.offset(), (int) part.offset() + known)) {
            throw new AssertionError("two contents of " + file + " at " + part.offset());
        }
        kept.everSent.write(octets, known, octets.length - known);
        if (kept.octets.size() - kept.committed >= MIB || kept.octets.size() == kept.length) {
            kept.committed = kept.octets.size();
            say(new Frame.UploadCommitted(part.id(), file, kept.committed));
        }
    }

    private void query(Frame.FileQuery query) {
        Kept kept = files.get(query.file());
        if (kept == null) {
            refuse(query.id(), ProtocolError.NO_SUCH_FILE);
            return;
        }
        byte[] all = kept.octets.toByteArray();
        if (query.offset() >= all.length) {
            refuse(query.id(), ProtocolError.OFFSET_MISMATCH);
            return;
        }
        int end = (int) Math.min(all.length, query.offset() + query.limit());
        for (int at = (int) query.offset(); at < end; at += PART) {
            say(new Frame.FilePart(query.id(), at, ByteBuffer.wrap(all, at, Math.min(PART, end - at))));
        }
    }

    private void refuse(long id, ProtocolError error) {
        say(Frame.Refused.request(id, error, "no").retryAfter(retryAfter));
    }

    private void say(Frame frame) {
        if (connected) {
            answers.accept(tampering.apply(frame));
        }
    }

    static byte[] bytes(ByteBuffer buffer) {
        byte[] octets = new byte[buffer.remaining()];
        buffer.get(octets);
        return octets;
    }
}
