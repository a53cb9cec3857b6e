package org.chancery.pki.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.FileId;
import org.chancery.pki.envelope.FileKey;
import org.chancery.pki.envelope.FileShape;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SealedFileTest {
    private static final int CHUNK = FileShape.USUAL_CHUNK_BYTES;
    private static final int SEALED_CHUNK = CHUNK + 16;
    private static final FileKey KEY = FileKey.ofBytes(filled(32, 7));
    private static final FileId ID = FileId.ofBytes(filled(16, 9));

    @TempDir
    Path directory;

    private byte[] plaintext;
    private MeasuredFile measured;
    private byte[] sealed;

    /// Two whole chunks and a short one.
    @BeforeEach
    void seal() throws Exception {
        plaintext = octets(2 * CHUNK + 1000);
        sealed = sealed(plaintext, KEY, ID);
        measured = measured(plaintext);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK})
    void whatIsSealedOpens(int length) throws Exception {
        byte[] octets = octets(length);
        FileShape shape = FileShape.of(length);

        byte[] file = sealed(octets, KEY, ID);

        assertThat(file).hasSize((int) shape.sealedLength());
        assertThat(opened(file, shape, Digest.over(octets))).isEqualTo(octets);
    }

    @Test
    void layoutIsAsDrawn() throws Exception {
        assertThat(Arrays.copyOfRange(sealed, SEALED_CHUNK, 2 * SEALED_CHUNK))
                .isEqualTo(raw(Arrays.copyOfRange(plaintext, CHUNK, 2 * CHUNK), 1, 0));
        assertThat(Arrays.copyOfRange(sealed, 2 * SEALED_CHUNK, sealed.length))
                .isEqualTo(raw(Arrays.copyOfRange(plaintext, 2 * CHUNK, plaintext.length), 2, 1));
    }

    /// Made by another program.
    @Test
    void sealsAsTheProtocolsPageSays() throws Exception {
        byte[] file = sealed("hello".getBytes(StandardCharsets.US_ASCII), KEY, ID);
        assertThat(Files.readAllLines(Path.of("..", "docs", "protocol-bytes.md")))
                .contains(HexFormat.of().formatHex(file));
    }

    @Test
    void isReadFromAnyOctet() throws Exception {
        Random random = new Random(5);
        try (FileChannel file = file(plaintext)) {
            SealedFile reader = new SealedFile(file, measured, ID, KEY);
            for (int i = 0; i < 200; i++) {
                int from = random.nextInt(sealed.length + 1);
                int count = random.nextInt(2 * SEALED_CHUNK);
                assertThat(reader.read(from, count))
                        .isEqualTo(Arrays.copyOfRange(sealed, from, Math.min(sealed.length, from + count)));
            }
        }
    }

    @Test
    void opensInWhateverPiecesItComes() throws Exception {
        Random random = new Random(6);
        var out = new ByteArrayOutputStream();
        OpenedFile opener = opener(out);
        for (int at = 0; at < sealed.length; ) {
            int count = Math.min(random.nextInt(70_000), sealed.length - at);
            assertThat(opener.offset()).isEqualTo(at);
            opener.take(Arrays.copyOfRange(sealed, at, at + count));
            at += count;
        }
        opener.finish();
        assertThat(out.toByteArray()).isEqualTo(plaintext);
    }

    @Test
    void goesOnFromWhatAnEarlierAttemptHasWritten() throws Exception {
        var out = new ByteArrayOutputStream();
        OpenedFile opener = opener(out);
        opener.resume(Arrays.copyOf(plaintext, CHUNK));
        assertThat(opener.offset()).isEqualTo(SEALED_CHUNK);
        opener.take(Arrays.copyOfRange(sealed, SEALED_CHUNK, sealed.length));
        opener.finish();
        assertThat(out.toByteArray()).isEqualTo(Arrays.copyOfRange(plaintext, CHUNK, plaintext.length));
    }

    @Test
    void refusesToGoOnFromSomethingElse() throws Exception {
        OpenedFile opener = opener(OutputStream.nullOutputStream());
        opener.resume(new byte[CHUNK]);
        opener.take(Arrays.copyOfRange(sealed, SEALED_CHUNK, sealed.length));
        assertRefused(FileSealFailure.DIGEST_MISMATCH, opener::finish);
    }

    @Test
    @Defends(Threat.FILE_BENT)
    void refusesOneThatEndsTooEarly() throws Exception {
        for (int length : new int[] {0, 1, SEALED_CHUNK - 1, SEALED_CHUNK, 2 * SEALED_CHUNK, sealed.length - 1}) {
            OpenedFile opener = opener(OutputStream.nullOutputStream());
            opener.take(Arrays.copyOf(sealed, length));
            assertRefused(FileSealFailure.TRUNCATED, opener::finish);
        }
    }

    /// The message would have to say that length, which is in the associated data; and so it is without it.
    @Test
    @Defends(Threat.FILE_BENT)
    void refusesAnEarlierChunkAsTheLast() throws Exception {
        FileShape shorter = FileShape.of(2L * CHUNK);
        byte[] cut = Arrays.copyOf(sealed, 2 * SEALED_CHUNK);
        assertRefused(
                FileSealFailure.CHUNK_FORGED,
                () -> opened(cut, shorter, Digest.over(Arrays.copyOf(plaintext, 2 * CHUNK))));
        byte[] sameLength = raw(Arrays.copyOfRange(plaintext, 2 * CHUNK, plaintext.length), 2, 0);
        System.arraycopy(sameLength, 0, sealed, 2 * SEALED_CHUNK, sameLength.length);
        assertRefused(FileSealFailure.CHUNK_FORGED, () -> opened(sealed));
    }

    @Test
    @Defends(Threat.FILE_BENT)
    void refusesALastChunkInTheMiddle() throws Exception {
        byte[] last = raw(Arrays.copyOfRange(plaintext, CHUNK, 2 * CHUNK), 1, 1);
        System.arraycopy(last, 0, sealed, SEALED_CHUNK, last.length);
        assertRefused(FileSealFailure.CHUNK_FORGED, () -> opened(sealed));
    }

    @Test
    @Defends(Threat.FILE_BENT)
    void refusesOneThatGoesOn() {
        assertRefused(FileSealFailure.EXTENDED, () -> opened(Arrays.copyOf(sealed, sealed.length + 1)));
    }

    @Test
    @Defends(Threat.FILE_BENT)
    void refusesChunksInAnotherOrder() {
        byte[] first = Arrays.copyOf(sealed, SEALED_CHUNK);
        System.arraycopy(sealed, SEALED_CHUNK, sealed, 0, SEALED_CHUNK);
        System.arraycopy(first, 0, sealed, SEALED_CHUNK, SEALED_CHUNK);
        assertRefused(FileSealFailure.CHUNK_FORGED, () -> opened(sealed));
    }

    @Test
    @Defends(Threat.FILE_BENT)
    void refusesAChunkTwice() {
        System.arraycopy(sealed, 0, sealed, SEALED_CHUNK, SEALED_CHUNK);
        assertRefused(FileSealFailure.CHUNK_FORGED, () -> opened(sealed));
    }

    /// Of the same place, under the same key.
    @Test
    @Defends(Threat.FILE_BENT)
    void refusesAChunkOfAnotherFile() throws Exception {
        byte[] other = sealed(plaintext, KEY, FileId.ofBytes(filled(16, 10)));
        System.arraycopy(other, SEALED_CHUNK, sealed, SEALED_CHUNK, SEALED_CHUNK);
        assertRefused(FileSealFailure.CHUNK_FORGED, () -> opened(sealed));
    }

    @Test
    void refusesAnotherKey() throws Exception {
        byte[] other = sealed(plaintext, FileKey.ofBytes(filled(32, 8)), ID);
        assertRefused(FileSealFailure.CHUNK_FORGED, () -> opened(other));
    }

    @Test
    @Defends(Threat.FILE_BENT)
    void refusesAnyFlippedBit() {
        Random random = new Random(7);
        for (int i = 0; i < 60; i++) {
            byte[] altered = sealed.clone();
            altered[random.nextInt(altered.length)] ^= (byte) (1 << random.nextInt(8));
            assertRefused(FileSealFailure.CHUNK_FORGED, () -> opened(altered));
        }
    }

    /// Whoever knows the key can make chunks that open; the digest is under the message's signature.
    @Test
    @Defends(Threat.FILE_BENT)
    void refusesAnotherContentUnderTheSameKey() throws Exception {
        byte[] others = plaintext.clone();
        others[3]++;
        byte[] file = sealed(others, KEY, ID);
        assertRefused(FileSealFailure.DIGEST_MISMATCH, () -> opened(file));
    }

    @Test
    @Defends(Threat.TWO_CONTENTS_UNDER_A_KEY)
    void sealsNothingElseThanWhatWasMeasured() throws Exception {
        try (FileChannel file = file(plaintext)) {
            SealedFile reader = new SealedFile(file, measured, ID, KEY);
            reader.read(0, sealed.length);
            file.write(ByteBuffer.wrap(new byte[] {(byte) (plaintext[CHUNK + 5] + 1)}), CHUNK + 5);
            assertThat(reader.read(0, SEALED_CHUNK)).isEqualTo(Arrays.copyOf(sealed, SEALED_CHUNK));
            assertRefused(FileSealFailure.FILE_CHANGED, () -> reader.read(SEALED_CHUNK, 1));
            file.truncate(CHUNK - 1);
            assertRefused(FileSealFailure.FILE_CHANGED, () -> reader.read(2 * SEALED_CHUNK, 1));
        }
    }

    @Test
    void refusesAFileThatIsTooLong() throws IOException {
        try (FileChannel file = file(new byte[0])) {
            file.write(ByteBuffer.wrap(new byte[1]), FileShape.MAX_LENGTH);
            assertRefused(FileSealFailure.TOO_LARGE, () -> MeasuredFile.of(file));
        }
    }

    @Test
    void saysNothingOfItsKey() {
        assertThat(FileKey.draw(new SecureRandom())).hasToString("FileKey");
    }

    private interface Act {
        void run() throws Exception;
    }

    private static void assertRefused(FileSealFailure expected, Act act) {
        assertThatExceptionOfType(FileSealException.class)
                .isThrownBy(act::run)
                .satisfies(e -> assertThat(e.failure()).isEqualTo(expected));
    }

    private OpenedFile opener(OutputStream out) {
        return new OpenedFile(KEY, ID, measured.shape(), measured.sha256(), out);
    }

    private byte[] opened(byte[] file) throws Exception {
        return opened(file, measured.shape(), measured.sha256());
    }

    private static byte[] opened(byte[] file, FileShape shape, Digest sha256) throws Exception {
        var out = new ByteArrayOutputStream();
        OpenedFile opener = new OpenedFile(KEY, ID, shape, sha256, out);
        opener.take(file);
        opener.finish();
        return out.toByteArray();
    }

    private MeasuredFile measured(byte[] octets) throws Exception {
        try (FileChannel file = file(octets)) {
            return MeasuredFile.of(file);
        }
    }

    private byte[] sealed(byte[] octets, FileKey key, FileId id) throws Exception {
        try (FileChannel file = file(octets)) {
            MeasuredFile of = MeasuredFile.of(file);
            return new SealedFile(file, of, id, key).read(0, (int) of.shape().sealedLength());
        }
    }

    private FileChannel file(byte[] octets) throws IOException {
        Path path = Files.createTempFile(directory, "plain", "");
        Files.write(path, octets);
        return FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    /// A chunk by the documented layout alone.
    private byte[] raw(byte[] chunk, int index, int last) throws GeneralSecurityException {
        byte[] nonce = new byte[12];
        ByteBuffer.wrap(nonce).putInt(7, index);
        nonce[11] = (byte) last;
        Cipher gcm = Cipher.getInstance("AES/GCM/NoPadding");
        gcm.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(KEY.exposedOctets(), "AES"), new GCMParameterSpec(128, nonce));
        gcm.updateAAD("chancery file v1\0".getBytes(StandardCharsets.US_ASCII));
        gcm.updateAAD(ID.bytes());
        gcm.updateAAD(
                ByteBuffer.allocate(12).putLong(plaintext.length).putInt(CHUNK).array());
        return gcm.doFinal(chunk);
    }

    private static byte[] octets(int count) {
        byte[] octets = new byte[count];
        new Random(count).nextBytes(octets);
        return octets;
    }

    private static byte[] filled(int count, int value) {
        byte[] octets = new byte[count];
        Arrays.fill(octets, (byte) value);
        return octets;
    }
}
