package org.chancery.server.conversation.sqlite;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The files that SQLite keeps beside a database. It does not ask whose they are: what an older write-ahead log holds
/// is written into whatever database of that name it finds, which then is neither the one nor the other.
final class Companions {

    private static final String WRITE_AHEAD_LOG = "-wal";
    private static final List<String> ALL = List.of(WRITE_AHEAD_LOG, "-shm", "-journal");

    private Companions() {}

    /// The first of them that is there.
    static Optional<Path> of(Path database) {
        return ALL.stream()
                .map(end -> beside(database, end))
                .filter(Files::exists)
                .findFirst();
    }

    /// A database cannot come to be, or be put here, beside what another has left.
    ///
    /// @throws FileAlreadyExistsException naming what is there
    static void requireNone(Path database) throws FileAlreadyExistsException {
        Optional<Path> left = of(database);
        if (left.isPresent()) {
            throw new FileAlreadyExistsException(left.get().toString());
        }
    }

    /// Whether there are changes in a write-ahead log, for whatever database is there.
    static boolean holdChanges(Path database) throws IOException {
        Path log = beside(database, WRITE_AHEAD_LOG);
        return Files.exists(log) && Files.size(log) > 0;
    }

    private static Path beside(Path database, String end) {
        return database.resolveSibling(database.getFileName() + end);
    }
}
