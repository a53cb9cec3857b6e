package org.chancery.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// A file system of its own, of two megabytes, that can be filled up to a few octets. Wants the right to mount.
public final class SmallDisk implements AutoCloseable {
    private static final int BLOCK = 4096;

    private final Path place;

    private SmallDisk(Path place) {
        this.place = place;
    }

    /// Mounts one on an empty directory, or skips the running test, visibly, where that is not permitted.
    public static SmallDisk on(Path place) throws IOException, InterruptedException {
        Files.createDirectories(place);
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place.toString()),
                "mounting a file system is not permitted here");
        return new SmallDisk(place);
    }

    /// Leaves so many blocks of 4 KiB free.
    public void fillBut(int blocks) throws IOException {
        Files.deleteIfExists(filler());
        long free = Files.getFileStore(place).getUsableSpace() / BLOCK;
        Files.write(filler(), new byte[Math.toIntExact((free - blocks) * BLOCK)]);
    }

    /// Makes room.
    public void empty() throws IOException {
        Files.deleteIfExists(filler());
    }

    private Path filler() {
        return place.resolve("filler");
    }

    @Override
    public void close() throws IOException {
        try {
            if (!run("umount", place.toString())) {
                throw new IOException("cannot unmount " + place);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while unmounting " + place, e);
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(List.of(command))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (IOException notInstalled) {
            return false;
        }
    }
}
