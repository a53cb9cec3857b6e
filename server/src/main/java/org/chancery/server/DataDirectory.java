package org.chancery.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;

/// The directory of a relay's data, held by one process at a time. The lock goes with the process, however it
/// ends.
final class DataDirectory implements AutoCloseable {

    private final Path directory;
    private final FileChannel lockFile;

    private DataDirectory(Path directory, FileChannel lockFile) {
        this.directory = directory;
        this.lockFile = lockFile;
    }

    /// Takes the directory, making it if needed, for the owner alone.
    ///
    /// @throws DataDirectoryBusyException if another relay has it
    static DataDirectory take(Path directory) throws IOException, DataDirectoryBusyException {
        if (Files.notExists(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        FileChannel lockFile =
                FileChannel.open(directory.resolve("relay.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!locked(lockFile)) {
            lockFile.close();
            throw new DataDirectoryBusyException(directory + " is in use by another relay");
        }
        return new DataDirectory(directory, lockFile);
    }

    private static boolean locked(FileChannel lockFile) throws IOException {
        try {
            return lockFile.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // the other relay is in this process
        }
    }

    Path path() {
        return directory;
    }

    Path logFile() {
        return directory.resolve("relay.db");
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
