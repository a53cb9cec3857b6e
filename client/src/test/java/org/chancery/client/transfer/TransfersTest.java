package org.chancery.client.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.FileKey;
import org.chancery.pki.envelope.FileShape;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class TransfersTest {
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final ConversationId BETWEEN = ConversationId.direct(ALICE, BOB);
    private static final int FRAME = 1 << 20;
    private static final int LENGTH = 5_000_000;

    @TempDir
    Path directory;

    private final FileRelay relay = new FileRelay(17);
    private final BlockingQueue<TransferNews> news = new LinkedBlockingQueue<>();
    private final List<Transfers> all = new ArrayList<>();
    private Upload upload;
    private Transfers transfers;
    private byte[] plaintext;

    @BeforeEach
    void begin() throws IOException {
        plaintext = new byte[LENGTH];
        new Random(2).nextBytes(plaintext);
        Path file = directory.resolve("a report.pdf");
        Files.write(file, plaintext);
        upload = new Upload(1, BETWEEN, Optional.of(BOB), file, "as promised", Optional.empty());
        transfers = start();
    }

    @AfterEach
    void close() {
        all.forEach(Transfers::close);
    }

    /// As one process has them, with an engine that stores what is measured.
    private Transfers start() {
        Transfers[] made = new Transfers[1];
        made[0] = new Transfers(
                relay,
                what -> {
                    if (what instanceof TransferNews.Measured(Upload measured)) {
                        upload = measured;
                        made[0].begin(measured.id());
                    }
                    news.add(what);
                },
                Duration.ofMillis(500),
                new SecureRandom());
        all.add(made[0]);
        made[0].start();
        online(made[0]);
        return made[0];
    }

    private void online(Transfers which) {
        relay.answerTo(which::heard);
        which.online(FRAME);
    }

    private <N extends TransferNews> N expect(Class<N> kind) throws InterruptedException {
        List<TransferNews> others = new ArrayList<>();
        while (true) {
            TransferNews next = news.poll(20, TimeUnit.SECONDS);
            if (kind.isInstance(next)) {
                return kind.cast(next);
            }
            boolean over = next == null || next instanceof TransferNews.Failed;
            assertThat(over)
                    .as("no " + kind.getSimpleName() + ", but " + next + " after " + others)
                    .isFalse();
            others.add(next);
        }
    }

    private Body.File sent() throws InterruptedException {
        transfers.send(upload);
        return expect(TransferNews.Uploaded.class).file();
    }

    private Path target() {
        return directory.resolve("got.pdf");
    }

    private void fetch(Body.File file) {
        transfers.fetch(new Download(2, file, target(), false));
    }

    private List<Path> temporaries() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".part"))
                    .toList();
        }
    }

    @Test
    void whatIsSentIsFetched() throws Exception {
        Body.File file = sent();
        assertThat(file.name()).isEqualTo("a report.pdf");
        assertThat(file.mediaType()).isEqualTo("application/pdf");
        assertThat(file.text()).isEqualTo("as promised");
        assertThat(file.shape().length()).isEqualTo(LENGTH);
        fetch(file);

        expect(TransferNews.Saved.class);
        assertThat(Files.readAllBytes(target())).isEqualTo(plaintext);
        assertThat(Files.getPosixFilePermissions(target())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(temporaries()).isEmpty();
    }

    @Test
    void anEmptyFileIsOne() throws Exception {
        Files.write(upload.path(), new byte[0]);
        fetch(sent());
        expect(TransferNews.Saved.class);
        assertThat(target()).isEmptyFile();
    }

    /// Wherever the connection breaks, and whatever of the last octets the relay then has.
    @Test
    void sendingGoesOnFromAnyOctet() throws Exception {
        Random random = new Random(23);
        relay.loseAfter(1 + random.nextInt(8), () -> transfers.offline());
        transfers.send(upload);
        int cuts = 0;
        TransferNews next = news.poll(20, TimeUnit.SECONDS);
        while (!(next instanceof TransferNews.Uploaded)) {
            assertThat(next).isNotInstanceOf(TransferNews.Failed.class);
            next = news.poll(100, TimeUnit.MILLISECONDS);
            if (next == null) {
                cuts++;
                if (cuts == 12) {
                    relay.keepConnection();
                } else {
                    relay.loseAfter(1 + random.nextInt(8), () -> transfers.offline());
                }
                online(transfers);
                next = new TransferNews.Progress(1, 0, 0);
            }
        }
        assertThat(cuts).isGreaterThan(3);
        assertThat(relay.heard(Frame.BeginUpload.class).stream()
                        .map(Frame.BeginUpload::file)
                        .distinct())
                .as("one file, one key")
                .hasSize(1);
        relay.keepConnection();
        fetch(((TransferNews.Uploaded) next).file());
        expect(TransferNews.Saved.class);
        assertThat(Files.readAllBytes(target())).isEqualTo(plaintext);
    }

    @Test
    void theNextProcessGoesOnUnderTheSameKey() throws Exception {
        relay.loseAfter(8, () -> transfers.offline());
        transfers.send(upload);
        expect(TransferNews.Progress.class);
        Upload stored = upload;
        transfers.close();
        relay.keepConnection();

        transfers = start();
        transfers.send(stored);
        Body.File file = expect(TransferNews.Uploaded.class).file();
        assertThat(file.file()).isEqualTo(stored.attempt().orElseThrow().file());
        assertThat(file.key()).isEqualTo(stored.attempt().orElseThrow().key());
        assertThat(relay.heard(Frame.UploadPart.class).getLast().offset()).isPositive();
        fetch(file);
        expect(TransferNews.Saved.class);
        assertThat(Files.readAllBytes(target())).isEqualTo(plaintext);
    }

    private Upload interrupted() throws InterruptedException {
        relay.loseAfter(8, () -> transfers.offline());
        transfers.send(upload);
        expect(TransferNews.Progress.class);
        transfers.close();
        relay.keepConnection();
        return upload;
    }

    private void alter(int at) throws IOException {
        plaintext[at]++;
        Files.write(upload.path(), plaintext);
    }

    /// Under another key, although neither its length nor its time tells of it.
    @Test
    void aFileThatChangedMeanwhileIsSentFromItsBeginning() throws Exception {
        FileTime time = Files.getLastModifiedTime(upload.path());
        Upload stored = interrupted();
        alter(LENGTH / 2);
        Files.setLastModifiedTime(upload.path(), time);

        transfers = start();
        transfers.send(stored);
        Body.File file = expect(TransferNews.Uploaded.class).file();
        Upload.Attempt before = stored.attempt().orElseThrow();
        assertThat(file.key()).isNotEqualTo(before.key());
        assertThat(file.file()).isNotEqualTo(before.file());
        assertThat(relay.has(before.file())).as("what was sent before").isFalse();
        fetch(file);
        expect(TransferNews.Saved.class);
        assertThat(Files.readAllBytes(target())).isEqualTo(plaintext);
    }

    @Test
    void aFileThatWasOnlyTouchedIsTheSame() throws Exception {
        Upload stored = interrupted();
        Files.setLastModifiedTime(upload.path(), FileTime.from(Instant.EPOCH));
        transfers = start();
        transfers.send(stored);
        assertThat(expect(TransferNews.Uploaded.class).file().key())
                .isEqualTo(stored.attempt().orElseThrow().key());
    }

    /// Between two connections of one process; its time tells of it.
    @Test
    void aFileThatChangedBetweenConnectionsIsSentAnew() throws Exception {
        relay.loseAfter(4, () -> transfers.offline());
        transfers.send(upload);
        expect(TransferNews.Progress.class);
        Upload.Attempt before = upload.attempt().orElseThrow();
        alter(5);
        Files.setLastModifiedTime(upload.path(), FileTime.from(Instant.EPOCH));
        relay.keepConnection();
        online(transfers);
        Body.File file = expect(TransferNews.Uploaded.class).file();
        assertThat(file.key()).isNotEqualTo(before.key());
        fetch(file);
        expect(TransferNews.Saved.class);
        assertThat(Files.readAllBytes(target())).isEqualTo(plaintext);
    }

    /// In the middle of it, and nothing tells of it but the octets.
    @Test
    void aFileThatChangesWhileItIsSentIsSentAnew() throws Exception {
        FileTime time = Files.getLastModifiedTime(upload.path());
        relay.tamper(answer -> {
            if (answer instanceof Frame.UploadCommitted committed && committed.offset() == 0) {
                relay.tamper(other -> other);
                try {
                    alter(LENGTH - 7);
                    Files.setLastModifiedTime(upload.path(), time);
                } catch (IOException e) {
                    throw new AssertionError(e);
                }
            }
            return answer;
        });
        Body.File file = sent();
        assertThat(relay.heard(Frame.BeginUpload.class).stream()
                        .map(Frame.BeginUpload::file)
                        .distinct())
                .hasSize(2);
        fetch(file);
        expect(TransferNews.Saved.class);
        assertThat(Files.readAllBytes(target())).isEqualTo(plaintext);
    }

    @Test
    void whatTheRelayCannotTakeNowIsSentLater() throws Exception {
        relay.refuseNext(ProtocolError.OUT_OF_SPACE, Optional.of(Duration.ofMillis(1)));
        sent();
    }

    @Test
    void whatTheRelayDoesNotTakeIsNotSent() throws Exception {
        relay.refuseNext(ProtocolError.QUOTA_EXCEEDED, Optional.of(Duration.ofHours(1)));
        transfers.send(upload);
        assertThat(expect(TransferNews.Failed.class).reason()).contains("the relay keeps no more of what you send");
    }

    @Test
    void whatIsNotThereIsNotSent() throws Exception {
        Files.delete(upload.path());
        transfers.send(upload);
        assertThat(expect(TransferNews.Failed.class).reason()).contains("there is no file");
        assertThat(relay.heard(Frame.BeginUpload.class)).isEmpty();
    }

    @Test
    void fetchingGoesOnFromAnyOctet() throws Exception {
        Body.File file = sent();
        Random random = new Random(29);
        relay.loseAfter(random.nextInt(3), () -> transfers.offline());
        fetch(file);
        int cuts = 0;
        TransferNews next = news.poll(20, TimeUnit.SECONDS);
        while (!(next instanceof TransferNews.Saved)) {
            if (next != null) {
                assertThat(next).isNotInstanceOf(TransferNews.Failed.class);
            } else {
                assertThat(target()).doesNotExist();
                cuts++;
                boolean restart = random.nextBoolean();
                if (restart) {
                    transfers.close();
                }
                if (cuts == 8) {
                    relay.keepConnection();
                } else {
                    relay.loseAfter(random.nextInt(3), () -> transfers.offline());
                }
                if (restart) {
                    transfers = start();
                    fetch(file);
                } else {
                    online(transfers);
                }
            }
            next = news.poll(100, TimeUnit.MILLISECONDS);
        }
        assertThat(cuts).isGreaterThan(1);
        assertThat(Files.readAllBytes(target())).isEqualTo(plaintext);
        assertThat(temporaries()).isEmpty();
    }

    /// What is there before the end has another name, and is nobody else's to read.
    @Test
    void nothingHasTheNameBeforeAllOfItIsProved() throws Exception {
        Body.File file = sent();
        relay.loseAfter(2, () -> transfers.offline());
        fetch(file);
        expect(TransferNews.Progress.class);
        assertThat(target()).doesNotExist();
        assertThat(temporaries())
                .singleElement()
                .satisfies(temporary -> assertThat(Files.getPosixFilePermissions(temporary))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------")));
    }

    /// Whatever a relay does: nothing of it is left.
    @Test
    void whatIsNotTheFileIsNotKept() throws Exception {
        Body.File file = sent();
        byte[] good = relay.octets(file.file());
        byte[] flipped = good.clone();
        flipped[good.length - 20] ^= 1;
        assertRefused(file, flipped, "damaged");
        byte[] cut = Arrays.copyOf(good, good.length - 1);
        assertRefused(file, cut, "less of the file");
        byte[] swapped = good.clone();
        System.arraycopy(good, 262_160, swapped, 0, 262_160);
        assertRefused(file, swapped, "damaged");
        relay.put(file.file(), good);
        relay.tamper(answer -> answer instanceof Frame.FilePart part
                ? new Frame.FilePart(part.id(), part.offset() + 1, part.octets())
                : answer);
        fetch(file);
        assertThat(expect(TransferNews.Failed.class).reason()).contains("other octets than were asked for");
        relay.tamper(answer -> answer instanceof Frame.FilePart part && part.offset() > LENGTH - 200_000
                ? new Frame.FilePart(part.id(), part.offset(), longer(part.octets()))
                : answer);
        fetch(file);
        assertThat(expect(TransferNews.Failed.class).reason()).contains("other octets than were asked for");
        assertThat(target()).doesNotExist();
        assertThat(temporaries()).isEmpty();
    }

    private static ByteBuffer longer(ByteBuffer octets) {
        return ByteBuffer.wrap(Arrays.copyOf(FileRelay.bytes(octets), octets.remaining() + 1));
    }

    private void assertRefused(Body.File file, byte[] octets, String why) throws Exception {
        relay.put(file.file(), octets);
        fetch(file);
        assertThat(expect(TransferNews.Failed.class).reason()).contains(why);
        assertThat(target()).doesNotExist();
        assertThat(temporaries()).isEmpty();
    }

    /// Whatever a member says of a file: the octets at the relay are as they were sent.
    @Test
    void whatANoteSaysWronglyIsNotKept() throws Exception {
        Body.File file = sent();
        refused(new Body.File(
                file.file(),
                FileKey.draw(new SecureRandom()),
                file.shape(),
                file.sha256(),
                file.name(),
                file.mediaType(),
                file.text()));
        refused(new Body.File(
                file.file(),
                file.key(),
                file.shape(),
                Digest.over(new byte[] {1}),
                file.name(),
                file.mediaType(),
                file.text()));
        refused(new Body.File(
                file.file(),
                file.key(),
                new FileShape(LENGTH - 1, file.shape().chunkBytes()),
                file.sha256(),
                file.name(),
                file.mediaType(),
                file.text()));
        fetch(file);
        expect(TransferNews.Saved.class);
    }

    private void refused(Body.File note) throws Exception {
        fetch(note);
        assertThat(expect(TransferNews.Failed.class).reason()).contains("not the one that was sent");
        assertThat(target()).doesNotExist();
        assertThat(temporaries()).isEmpty();
    }

    /// Somebody has changed what an earlier attempt had written.
    @Test
    void whatLiesThereOfSomethingElseIsFetchedAnew() throws Exception {
        Body.File file = sent();
        Path temporary = directory.resolve("." + file.file().hex() + ".part");
        Files.write(temporary, new byte[1_000_000]);
        fetch(file);
        expect(TransferNews.Saved.class);
        assertThat(Files.readAllBytes(target())).isEqualTo(plaintext);
    }

    @Test
    void aLinkInTheWayIsNotFollowed() throws Exception {
        Body.File file = sent();
        Path victim = directory.resolve("victim");
        Files.writeString(victim, "mine");
        Files.createSymbolicLink(directory.resolve("." + file.file().hex() + ".part"), victim);
        fetch(file);
        assertThat(expect(TransferNews.Failed.class).reason()).contains("cannot be written");
        assertThat(victim).hasContent("mine");
    }

    @Test
    void whatIsThereIsNotReplaced() throws Exception {
        Body.File file = sent();
        Files.writeString(target(), "mine");
        fetch(file);
        assertThat(expect(TransferNews.Failed.class).reason()).contains("exists already");
        assertThat(target()).hasContent("mine");
        transfers.fetch(new Download(3, file, target(), true));
        expect(TransferNews.Saved.class);
        assertThat(Files.readAllBytes(target())).isEqualTo(plaintext);
    }

    @Test
    void saysThatTheRelayHasItNoMore() throws Exception {
        Body.File file = sent();
        transfers.send(upload);
        expect(TransferNews.Uploaded.class);
        relay.accept(new Frame.DeleteFile(1, file.file()));
        fetch(file);
        assertThat(expect(TransferNews.Failed.class).reason()).contains("does not have the file any more");
        assertThat(temporaries()).isEmpty();
    }

    @Test
    void whatIsGivenUpLeavesNothing() throws Exception {
        relay.loseAfter(4, () -> transfers.offline());
        transfers.send(upload);
        expect(TransferNews.Progress.class);
        relay.keepConnection();
        relay.answerTo(frame -> {});
        transfers.cancel(1);
        transfers.send(new Upload(5, BETWEEN, Optional.of(BOB), upload.path(), "", Optional.empty()));
        online(transfers);
        Body.File file = expect(TransferNews.Uploaded.class).file();
        assertThat(relay.heard(Frame.DeleteFile.class)).hasSize(1);

        relay.loseAfter(2, () -> transfers.offline());
        fetch(file);
        expect(TransferNews.Progress.class);
        transfers.cancel(2);
        transfers.fetch(new Download(6, file, directory.resolve("nowhere/x"), false));
        expectTheOtherToFail();
        assertThat(temporaries()).isEmpty();
    }

    private void expectTheOtherToFail() throws InterruptedException {
        TransferNews next = news.poll(20, TimeUnit.SECONDS);
        while (!(next instanceof TransferNews.Failed)) {
            assertThat(next).as("the other goes on").isNotNull();
            next = news.poll(20, TimeUnit.SECONDS);
        }
        assertThat(next.id()).isEqualTo(6);
    }

    /// A relay that says more than it was asked is not listened to.
    @Test
    void boundsWhatWaits() {
        Transfers notStarted = new Transfers(relay, news::add, new SecureRandom());
        for (int i = 0; i < 128; i++) {
            assertThat(notStarted.heard(new Frame.FileDeleted(7))).isTrue();
        }
        assertThat(notStarted.heard(new Frame.FileDeleted(7))).isFalse();
    }

    @Test
    void saysNothingOfKeys() {
        assertThat(upload.toString()).doesNotContain("as promised");
    }
}
