package org.chancery.server.revocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.testing.TestPki;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrlFileTest {

    private static final FileTime TIME = FileTime.from(Instant.parse("2026-11-22T09:00:00Z"));

    private final Crl crl = TestPki.create().crls().crls().getFirst();

    @TempDir
    private Path directory;

    private Path file;
    private CrlFile source;

    @BeforeEach
    void open() throws IOException {
        file = Files.createFile(directory.resolve("issuing.crl"));
        source = new CrlFile(file, Duration.ZERO);
    }

    /// The same file, of the same length and time whatever is in it: nothing that can be looked at has changed.
    private void writeInPlace(byte[] octets) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(octets));
        }
        Files.setLastModifiedTime(file, TIME);
    }

    @Test
    void givesAListOnce() throws Exception {
        writeInPlace(crl.der());
        assertThat(source.changed()).isPresent();
        assertThat(source.changed()).isEmpty();
    }

    @Test
    void readsAgainWhatCouldNotBeReadThoughItLooksTheSame() throws Exception {
        writeInPlace(new byte[crl.length()]);
        assertThatThrownBy(source::changed).isInstanceOf(MalformedPemException.class);
        writeInPlace(crl.der());
        assertThat(source.changed()).isPresent();
    }

    @Test
    void readsAgainWhatGotLost() throws Exception {
        writeInPlace(crl.der());
        source.changed();
        source.forget();
        assertThat(source.changed()).isPresent();
    }
}
