package org.chancery.pki.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Files that are looked at again and again, and read when they have changed. Whoever reads them says so once what
/// was read is good; until then they are to be read again now and then, changed or not, for what kept them from
/// being read (a mode, a full table of descriptors, another file that has to come first) leaves no trace in them.
/// One thread at a time.
public final class WatchedFiles {

    /// What changes when a file does, its replacement by another one included.
    private record Stamp(
            FileTime modified, long size, @Nullable Object key) {}

    private static final Stamp AWAY = new Stamp(FileTime.fromMillis(0), -1, null);

    private final List<Path> files;
    private final long retryNanos;
    private List<Stamp> seen = List.of();
    private boolean taken;
    private long seenNanos;

    /// @param retry between two readings of what has not changed and was not taken over
    public WatchedFiles(List<Path> files, Duration retry) {
        this.files = List.copyOf(files);
        this.retryNanos = retry.toNanos();
    }

    /// Whether they are to be read now; at the first call they are. They are looked at before they are read: what is
    /// written meanwhile is seen next time.
    public boolean changed() {
        List<Stamp> now = files.stream().map(WatchedFiles::stamp).toList();
        if (now.equals(seen) && (taken || System.nanoTime() - seenNanos < retryNanos)) {
            return false;
        }
        seen = now;
        seenNanos = System.nanoTime();
        taken = false;
        return true;
    }

    /// What was read is good: it is read again when it has changed since [#changed] was last asked.
    public void takeOver() {
        taken = true;
    }

    /// What was read has got lost: it is read again, as if it had not been good.
    public void forget() {
        taken = false;
    }

    private static Stamp stamp(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return new Stamp(is.lastModifiedTime(), is.size(), is.fileKey());
        } catch (IOException e) {
            return AWAY; // whoever reads it is told why
        }
    }
}
