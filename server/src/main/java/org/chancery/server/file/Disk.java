package org.chancery.server.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.ReentrantLock;

/// The disk that the files lie on. One thread at a time forces to it: letters are forced to the same disk, and go
/// first.
final class Disk {

    private final FileStore device;
    private final ReentrantLock forcing = new ReentrantLock(true);

    Disk(FileStore device) {
        this.device = device;
    }

    /// Octets that are left.
    long free() throws IOException {
        return device.getUsableSpace();
    }

    void force(FileChannel channel) throws IOException {
        forcing.lock();
        try {
            channel.force(true);
        } finally {
            forcing.unlock();
        }
    }

    void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            force(channel);
        }
    }
}
