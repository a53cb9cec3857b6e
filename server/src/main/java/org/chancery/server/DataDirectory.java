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
        return logFile(directory);
    }

    static Path logFile(Path directory) {
        return directory.resolve("relay.db");
    }

    /// Where the CRLs that were believed are kept.
    Path crlDirectory() {
        return directory.resolve("crls");
    }

    /// Where the files lie.
    Path fileDirectory() {
        return directory.resolve("files");
    }

    Path controlSocket() {
        return controlSocket(directory);
    }

    static Path controlSocket(Path directory) {
        return directory.resolve("control.sock");
    }

    /// What the log takes on the disk, its write-ahead log included.
    long logBytes() {
        return size(logFile()) + size(directory.resolve("relay.db-wal"));
    }

    /// What is left on the disk; -1 if that is not to be had.
    long freeBytes() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            return -1;
        }
    }

    /// A file that is not there, or just goes, takes nothing.
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            return 0;
        }
    }

    @Override
    public void close() throws IOException {
        lockFile.close();
    }
}
