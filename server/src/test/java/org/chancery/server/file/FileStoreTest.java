package org.chancery.server.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.name.Address;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.server.config.FileBounds;
import org.chancery.server.config.Rate;
import org.chancery.server.config.StorageBounds;
import org.chancery.server.metrics.Metrics;
import org.chancery.server.testing.MovableClock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileStoreTest {
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");
    private static final Address ALICE = new Address("alice@lab.example");
    private static final Address BOB = new Address("bob@lab.example");
    private static final ConversationId BETWEEN = ConversationId.direct(ALICE, BOB);
    private static final FileId FILE = id(1);
    private static final int MIB = 1 << 20;
    private static final FileBounds FILES = new FileBounds(Duration.ofDays(7), 3, new Rate(50, 200));
    private static final StorageBounds STORAGE =
            new StorageBounds(Duration.ofDays(1), Duration.ofDays(30), 16L * MIB, 0);

    @TempDir
    Path directory;

    private final MovableClock clock = new MovableClock(NOW);
    private final Object writer = new Object();
    private FileStore store;

    @BeforeEach
    void open() throws IOException {
        store = open(STORAGE);
    }

    private FileStore open(StorageBounds storage) throws IOException {
        return FileStore.open(directory.resolve("files"), FILES, storage, clock, new Metrics());
    }

    @Test
    void keepsAFileThatCameWhole() throws IOException {
        byte[] octets = octets(3 * MIB + 5);
        upload(FILE, ALICE, octets);

        assertThat(store.conversationOf(FILE)).contains(BETWEEN);
        assertThat(store.length(FILE)).isEqualTo(octets.length);
        assertThat(read(store, octets.length)).isEqualTo(octets);
        assertThat(read(open(STORAGE), octets.length)).as("after a restart").isEqualTo(octets);
        assertThat(stored())
                .singleElement()
                .satisfies(file -> assertThat(Files.getPosixFilePermissions(file))
                        .isEqualTo(PosixFilePermissions.fromString("rw-------")));
    }

    @Test
    @Defends(Threat.HALF_A_FILE)
    void isNotThereBeforeItIsWhole() throws IOException {
        begin(FILE, ALICE, 100);
        store.write(FILE, writer, 0, ByteBuffer.wrap(new byte[99]));

        assertThat(store.conversationOf(FILE)).isEmpty();
        assertThat(store.read(FILE, 0, 10)).isEmpty();
        assertThat(store.length(FILE)).isZero();
    }

    /// Whatever was cut, and however often: it goes on where the store says.
    @Test
    void goesOnFromWhereverItWasCut() throws IOException {
        Random random = new Random(11);
        byte[] octets = octets(6 * MIB + 77);
        int cuts = 0;
        long at = committed(begin(FILE, ALICE, octets.length));
        while (at < octets.length) {
            int sent = random.nextInt(20);
            long next = at;
            for (int i = 0; i < sent && next < octets.length; i++) {
                int count = (int) Math.min(1 + random.nextInt(256 << 10), octets.length - next);
                FileVerdict verdict = store.write(FILE, writer, next, part(octets, next, count));
                assertThat(verdict).isNotInstanceOf(FileVerdict.Refused.class);
                next += count;
            }
            if (random.nextBoolean()) {
                store = open(STORAGE); // as after kill -9
            }
            at = committed(begin(FILE, ALICE, octets.length));
            assertThat(at).isLessThanOrEqualTo(next);
            cuts++;
        }
        assertThat(cuts).isGreaterThan(2);
        assertThat(read(store, octets.length)).isEqualTo(octets);
    }

    @Test
    void refusesOctetsThatDoNotJoinOn() throws IOException {
        begin(FILE, ALICE, 100);
        assertRefused(ProtocolError.OFFSET_MISMATCH, store.write(FILE, writer, 1, ByteBuffer.wrap(new byte[10])));
        store.write(FILE, writer, 0, ByteBuffer.wrap(new byte[10]));
        assertRefused(ProtocolError.OFFSET_MISMATCH, store.write(FILE, writer, 0, ByteBuffer.wrap(new byte[10])));
        assertRefused(ProtocolError.OFFSET_MISMATCH, store.write(FILE, writer, 10, ByteBuffer.wrap(new byte[91])));
    }

    /// A connection that nobody hears of any more writes nothing in between.
    @Test
    void onlyTheLastWhoBeganWrites() throws IOException {
        begin(FILE, ALICE, 100);
        Object newer = new Object();
        store.begin(wanted(FILE, ALICE, 100), 0, newer);

        assertRefused(ProtocolError.OFFSET_MISMATCH, store.write(FILE, writer, 0, ByteBuffer.wrap(new byte[10])));
        assertThat(store.write(FILE, newer, 0, ByteBuffer.wrap(new byte[10]))).isEqualTo(new FileVerdict.Written());
    }

    @Test
    void givesNoIdToTwoFiles() throws IOException {
        begin(FILE, ALICE, 100);
        assertRefused(ProtocolError.NOT_ALLOWED, begin(FILE, BOB, 100));
        assertRefused(ProtocolError.NOT_ALLOWED, begin(FILE, ALICE, 101));
    }

    @Test
    void answersARetryOfAWholeFileWithItsEnd() throws IOException {
        upload(FILE, ALICE, octets(100));
        assertThat(begin(FILE, ALICE, 100)).isEqualTo(new FileVerdict.Committed(100));
        assertThat(read(store, 100)).isEqualTo(octets(100));
    }

    @Test
    void holdsFilesAndLettersAgainstOneBound() throws IOException {
        begin(FILE, ALICE, 10L * MIB);
        assertThat(store.octetsOf(ALICE)).isBetween(10L * MIB, 10L * MIB + 1024);
        assertRefused(ProtocolError.QUOTA_EXCEEDED, store.begin(wanted(id(2), ALICE, 4L * MIB), 3L * MIB, writer));
        assertThat(store.begin(wanted(id(2), ALICE, 4L * MIB), MIB, writer)).isEqualTo(new FileVerdict.Committed(0));
        assertThat(begin(id(3), BOB, 10L * MIB)).isEqualTo(new FileVerdict.Committed(0));
        assertThat(store.octetsOf(BOB)).isBetween(10L * MIB, 10L * MIB + 1024);
    }

    @Test
    void boundsTheFilesOfAnAddress() throws IOException {
        for (int i = 1; i <= 3; i++) {
            begin(id(i), ALICE, 100);
        }
        assertRefused(ProtocolError.QUOTA_EXCEEDED, begin(id(4), ALICE, 100));
        assertThat(store.delete(id(1), ALICE)).isEmpty();
        assertThat(begin(id(4), ALICE, 100)).isEqualTo(new FileVerdict.Committed(0));
    }

    /// What others have announced is as good as written.
    @Test
    void leavesTheDisksReserve() throws IOException {
        long free = Files.getFileStore(directory).getUsableSpace();
        store = open(new StorageBounds(Duration.ofDays(1), Duration.ofDays(30), 1L << 40, free - 600L * MIB));
        begin(FILE, ALICE, 400L * MIB);
        assertRefused(ProtocolError.OUT_OF_SPACE, begin(id(2), BOB, 400L * MIB));
    }

    @Test
    void filesExpire() throws IOException {
        upload(FILE, ALICE, octets(100));
        clock.moveTo(NOW.plus(Duration.ofDays(7)).minusSeconds(1));
        store.retire(clock.instant());
        assertThat(store.length(FILE)).isEqualTo(100);
        clock.moveTo(NOW.plus(Duration.ofDays(7)));
        store.retire(clock.instant());

        assertThat(store.read(FILE, 0, 10)).isEmpty();
        assertThat(store.octetsOf(ALICE)).isZero();
        assertThat(stored()).isEmpty();
    }

    @Test
    void unfinishedOnesExpireSooner() throws IOException {
        begin(FILE, ALICE, 3L * MIB);
        clock.moveTo(NOW.plus(Duration.ofHours(20)));
        store.write(FILE, writer, 0, ByteBuffer.wrap(new byte[MIB]));
        clock.moveTo(NOW.plus(Duration.ofHours(43)));
        store.retire(clock.instant());
        assertThat(begin(FILE, ALICE, 3L * MIB)).isEqualTo(new FileVerdict.Committed(MIB));
        clock.moveTo(NOW.plus(Duration.ofHours(44)));
        store.retire(clock.instant());
        assertThat(stored()).isEmpty();
        assertRefused(ProtocolError.NO_SUCH_FILE, store.write(FILE, writer, MIB, ByteBuffer.wrap(new byte[10])));
    }

    @Test
    void onlyTheSenderDeletes() throws IOException {
        upload(FILE, ALICE, octets(100));
        assertThat(store.delete(FILE, BOB))
                .hasValueSatisfying(refused -> assertThat(refused.error()).isEqualTo(ProtocolError.NOT_AUTHORISED));
        assertThat(store.delete(FILE, ALICE)).isEmpty();
        assertThat(store.read(FILE, 0, 10)).isEmpty();
        assertThat(open(STORAGE).read(FILE, 0, 10)).as("after a restart").isEmpty();
        assertThat(store.delete(FILE, ALICE))
                .hasValueSatisfying(refused -> assertThat(refused.error()).isEqualTo(ProtocolError.NO_SUCH_FILE));
    }

    /// The rename is all that was missing.
    @Test
    void finishesWhatWasKilledBeforeItsName() throws IOException {
        upload(FILE, ALICE, octets(100));
        Path whole = stored().getFirst();
        Files.move(whole, whole.resolveSibling(FILE.hex() + ".part"));
        assertThat(read(open(STORAGE), 100)).isEqualTo(octets(100));
    }

    @Test
    @Defends(Threat.HALF_A_FILE)
    void servesNoFileThatIsDamaged() throws IOException {
        upload(FILE, ALICE, octets(100));
        Path whole = stored().getFirst();
        byte[] good = Files.readAllBytes(whole);

        Files.write(whole, Arrays.copyOf(good, good.length - 1));
        assertThat(open(STORAGE).length(FILE)).as("its end is lost").isZero();
        for (int at : new int[] {0, 20, 60, 70, 481, 496, 499}) {
            Files.write(whole, good);
            try (RandomAccessFile file = new RandomAccessFile(whole.toFile(), "rw")) {
                file.seek(at);
                file.write(good[at] + 1);
            }
            assertThat(open(STORAGE).length(FILE)).as("octet " + at).isZero();
        }
        Files.write(whole, good);
        assertThat(open(STORAGE).length(FILE)).isEqualTo(100);
    }

    private static ByteBuffer part(byte[] octets, long offset, int count) {
        return ByteBuffer.wrap(octets, (int) offset, count).slice();
    }

    private static FileStore.Wanted wanted(FileId id, Address from, long length) {
        return new FileStore.Wanted(id, BETWEEN, from, length);
    }

    private FileVerdict begin(FileId id, Address from, long length) throws IOException {
        return store.begin(wanted(id, from, length), 0, writer);
    }

    private void upload(FileId id, Address from, byte[] octets) throws IOException {
        begin(id, from, octets.length);
        FileVerdict last = new FileVerdict.Written();
        for (int at = 0; at < octets.length; at += MIB / 4) {
            last = store.write(id, writer, at, part(octets, at, Math.min(MIB / 4, octets.length - at)));
        }
        assertThat(last).isEqualTo(new FileVerdict.Committed(octets.length));
    }

    private static long committed(FileVerdict verdict) {
        assertThat(verdict).isInstanceOf(FileVerdict.Committed.class);
        return ((FileVerdict.Committed) verdict).offset();
    }

    private static byte[] read(FileStore from, int length) throws IOException {
        ByteBuffer all = ByteBuffer.allocate(length);
        while (all.hasRemaining()) {
            all.put(from.read(FILE, all.position(), 65_000).orElseThrow());
        }
        return all.array();
    }

    private List<Path> stored() throws IOException {
        try (Stream<Path> files = Files.list(directory.resolve("files"))) {
            return files.toList();
        }
    }

    private static void assertRefused(ProtocolError error, FileVerdict verdict) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        FileVerdict.Refused.class,
                        refused -> assertThat(refused.error()).isEqualTo(error));
    }

    private static FileId id(int value) {
        byte[] octets = new byte[FileId.BYTES];
        Arrays.fill(octets, (byte) value);
        return FileId.ofBytes(octets);
    }

    private static byte[] octets(int count) {
        byte[] octets = new byte[count];
        new Random(count).nextBytes(octets);
        return octets;
    }
}
