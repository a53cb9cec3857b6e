package org.chancery.pki.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.testing.TestKeys;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FileSealTest {
    private static final int MIB = 1 << 20;

    private final Room room = new Room();

    @TempDir
    private Path directory;

    @Test
    void fileOfTwentyMebibytesComesBackWhole() throws Exception {
        byte[] content = octets(20 * MIB);

        Path sealed = seal(room.alice, content, room.bob);
        ValidatedPath signer = open(sealed);

        assertThat(signer.leaf()).isEqualTo(room.alice.chain().leaf());
        assertThat(Files.readAllBytes(opened())).isEqualTo(content);
    }

    @Test
    void emptyFileComesBackEmpty() throws Exception {
        open(seal(room.alice, new byte[0], room.bob));

        assertThat(opened()).isEmptyFile();
    }

    @Test
    void lengthsAcrossEveryChangeOfDerLengthOctetsComeBack() throws Exception {
        for (int length : new int[] {1, 15, 16, 127, 128, 255, 256, 65_535, 65_536}) {
            byte[] content = octets(length);
            open(seal(room.alice, content, room.bob));
            assertThat(opened()).as("%d octets", length).hasBinaryContent(content);
        }
    }

    @Test
    void openedFileIsForItsOwnerAlone() throws Exception {
        open(seal(room.alice, octets(10), room.bob));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(opened())))
                .isEqualTo("rw-------");
    }

    @Test
    void everyRecipientOpensAndNobodyElse() throws Exception {
        Path sealed = seal(room.alice, octets(10), room.bob, room.alice);

        opener(room.alice, trust()).open(sealed, opened(), true);
        opener(room.bob, trust()).open(sealed, opened(), true);

        assertRefused(EnvelopeFailure.NOT_ADDRESSED, room.carol, trust(), sealed);
    }

    /// Versions and algorithm identifiers lie outside the tag, and some of their spellings mean the same; whatever is
    /// altered, no other content comes out.
    @Test
    void alteredOctetNeverGivesOtherContent() throws Exception {
        byte[] content = octets(40);
        byte[] sealed = Files.readAllBytes(seal(room.alice, content, room.bob));
        Path altered = directory.resolve("altered.cms");
        FileOpener opener = opener(room.bob, trust());
        int refused = 0;
        // Every single one would cost too much RSA; this stride meets every structure.
        for (int i = 0; i < sealed.length; i += 11) {
            sealed[i] ^= 1;
            Files.write(altered, sealed);
            sealed[i] ^= 1;
            Files.deleteIfExists(opened());
            EnvelopeException refusal =
                    catchThrowableOfType(EnvelopeException.class, () -> opener.open(altered, opened(), true));
            if (refusal == null) {
                assertThat(opened()).as("octet %d altered", i).hasBinaryContent(content);
            } else {
                refused++;
                assertThat(opened()).as("octet %d altered", i).doesNotExist();
            }
        }
        assertThat(refused).isGreaterThan(sealed.length / 11 * 95 / 100);
        assertNoTemporaryFile();
    }

    @Test
    void truncatedFileLeavesNoFile() throws Exception {
        byte[] sealed = Files.readAllBytes(seal(room.alice, octets(3 * MIB), room.bob));
        Path truncated = directory.resolve("truncated.cms");
        for (int length : new int[] {0, 1, 40, sealed.length / 2, sealed.length - 17, sealed.length - 1}) {
            Files.write(truncated, Arrays.copyOf(sealed, length));
            assertRefused(EnvelopeFailure.MALFORMED, room.bob, trust(), truncated);
        }
        assertNoTemporaryFile();
    }

    @Test
    void octetsAfterTheEndAreMalformed() throws Exception {
        Path sealed = seal(room.alice, octets(10), room.bob);
        byte[] longer = Arrays.copyOf(Files.readAllBytes(sealed), (int) Files.size(sealed) + 1);
        longer[longer.length - 1] = 1;
        Files.write(sealed, longer);

        assertRefused(EnvelopeFailure.MALFORMED, room.bob, trust(), sealed);
    }

    @Test
    void alteredCiphertextIsToldByTheTag() throws Exception {
        Path sealed = seal(room.alice, octets(MIB), room.bob);
        byte[] altered = Files.readAllBytes(sealed);
        altered[altered.length / 2] ^= 1;
        Files.write(sealed, altered);

        assertRefused(EnvelopeFailure.DECRYPTION_FAILED, room.bob, trust(), sealed);
    }

    @Test
    void signerOtherThanExpectedIsUnknown() throws Exception {
        Path sealed = seal(room.alice, octets(10), room.bob);
        FileTrust fromCarol = trust(room.carol.chain().leaf());

        assertRefused(EnvelopeFailure.SIGNER_UNKNOWN, room.bob, fromCarol, sealed);
    }

    @Test
    void signerAsExpectedIsAccepted() throws Exception {
        Path sealed = seal(room.alice, octets(10), room.bob);

        opener(room.bob, trust(room.alice.chain().leaf())).open(sealed, opened(), false);

        assertThat(opened()).exists();
    }

    @Test
    void signerOfAnotherAuthorityIsRefused() throws Exception {
        Path sealed = seal(room.pki.issuedBySomeoneElse("alice@lab.example"), octets(10), room.bob);

        assertRefused(EnvelopeFailure.SIGNER_REFUSED, room.bob, trust(), sealed);
    }

    @Test
    void revokedSignerIsRefused() throws Exception {
        Path sealed = seal(room.alice, octets(10), room.bob);
        Revocation revocation =
                new Revocation.Required(room.pki.revoke(room.alice.chain().leaf()), Duration.ZERO);
        FileTrust trust = new FileTrust(new PathValidator(room.pki.trustAnchors()), revocation, Room.NOW, List.of());

        assertRefused(EnvelopeFailure.SIGNER_REFUSED, room.bob, trust, sealed);
    }

    @Test
    void ecRecipientIsNamed() {
        Identity dora = room.pki.client("dora@lab.example", TestKeys.ec("dora"));

        EnvelopeException refusal =
                catchThrowableOfType(EnvelopeException.class, () -> seal(room.alice, octets(10), dora));

        assertThat(refusal.failure()).isEqualTo(EnvelopeFailure.RECIPIENT_KEY_UNSUPPORTED);
        assertThat(refusal).hasMessageContaining("dora@lab.example");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void ecSignerIsAccepted() throws Exception {
        Identity dora = room.pki.client("dora@lab.example", TestKeys.ec("dora"));

        assertThat(open(seal(dora, octets(10), room.bob)).leaf())
                .isEqualTo(dora.chain().leaf());
    }

    @Test
    void inputThatBreaksOffLeavesNoFile() {
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("the disk is gone");
            }

            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return read();
            }
        };

        assertThatThrownBy(() -> new FileSealer(Room.RANDOM)
                        .seal(
                                room.alice,
                                Room.NOW,
                                List.of(room.bob.chain().leaf()),
                                broken,
                                directory.resolve("sealed.cms"),
                                false))
                .isInstanceOf(IOException.class);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void existingFileStandsUnlessToBeOverwritten() throws Exception {
        Path sealed = seal(room.alice, octets(10), room.bob);
        Files.writeString(opened(), "mine");

        assertThatThrownBy(() -> opener(room.bob, trust()).open(sealed, opened(), false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(opened()).hasContent("mine");
    }

    @Test
    void missingFileIsTheWorldsFailure() {
        assertThatThrownBy(() -> opener(room.bob, trust()).open(directory.resolve("none"), opened(), false))
                .isInstanceOf(IOException.class);
    }

    @Test
    void deepNestingIsMalformedAndNoCrash() throws Exception {
        byte[] nested = new byte[2 * MIB];
        for (int i = 0; i < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        Path file = directory.resolve("nested.cms");
        Files.write(file, nested);

        assertRefused(EnvelopeFailure.MALFORMED, room.bob, trust(), file);
    }

    private Path seal(Identity signer, byte[] content, Identity... to) throws Exception {
        Path sealed = directory.resolve("sealed.cms");
        List<X509Certificate> recipients =
                Stream.of(to).map(recipient -> recipient.chain().leaf()).toList();
        new FileSealer(Room.RANDOM).seal(signer, Room.NOW, recipients, new ByteArrayInputStream(content), sealed, true);
        return sealed;
    }

    private ValidatedPath open(Path sealed) throws Exception {
        return opener(room.bob, trust()).open(sealed, opened(), true);
    }

    private static FileOpener opener(Identity recipient, FileTrust trust) {
        return new FileOpener(recipient.key(), recipient.chain().leaf(), trust);
    }

    private FileTrust trust(X509Certificate... from) {
        return new FileTrust(
                new PathValidator(room.pki.trustAnchors()), new Revocation.NotChecked(), Room.NOW, List.of(from));
    }

    private void assertRefused(EnvelopeFailure failure, Identity recipient, FileTrust trust, Path sealed)
            throws IOException {
        Files.deleteIfExists(opened());
        EnvelopeException refusal = catchThrowableOfType(
                EnvelopeException.class, () -> opener(recipient, trust).open(sealed, opened(), true));
        assertThat(refusal).as("nothing was refused").isNotNull();
        assertThat(refusal.failure()).isEqualTo(failure);
        assertThat(opened()).doesNotExist();
    }

    private void assertNoTemporaryFile() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".tmp"));
        }
    }

    private Path opened() {
        return directory.resolve("opened");
    }

    private static byte[] octets(int length) {
        byte[] octets = new byte[length];
        new Random(length).nextBytes(octets);
        return octets;
    }
}
