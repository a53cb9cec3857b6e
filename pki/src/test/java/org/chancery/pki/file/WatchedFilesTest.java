package org.chancery.pki.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WatchedFilesTest {

    private static final Duration NEVER = Duration.ofDays(1);

    @TempDir
    private Path directory;

    private Path one;
    private Path other;

    @BeforeEach
    void write() throws IOException {
        one = Files.writeString(directory.resolve("one"), "1");
        other = Files.writeString(directory.resolve("other"), "2");
    }

    private WatchedFiles taken(Duration retry) {
        WatchedFiles files = new WatchedFiles(List.of(one, other), retry);
        assertThat(files.changed()).as("nothing has been read").isTrue();
        files.takeOver();
        return files;
    }

    @Test
    void whatWasTakenOverIsReadAgainOnlyOnceItHasChanged() throws IOException {
        WatchedFiles files = taken(Duration.ZERO);
        assertThat(files.changed()).isFalse();
        Files.writeString(other, "longer");
        assertThat(files.changed()).isTrue();
    }

    @Test
    void whatWasNotTakenOverIsReadAgainUnchanged() {
        WatchedFiles files = new WatchedFiles(List.of(one, other), Duration.ZERO);
        assertThat(files.changed()).isTrue();
        assertThat(files.changed()).as("again at once").isTrue();
        files.takeOver();
        assertThat(files.changed()).isFalse();
        files.forget();
        assertThat(files.changed()).isTrue();
    }

    @Test
    void whatWasNotTakenOverWaitsForItsTurn() throws IOException {
        WatchedFiles files = new WatchedFiles(List.of(one, other), NEVER);
        assertThat(files.changed()).isTrue();
        assertThat(files.changed()).isFalse();
        Files.writeString(one, "longer");
        assertThat(files.changed()).as("a change does not wait").isTrue();
    }

    @Test
    void seesAReplacementOfTheSameLengthAndTime() throws IOException {
        WatchedFiles files = taken(NEVER);
        FileTime time = Files.getLastModifiedTime(one);
        AtomicFile.write(one, new byte[] {'3'}, Access.PUBLIC, true);
        Files.setLastModifiedTime(one, time);
        assertThat(files.changed()).isTrue();
    }

    @Test
    void aFileThatComesBackIsReadAgain() throws IOException {
        WatchedFiles files = taken(NEVER);
        Path aside = directory.resolve("aside");
        Files.move(one, aside);
        assertThat(files.changed()).isTrue();
        Files.move(aside, one);
        assertThat(files.changed()).isTrue();
    }
}
