package org.chancery.client.transfer;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.FileKey;
import org.chancery.pki.envelope.FileShape;
import org.chancery.pki.sealing.FileSealException;
import org.chancery.pki.sealing.FileSealFailure;
import org.chancery.pki.sealing.MeasuredFile;
import org.chancery.pki.sealing.SealedFile;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Frame;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One file on its way to the relay. It is measured, then sent from where the relay says, some octets ahead of what the
/// relay has on disk; whatever breaks off begins again there. A file that has become another one is measured anew and
/// gets another key. On the transfers' thread.
final class Uploading {
    private static final Logger LOG = LoggerFactory.getLogger(Uploading.class);

    /// The relay puts on disk at every MiB at the latest, so this never stands still. Letters wait behind it.
    private static final int AHEAD = 2 << 20;

    /// Around the octets in a frame.
    private static final int FRAME_OVERHEAD = 256;

    /// How often it may be measured anew, or break off and get no further, before it is given up.
    private static final int MOST_ATTEMPTS = 5;

    private final Way way;
    private Upload upload;
    private OptionalInt maxFrameBytes = OptionalInt.empty(); // of the connection, if there is one
    private @Nullable FileChannel file;
    private @Nullable MeasuredFile measured;
    private @Nullable SealedFile sealed;
    private boolean stored; // the attempt is in the store
    private long request;
    private boolean begun; // the relay has said from where
    private long committed;
    private long sent;
    private int changes;
    private int failures;
    private int hurried; // the watch that counts
    private boolean over;

    Uploading(Upload upload, Way way) {
        this.upload = upload;
        this.way = way;
    }

    long id() {
        return upload.id();
    }

    boolean isOver() {
        return over;
    }

    /// Reads the file and settles what it is sealed as.
    void measure() {
        closeFile();
        stored = false;
        begun = false;
        try {
            SourceFile source = SourceFile.of(upload.path());
            FileChannel opened = FileChannel.open(upload.path(), StandardOpenOption.READ);
            file = opened;
            MeasuredFile now = MeasuredFile.of(opened);
            measured = now;
            Upload.Attempt attempt = attempt(now, source);
            upload = upload.with(attempt);
            sealed = new SealedFile(opened, now, attempt.file(), attempt.key());
            way.news().accept(new TransferNews.Measured(upload));
        } catch (NoSuchFileException e) {
            fail("there is no file " + upload.path());
        } catch (IOException e) {
            fail("the file cannot be read: " + e.getMessage());
        } catch (FileSealException e) {
            refusedToSeal(e);
        }
    }

    /// Under the key it had, if it is what it was; else under another, and what was sent of it before goes.
    private Upload.Attempt attempt(MeasuredFile now, SourceFile source) {
        Optional<Upload.Attempt> earlier = upload.attempt();
        Optional<Upload.Attempt> same = earlier.filter(
                it -> it.length() == now.shape().length() && it.sha256().equals(now.sha256()));
        if (earlier.isPresent() && same.isEmpty()) {
            way.relay()
                    .accept(new Frame.DeleteFile(
                            way.ids().getAsLong(), earlier.get().file()));
        }
        return new Upload.Attempt(
                same.map(Upload.Attempt::file).orElseGet(() -> FileId.random(way.random())),
                same.map(Upload.Attempt::key).orElseGet(() -> FileKey.draw(way.random())),
                now.shape().length(),
                source.modified(),
                now.sha256());
    }

    /// What was measured is in the store.
    void stored() {
        stored = true;
        ask();
    }

    void online(int frameLimitBytes) {
        maxFrameBytes = OptionalInt.of(frameLimitBytes);
        ask();
    }

    void offline() {
        maxFrameBytes = OptionalInt.empty();
        begun = false;
        request = 0;
    }

    /// Asks the relay from where to go on, once everything is there; looks first whether the file is still the one.
    private void ask() {
        if (over || maxFrameBytes.isEmpty() || !stored || measured == null) {
            return;
        }
        Upload.Attempt attempt = upload.attempt().orElseThrow();
        try {
            if (!attempt.isOf(SourceFile.of(upload.path()))) {
                changed();
                return;
            }
        } catch (IOException e) {
            fail("the file cannot be read any more: " + e.getMessage());
            return;
        }
        begun = false;
        request = way.ids().getAsLong();
        way.relay()
                .accept(new Frame.BeginUpload(
                        request, attempt.file(), upload.conversation(), upload.person(), total()));
        watch();
    }

    /// What a relay does not answer it is asked again.
    private void watch() {
        int watch = ++hurried;
        way.later().after(way.patience(), () -> {
            if (!over && request != 0 && watch == hurried) {
                ask();
            }
        });
    }

    /// The relay has so much on disk.
    void committed(Frame.UploadCommitted answer) {
        if (over || answer.id() != request || answer.offset() > (begun ? sent : total())) {
            return;
        }
        if (!begun) {
            begun = true;
            sent = answer.offset();
        } else if (answer.offset() > committed) {
            failures = 0;
        }
        committed = answer.offset();
        watch();
        way.news().accept(new TransferNews.Progress(id(), committed, total()));
        if (committed == total()) {
            finish();
        } else {
            send();
        }
    }

    private void send() {
        SealedFile octets = sealed;
        if (octets == null) {
            return;
        }
        int part = Math.min(Frame.UploadPart.MAX_OCTETS, maxFrameBytes.orElseThrow() - FRAME_OVERHEAD);
        try {
            while (sent < total() && sent - committed < AHEAD) {
                byte[] next = octets.read(sent, part);
                way.relay().accept(new Frame.UploadPart(request, sent, ByteBuffer.wrap(next)));
                sent += next.length;
            }
        } catch (IOException e) {
            fail("the file cannot be read any more: " + e.getMessage());
        } catch (FileSealException e) {
            refusedToSeal(e);
        }
    }

    private void refusedToSeal(FileSealException e) {
        if (e.failure() == FileSealFailure.FILE_CHANGED) {
            changed();
        } else {
            fail(String.valueOf(e.getMessage()));
        }
    }

    /// What was sent of it is of no use.
    private void changed() {
        changes++;
        if (changes >= MOST_ATTEMPTS) {
            fail("the file is being written: it changed " + changes + " times while it was to be sent");
            return;
        }
        LOG.info("a file changed on its way, it is sent from its beginning under another key");
        begun = false;
        request = 0;
        way.news().accept(new TransferNews.Waiting(id(), "the file changed, it is sent anew"));
        way.later().after(Way.bounded(Duration.ZERO), this::measureUnlessOver);
    }

    private void measureUnlessOver() {
        if (!over) {
            measure();
        }
    }

    /// Whether the request is this one's.
    boolean isAbout(long id) {
        return id == request && id != 0;
    }

    void refused(Frame.Refused refusal) {
        switch (refusal.error()) {
            case TOO_MANY, OUT_OF_SPACE, INTERNAL, STALE_REVOCATION, SHUTTING_DOWN, OFFSET_MISMATCH, NO_SUCH_FILE ->
                again(refusal);
            case NOT_ALLOWED -> { // the id is somebody else's
                upload = new Upload(
                        id(), upload.conversation(), upload.person(), upload.path(), upload.text(), Optional.empty());
                changed();
            }
            case QUOTA_EXCEEDED -> fail("the relay keeps no more of what you send: " + refusal.detail());
            case MALFORMED_FRAME,
                    FRAME_TOO_LARGE,
                    UNSUPPORTED_VERSION,
                    NOT_AUTHORISED,
                    COUNTER_OUT_OF_ORDER,
                    NOT_A_MEMBER,
                    STALE_SEAL,
                    UNKNOWN_SEAL,
                    UNKNOWN_ADDRESS,
                    STALE,
                    INVALID_RECORD,
                    OUT_OF_TIME ->
                fail("the relay did not take the file: " + refusal.detail() + " (" + refusal.error() + ")");
        }
    }

    private void again(Frame.Refused refusal) {
        request = 0;
        begun = false;
        failures++;
        boolean ours = refusal.retryAfter().isEmpty();
        if (ours && failures >= MOST_ATTEMPTS) {
            fail("the relay does not take the file: " + refusal.detail() + " (" + refusal.error() + ")");
            return;
        }
        way.news().accept(new TransferNews.Waiting(id(), "the relay takes it later: " + refusal.detail()));
        way.later().after(Way.bounded(refusal.retryAfter().orElse(Way.PAUSE)), this::ask);
    }

    private void finish() {
        Upload.Attempt attempt = upload.attempt().orElseThrow();
        String name = upload.name();
        Body.File body = new Body.File(
                attempt.file(),
                attempt.key(),
                FileShape.of(attempt.length()),
                attempt.sha256(),
                name,
                MediaTypes.of(name),
                upload.text());
        end();
        way.news().accept(new TransferNews.Uploaded(id(), body));
    }

    /// Gives it up; what the relay has of it goes.
    void cancel() {
        upload.attempt()
                .ifPresent(attempt ->
                        way.relay().accept(new Frame.DeleteFile(way.ids().getAsLong(), attempt.file())));
        end();
    }

    private void fail(String reason) {
        if (way.closing().getAsBoolean()) {
            end(); // the process ends, and with it whatever was being read
            return;
        }
        cancel();
        way.news().accept(new TransferNews.Failed(id(), reason));
    }

    private void end() {
        over = true;
        closeFile();
    }

    /// For the end of the process: the next one goes on.
    void close() {
        end();
    }

    private long total() {
        return measured == null ? 0 : measured.shape().sealedLength();
    }

    private void closeFile() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            LOG.debug("a file that was only read is not closed", e);
        }
        file = null;
        sealed = null;
        measured = null;
    }
}
