package org.chancery.ca.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveTest {
    @TempDir
    Path directory;

    private Path archive;
    private Path unpacked;

    @BeforeEach
    void haveRoom() throws IOException {
        archive = directory.resolve("one.backup");
        unpacked = Files.createDirectory(directory.resolve("unpacked"));
    }

    @Test
    void givesBackWhatItTook() throws Exception {
        Path ledger = Files.writeString(directory.resolve("a"), "the ledger");
        Path crl = Files.writeString(directory.resolve("b"), "a list");
        Archive.write(archive, Map.of("ledger.db", ledger, "crl/root-2.pem", crl));
        Archive.unpack(archive, unpacked);

        assertThat(unpacked.resolve("ledger.db")).hasContent("the ledger");
        assertThat(unpacked.resolve("crl/root-2.pem")).hasContent("a list");
        assertThat(unpacked.resolve("SHA256SUMS")).doesNotExist();
        assertThat(mode(archive)).isEqualTo("rw-------");
        assertThat(mode(unpacked.resolve("ledger.db"))).isEqualTo("rw-------");
        assertThat(mode(unpacked.resolve("crl/root-2.pem"))).isEqualTo("rw-r--r--");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../evil.pem",
                "/etc/cron.d/evil",
                "crl/../../root.pem",
                "root.pem/",
                "crl\\root.pem",
                "root-0.pem",
                "issuing.key",
                "ledger.db-wal"
            })
    void unpacksNoOtherName(String name) throws Exception {
        zip(name, "evil".getBytes(StandardCharsets.UTF_8));

        assertRefused(BackupFailure.MALFORMED);
        assertThat(unpacked).isEmptyDirectory();
    }

    @Test
    void doesNotExpandABomb() throws Exception {
        zip("ledger.db", new byte[4 * 1024 * 1024]);

        assertRefused(BackupFailure.TOO_LARGE);
    }

    @Test
    void noticesWhatWasChanged() throws Exception {
        Archive.write(archive, Map.of("root.pem", Files.writeString(directory.resolve("a"), "the root")));
        Path other = directory.resolve("other");
        try (OutputStream out = Files.newOutputStream(other);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, "root.pem", "another root".getBytes(StandardCharsets.UTF_8));
            entry(zip, "SHA256SUMS", ("0".repeat(64) + "  root.pem\n").getBytes(StandardCharsets.UTF_8));
        }
        archive = other;

        assertRefused(BackupFailure.DAMAGED);
    }

    @Test
    void isNothingWithoutItsSums() throws Exception {
        zip("root.pem", "the root".getBytes(StandardCharsets.UTF_8));

        assertRefused(BackupFailure.MALFORMED);
    }

    @Test
    void isNothingWhenCutOff() throws Exception {
        Archive.write(archive, Map.of("root.pem", Files.writeString(directory.resolve("a"), "the root".repeat(99))));
        byte[] whole = Files.readAllBytes(archive);
        for (int length = 0; length < whole.length / 2; length += 7) {
            Path cut = Files.write(directory.resolve("cut"), java.util.Arrays.copyOf(whole, length));
            Path into = Files.createDirectory(directory.resolve("into" + length));

            assertThatExceptionOfType(BackupException.class)
                    .isThrownBy(() -> Archive.unpack(cut, into))
                    .satisfies(e -> assertThat(e.failure()).isEqualTo(BackupFailure.MALFORMED));
        }
    }

    @Test
    void isNothingWhenItsSumsAreNoText() throws Exception {
        zip("SHA256SUMS", new byte[] {(byte) 0xff});

        assertRefused(BackupFailure.MALFORMED);
    }

    private void assertRefused(BackupFailure failure) {
        assertThatExceptionOfType(BackupException.class)
                .isThrownBy(() -> Archive.unpack(archive, unpacked))
                .satisfies(e -> assertThat(e.failure()).isEqualTo(failure));
    }

    private void zip(String name, byte[] content) throws IOException {
        try (OutputStream out = Files.newOutputStream(archive);
                ZipOutputStream zip = new ZipOutputStream(out)) {
            entry(zip, name, content);
        }
    }

    private static void entry(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content);
        zip.closeEntry();
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
