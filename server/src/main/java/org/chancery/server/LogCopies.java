package org.chancery.server;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.chancery.server.conversation.sqlite.Copies;
import org.chancery.server.conversation.sqlite.NotALogException;

/// Copies of a log that no relay runs on, and back. A relay that runs makes its own.
public final class LogCopies {

    private LogCopies() {}

    /// The socket of the relay that runs on a data directory, if one does.
    public static Path controlSocket(Path data) {
        return DataDirectory.controlSocket(data);
    }

    /// Where the log of a data directory is, or would be.
    public static Path logFile(Path data) {
        return DataDirectory.logFile(data);
    }

    /// Copies the log of a data directory.
    ///
    /// @return the octets of the copy
    /// @throws DataDirectoryBusyException if a relay has it after all
    /// @throws java.nio.file.NoSuchFileException if there is no log
    /// @throws java.nio.file.FileAlreadyExistsException if there is a file, and it may not be replaced
    public static long make(Path data, Path copy, boolean overwrite) throws IOException, DataDirectoryBusyException {
        Path log = DataDirectory.logFile(data);
        if (Files.notExists(log)) {
            throw new NoSuchFileException(log.toString());
        }
        try (DataDirectory held = DataDirectory.take(data)) {
            Copies.make(held.logFile(), copy, overwrite);
            return Files.size(copy);
        }
    }

    /// Puts a copy into a data directory without a log; the directory is made if needed. The relay that runs on it
    /// draws another incarnation.
    ///
    /// @throws DataDirectoryBusyException if a relay has it
    /// @throws java.nio.file.FileAlreadyExistsException if there is a log, or a file of one that was there
    /// @throws NotALogException if the file is none, or damaged
    public static void putBack(Path copy, Path data) throws IOException, DataDirectoryBusyException, NotALogException {
        if (Files.notExists(copy)) {
            throw new NoSuchFileException(copy.toString());
        }
        try (DataDirectory held = DataDirectory.take(data)) {
            if (Files.exists(held.logFile())) {
                throw new FileAlreadyExistsException(held.logFile().toString());
            }
            Copies.putBack(copy, held.logFile());
        }
    }
}
