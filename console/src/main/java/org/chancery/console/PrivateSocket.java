package org.chancery.console;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Binds a Unix socket that at no moment anybody else can open. The kernel makes a socket with the mode that
/// the process's umask leaves, and Java has no say in that; so it is made in a directory that only its owner
/// can enter, gets its mode there, and only then its name.
final class PrivateSocket {
    /// `sun_path` has 108 octets on Linux, the last of them zero.
    private static final int MAX_PATH_OCTETS = 107;

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private PrivateSocket() {}

    static void bind(ServerSocketChannel listening, Path socket) throws IOException {
        int octets = socket.toString().getBytes(StandardCharsets.UTF_8).length;
        if (octets > MAX_PATH_OCTETS) {
            throw new ControlPathException(
                    "the control socket's path " + socket + " has " + octets + " octets, at most " + MAX_PATH_OCTETS);
        }
        // Shorter than the name it is for, or the bound would have to be another one.
        Path nursery = socket.resolveSibling(".s");
        Path newborn = nursery.resolve("s");
        discard(nursery, newborn);
        Files.createDirectory(nursery, OWNER_ONLY);
        try {
            listening.bind(UnixDomainSocketAddress.of(newborn));
            Files.setPosixFilePermissions(newborn, PosixFilePermissions.fromString("rw-------"));
            Files.move(newborn, socket, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            discard(nursery, newborn);
        }
    }

    /// What this process, or one that was killed just then, has left.
    private static void discard(Path nursery, Path newborn) throws IOException {
        Files.deleteIfExists(newborn);
        Files.deleteIfExists(nursery);
    }
}
