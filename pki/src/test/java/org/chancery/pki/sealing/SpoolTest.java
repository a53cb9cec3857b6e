package org.chancery.pki.sealing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.chancery.pki.cms.Cms;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpoolTest {
    @TempDir
    private Path directory;

    @Test
    void givesLengthDigestAndTheOctetsAgain() throws Exception {
        byte[] octets = "twice needed".repeat(20_000).getBytes(StandardCharsets.US_ASCII);

        try (Spool spool = spool(octets, octets.length);
                InputStream again = spool.open()) {
            assertThat(spool.length()).isEqualTo(octets.length);
            assertThat(spool.sha256()).isEqualTo(Cms.sha256(octets));
            assertThat(again.readAllBytes()).isEqualTo(octets);
        }
    }

    @Test
    void hasNoNameOnTheDisk() throws Exception {
        try (Spool spool = spool(new byte[100], 100)) {
            assertThat(spool.length()).isEqualTo(100);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void refusesOneOctetMoreThanAllowed() {
        EnvelopeException refusal = catchThrowableOfType(EnvelopeException.class, () -> spool(new byte[101], 100));

        assertThat(refusal.failure()).isEqualTo(EnvelopeFailure.TOO_LARGE);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void namesTheMissingDirectory() {
        Path none = directory.resolve("none");

        assertThat(catchThrowableOfType(
                        NoSuchFileException.class,
                        () -> Spool.of(InputStream.nullInputStream(), 1, none.resolve("out"), Room.RANDOM)))
                .hasMessage(none.toString());
    }

    private Spool spool(byte[] octets, long maxBytes) throws Exception {
        return Spool.of(new ByteArrayInputStream(octets), maxBytes, directory.resolve("out"), Room.RANDOM);
    }
}
