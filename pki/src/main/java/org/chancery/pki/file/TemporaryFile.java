package org.chancery.pki.file;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.UUID;

/// The name under which a file is written before it takes, or never takes, its own: `.<uuid>.tmp` beside it.
///
/// @param path absolute
/// @param target as it was given, for whoever is told what went wrong
public record TemporaryFile(Path path, Path target) {
    /// A name that nothing has.
    public static TemporaryFile beside(Path target) {
        return new TemporaryFile(target.toAbsolutePath().resolveSibling("." + UUID.randomUUID() + ".tmp"), target);
    }

    /// The failure as one of the target: the temporary name means nothing to anybody. What speaks of another file
    /// stays as it is.
    public FileSystemException toldOfTarget(FileSystemException e) {
        String name = path.toString();
        if (!name.equals(e.getFile()) && !name.equals(e.getOtherFile())) {
            return e;
        }
        FileSystemException told = switch (e) {
            // The file is about to be created: what is missing can only be its directory.
            case NoSuchFileException _ -> new NoSuchFileException(String.valueOf(path.getParent()));
            case FileAlreadyExistsException _ -> new FileAlreadyExistsException(target.toString());
            case AccessDeniedException _ -> new AccessDeniedException(target.toString());
            default -> new FileSystemException(target.toString(), null, e.getReason());
        };
        told.initCause(e);
        return told;
    }
}
