package org.chancery.pki.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Opens what somebody named to be read.
public final class ReadableFile {
    private ReadableFile() {}

    /// As [Files#newInputStream], but a directory is refused here and by name: it can be opened, and reading it fails
    /// without one. A FIFO is read like a file, and waits for its writer.
    ///
    /// @throws IOException if it is not there, a directory, or not ours to read
    public static InputStream open(Path file) throws IOException {
        if (Files.isDirectory(file)) {
            throw new FileSystemException(file.toString(), null, "it is a directory");
        }
        return Files.newInputStream(file);
    }
}
