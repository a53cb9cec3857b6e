package org.chancery.client.transfer;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;

/// A file as its directory tells of it: whether it has become another one shows without reading it, mostly.
///
/// @param modified to the millisecond
public record SourceFile(Path path, long length, Instant modified) {
    /// As it is now.
    ///
    /// @throws IOException if there is none, or it is no plain file
    static SourceFile of(Path path) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
        if (!attributes.isRegularFile()) {
            throw new IOException(path + " is no plain file");
        }
        return new SourceFile(
                path,
                attributes.size(),
                Instant.ofEpochMilli(attributes.lastModifiedTime().toMillis()));
    }
}
