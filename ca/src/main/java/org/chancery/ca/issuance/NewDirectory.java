package org.chancery.ca.issuance;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.chancery.pki.file.TemporaryFile;

/// A directory that is filled under another name beside its place, and takes its place whole or not at all.
///
/// What was in the place before is renamed, never deleted: between the two renames there is nothing there for
/// a moment, and after a crash in that moment both are found, under names that say what they are.
public final class NewDirectory implements AutoCloseable {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Path place;
    private final Path path;

    private NewDirectory(Path place, Path path) {
        this.place = place;
        this.path = path;
    }

    /// An empty directory. Others may enter: certificates and CRLs are for everybody, and each private file
    /// has its own mode.
    ///
    /// @throws AuthorityException if the place holds anything and must be left alone
    public static NewDirectory beside(Path place, boolean keepAside) throws IOException, AuthorityException {
        Path absolute = place.toAbsolutePath().normalize();
        Path parent = absolute.getParent();
        if (parent == null) {
            throw new AuthorityException(AuthorityFailure.EXISTS, absolute + " is the root of the file system");
        }
        if (!keepAside && isTaken(absolute)) {
            throw new AuthorityException(AuthorityFailure.EXISTS, absolute + " exists and is not empty");
        }
        Files.createDirectories(parent);
        Path path = parent.resolve("." + absolute.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            Files.createDirectory(
                    path, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        } catch (FileSystemException e) {
            throw new TemporaryFile(path, place).toldOfTarget(e);
        }
        return new NewDirectory(absolute, path);
    }

    /// Where it is until it takes its place.
    public Path path() {
        return path;
    }

    /// Takes the place.
    ///
    /// @return where what was there before lies now
    public Optional<Path> takePlace(Instant now) throws IOException {
        force(path);
        Optional<Path> keptAside = Optional.empty();
        if (isTaken(place)) {
            Path aside = place.resolveSibling(place.getFileName() + "." + STAMP.format(now) + ".old");
            Files.move(place, aside);
            keptAside = Optional.of(aside);
        }
        // rename(2) replaces an empty directory and fails on any other: nothing can slip in between.
        Files.move(path, place, StandardCopyOption.ATOMIC_MOVE);
        force(place.resolveSibling("."));
        return keptAside;
    }

    /// Removes what was made, if it did not take its place.
    @Override
    public void close() throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            try (Stream<Path> made = Files.walk(path)) {
                for (Path file : made.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static boolean isTaken(Path place) throws IOException {
        if (!Files.exists(place, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        if (!Files.isDirectory(place, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try (Stream<Path> entries = Files.list(place)) {
            return entries.findAny().isPresent();
        }
    }

    private static void force(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
