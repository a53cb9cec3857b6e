package org.chancery.pki.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
    private static final byte[] OLD = {1, 2, 3};
    private static final byte[] NEW = {4, 5};

    @TempDir
    private Path directory;

    @Test
    @Defends(Threat.KEY_FILE_READ_BY_OTHERS)
    void createsPrivateFileReadableByOwnerOnly() throws IOException {
        Path file = directory.resolve("key.p12");
        AtomicFile.write(file, NEW, Access.PRIVATE, false);
        assertThat(mode(file)).isEqualTo("rw-------");
        assertThat(file).hasBinaryContent(NEW);
    }

    @Test
    void hasItsFinalModeBeforeItsFirstOctet() throws IOException {
        AtomicFile.write(directory.resolve("key.p12"), Access.PRIVATE, false, out -> {
            assertThat(names()).hasSize(1);
            assertThat(mode(directory.resolve(names().getFirst()))).isEqualTo("rw-------");
            out.write(NEW);
        });
    }

    @Test
    void createsPublicFileReadableByAll() throws IOException {
        Path file = directory.resolve("root.pem");
        AtomicFile.write(file, NEW, Access.PUBLIC, false);
        assertThat(mode(file)).startsWith("rw-").doesNotContain("x");
    }

    @Test
    void neverReplacesWithoutOverwrite() throws IOException {
        Path file = Files.write(directory.resolve("key.p12"), OLD);
        assertThatThrownBy(() -> AtomicFile.write(file, NEW, Access.PRIVATE, false))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasBinaryContent(OLD);
        assertThat(names()).containsExactly("key.p12");
    }

    @Test
    void neverReplacesWhatAppearsMeanwhile() throws IOException {
        Path file = directory.resolve("key.p12");
        assertThatThrownBy(() -> AtomicFile.write(file, Access.PRIVATE, false, out -> Files.write(file, OLD)))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(file).hasBinaryContent(OLD);
    }

    @Test
    void letsOneOfManyWritersWin() throws Exception {
        Path file = directory.resolve("key.p12");
        int writers = 8;
        CyclicBarrier together = new CyclicBarrier(writers);
        List<Callable<Boolean>> attempts = IntStream.range(0, writers)
                .mapToObj(i -> (Callable<Boolean>) () -> {
                    together.await();
                    try {
                        AtomicFile.write(file, new byte[] {(byte) i}, Access.PRIVATE, false);
                        return true;
                    } catch (FileAlreadyExistsException e) {
                        return false;
                    }
                })
                .toList();
        try (var threads = Executors.newFixedThreadPool(writers)) {
            assertThat(threads.invokeAll(attempts).stream()
                            .filter(AtomicFileTest::succeeded)
                            .count())
                    .isOne();
        }
        assertThat(names()).containsExactly("key.p12");
    }

    @Test
    void replacesWithOverwriteAndNarrowsTheMode() throws IOException {
        Path file = Files.write(directory.resolve("key.p12"), OLD);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
        AtomicFile.write(file, NEW, Access.PRIVATE, true);
        assertThat(file).hasBinaryContent(NEW);
        assertThat(mode(file)).isEqualTo("rw-------");
    }

    @Test
    void replacesSymbolicLinkItselfAndNotItsTarget() throws IOException {
        Path other = Files.write(directory.resolve("other"), OLD);
        Path link = Files.createSymbolicLink(directory.resolve("key.p12"), other);
        AtomicFile.write(link, NEW, Access.PRIVATE, true);
        assertThat(other).hasBinaryContent(OLD);
        assertThat(link).isRegularFile().hasBinaryContent(NEW);
        assertThat(Files.isSymbolicLink(link)).isFalse();
    }

    @Test
    void leavesTheOldFileAndNothingElseWhenContentFails() throws IOException {
        Path file = Files.write(directory.resolve("opened"), OLD);
        assertThatThrownBy(() -> AtomicFile.write(file, Access.PRIVATE, true, out -> {
                    out.write(NEW);
                    throw new IllegalStateException("tag");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(file).hasBinaryContent(OLD);
        assertThat(names()).containsExactly("opened");
    }

    @Test
    void namesTheMissingDirectory() {
        assertThatThrownBy(() -> AtomicFile.write(directory.resolve("none/key.p12"), NEW, Access.PRIVATE, false))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage(directory.resolve("none").toString());
    }

    @Test
    void tellsOfTheFileAndNotOfItsTemporaryName() {
        Path file = directory.resolve("n".repeat(256));
        assertThatThrownBy(() -> AtomicFile.write(file, NEW, Access.PRIVATE, false))
                .isInstanceOfSatisfying(
                        FileSystemException.class, e -> assertThat(e.getFile()).isEqualTo(file.toString()))
                .hasMessageNotContaining(".tmp");
    }

    @Test
    void writesUnderTheLongestNameThereIs() throws IOException {
        Path file = directory.resolve("n".repeat(255));
        AtomicFile.write(file, NEW, Access.PRIVATE, false);
        assertThat(file).hasBinaryContent(NEW);
    }

    private static boolean succeeded(Future<Boolean> attempt) {
        try {
            return attempt.get();
        } catch (ExecutionException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(Path::getFileName).map(Path::toString).toList();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
