package org.chancery.client.keys;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chancery.client.store.StoreException;

/// The directory of key files, `N.key` each, readable for their owner only.
///
/// Destroying a file overwrites it before it is unlinked. On a disk that writes elsewhere what is written over (many
/// solid-state disks, file systems that copy on write) the old octets may stay until the disk reuses them: then it is
/// the passphrase that stands before them.
public final class KeyDirectory implements KeyShelf {
    private static final Pattern NAME = Pattern.compile("([1-9][0-9]{0,9})\\.key");

    private final Path directory;

    private KeyDirectory(Path directory) {
        this.directory = directory;
    }

    /// The directory, made where there is none.
    public static KeyDirectory open(Path directory) throws IOException {
        try {
            Files.createDirectory(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(directory)) {
                throw e;
            }
        }
        return new KeyDirectory(directory);
    }

    @Override
    public List<Integer> numbers() throws StoreException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> NAME.matcher(file.getFileName().toString()))
                    .filter(Matcher::matches)
                    .map(name -> Long.parseLong(name.group(1)))
                    .filter(number -> number <= Integer.MAX_VALUE)
                    .map(Long::intValue)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw StoreException.disk("cannot read " + directory, e);
        }
    }

    @Override
    public Optional<byte[]> read(int number) throws StoreException {
        Path file = file(number);
        try {
            return Files.exists(file) && Files.size(file) <= KeyFile.MAX_OCTETS
                    ? Optional.of(Files.readAllBytes(file))
                    : Optional.empty();
        } catch (IOException e) {
            throw StoreException.disk("cannot read " + file, e);
        }
    }

    /// Not by a temporary file, which a crash would leave with the key in it: a file that is cut short is no key, and
    /// goes when the directory is next looked at.
    @Override
    public void write(int number, byte[] octets) throws StoreException {
        try {
            try (FileChannel channel = FileChannel.open(
                    file(number),
                    Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
                ByteBuffer left = ByteBuffer.wrap(octets);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            forceEntries();
        } catch (IOException e) {
            throw StoreException.disk("cannot write " + file(number), e);
        }
    }

    @Override
    public void destroy(int number) throws StoreException {
        Path file = file(number);
        try {
            if (Files.exists(file)) {
                overwrite(file);
                Files.delete(file);
                forceEntries();
            }
        } catch (IOException e) {
            throw StoreException.disk("cannot destroy " + file, e);
        }
    }

    private static void overwrite(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            ByteBuffer zeros = ByteBuffer.allocate(KeyFile.MAX_OCTETS);
            for (long at = 0; at < channel.size(); ) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), channel.size() - at));
                at += channel.write(zeros, at);
            }
            channel.force(true);
        }
    }

    private void forceEntries() throws IOException {
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    private Path file(int number) {
        return directory.resolve(number + ".key");
    }
}
