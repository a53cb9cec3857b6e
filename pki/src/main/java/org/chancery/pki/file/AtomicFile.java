package org.chancery.pki.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/// Writes a file so that a reader, at any moment and after any crash, finds the old one or the new one, whole.
///
/// The bytes go to a temporary file in the same directory, created with the final mode (never widened or narrowed
/// afterwards: there is no instant at which a private file can be opened by others), are forced to the disk, take
/// their name in one step, and then the directory is forced, so that the name survives a power cut too. Whatever
/// fails, the temporary file is removed; only a killed process can leave one, named `.<uuid>.tmp`.
///
/// Wants a POSIX file system, with hard links for a write that must not overwrite.
public final class AtomicFile {
    private AtomicFile() {}

    /// What goes into the file. If it throws, no file appears.
    ///
    /// @param <E> what else can go wrong while the content is made, such as a signature that does not verify
    @FunctionalInterface
    public interface Content<E extends Exception> {
        /// Writes everything.
        ///
        /// @param out not to be closed
        /// @throws IOException if writing fails
        /// @throws E if there turns out to be nothing worth writing
        void writeTo(OutputStream out) throws IOException, E;
    }

    /// Writes these bytes as the whole of a file.
    ///
    /// @param overwrite whether a file of that name may be replaced; a symbolic link is replaced, not followed
    /// @throws java.nio.file.FileAlreadyExistsException if it exists and must not be replaced, even if it came into
    ///     being during this call
    /// @throws IOException if the directory does not exist or anything cannot be written; the old file, if any,
    ///     stands
    public static void write(Path target, byte[] content, Access access, boolean overwrite) throws IOException {
        try {
            write(target, access, overwrite, out -> out.write(content));
        } catch (FileSystemException e) {
            throw e;
        } catch (IOException e) {
            // A full disk is told without a name.
            throw (FileSystemException) new FileSystemException(target.toString(), null, e.getMessage()).initCause(e);
        }
    }

    /// As [#write(Path,byte[],Access,boolean)], for what is too large to hold, or is only known to be good at its
    /// end.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException if it exists and must not be replaced
    /// @throws IOException if anything cannot be written
    /// @throws E whatever the content throws
    public static <E extends Exception> void write(Path target, Access access, boolean overwrite, Content<E> content)
            throws IOException, E {
        if (target.toAbsolutePath().getFileName() == null) {
            throw new IOException("not a file name: " + target);
        }
        TemporaryFile temporary = TemporaryFile.beside(target);
        take(temporary, overwrite, () -> writeForced(temporary.path(), access, content));
    }

    /// Makes a file under its temporary name.
    ///
    /// @param <E> what else can go wrong
    @FunctionalInterface
    public interface Making<E extends Exception> {
        /// Makes the file, with its final mode, and forces it to the disk.
        void make() throws IOException, E;
    }

    /// As [#write(Path,Access,boolean,Content)], for a file that a library makes by its name.
    ///
    /// @param temporary where `making` makes it
    /// @throws java.nio.file.FileAlreadyExistsException if the target exists and must not be replaced
    /// @throws IOException if anything cannot be written
    /// @throws E whatever the making throws
    public static <E extends Exception> void take(TemporaryFile temporary, boolean overwrite, Making<E> making)
            throws IOException, E {
        Path absolute = temporary.target().toAbsolutePath();
        Path directory = absolute.getParent();
        if (directory == null) {
            throw new IOException("not a file name: " + temporary.target());
        }
        try {
            making.make();
            if (overwrite) {
                Files.move(temporary.path(), absolute, StandardCopyOption.ATOMIC_MOVE);
            } else {
                // link(2) fails if the name exists, in the kernel and therefore without a race; rename(2) would
                // replace.
                Files.createLink(absolute, temporary.path());
            }
        } catch (FileSystemException e) {
            throw temporary.toldOfTarget(e);
        } finally {
            Files.deleteIfExists(temporary.path());
        }
        forceDirectory(directory);
    }

    private static <E extends Exception> void writeForced(Path temporary, Access access, Content<E> content)
            throws IOException, E {
        var options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (FileChannel channel = FileChannel.open(temporary, options, access.attribute());
                OutputStream out = Channels.newOutputStream(channel)) {
            content.writeTo(out);
            channel.force(true);
        }
    }

    private static void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
