package org.chancery.ca.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/// A directory of our own, mode 0700, that is gone afterwards.
public record Scratch(Path path) implements AutoCloseable {
    /// Beside the file it is for: on the same disk, which has to have the room anyway.
    ///
    /// @throws NoSuchFileException if there is no directory for that file
    public static Scratch beside(Path file) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            throw new NoSuchFileException(String.valueOf(directory));
        }
        return new Scratch(Files.createTempDirectory(directory, ".backup"));
    }

    /// Where the system has room for such things.
    public static Scratch anywhere() throws IOException {
        return new Scratch(Files.createTempDirectory("chancery"));
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> made = Files.walk(path)) {
            for (Path file : made.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
