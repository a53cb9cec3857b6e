package org.chancery.console;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The two files that a request leaves behind, looked at before there is a key: a second attempt should not trip on the
/// key of the first.
public final class NewFiles {
    private NewFiles() {}

    /// Passes if both can be written as far as anybody can tell beforehand.
    ///
    /// @param force whether what is there may be replaced
    /// @throws FileAlreadyExistsException if one is there and must stay
    /// @throws CommandException if they are the same file, or one has no directory to be in
    public static void require(Path keyStore, Path request, boolean force)
            throws FileAlreadyExistsException, CommandException {
        if (normal(keyStore).equals(normal(request))) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "key and request would be the same file: " + request,
                    "give --keystore and --out two names");
        }
        require(keyStore, force);
        require(request, force);
    }

    private static void require(Path file, boolean force) throws FileAlreadyExistsException, CommandException {
        Path directory = normal(file).getParent();
        if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw CommandException.badInput("cannot write " + file + ": no directory that we may write");
        }
        if (Files.isDirectory(file)) {
            throw CommandException.badInput("cannot write " + file + ": it is a directory");
        }
        if (!force && Files.exists(file)) {
            throw new FileAlreadyExistsException(file.toString());
        }
    }

    private static Path normal(Path file) {
        return file.toAbsolutePath().normalize();
    }
}
