package org.chancery.ca.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;

/// Where a command's PEM goes. A file that is there already is replaced only by more of the same: a CRL by a
/// CRL, a certificate by a certificate, but no CA's. So a slip of the hand costs nobody a key, and no authority its
/// root.
final class OutputFile {
    private final Path path;
    private final boolean exists;

    private OutputFile(Path path, boolean exists) {
        this.path = path;
        this.exists = exists;
    }

    /// Asks before anything is signed whether it could be written afterwards.
    ///
    /// @throws CommandException if something else is there, or the directory is not one that we may write to
    static OutputFile reserve(Path path, PemLabel label) throws CommandException {
        Path directory = path.toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
            throw CommandException.badInput("cannot write " + path + ": no directory that we may write");
        }
        if (Files.isDirectory(path)) {
            throw CommandException.badInput("cannot write " + path + ": it is a directory");
        }
        boolean exists = Files.exists(path);
        if (exists && !isReplaceable(label, path)) {
            throw new CommandException(
                    ExitCode.REFUSED, path + " exists and is not ours to replace", "choose another name");
        }
        return new OutputFile(path, exists);
    }

    void write(String pem) throws IOException {
        AtomicFile.write(path, pem.getBytes(StandardCharsets.US_ASCII), Access.PUBLIC, exists);
    }

    Path path() {
        return path;
    }

    /// Nothing but more of the same, and no CA's own certificate.
    private static boolean isReplaceable(PemLabel label, Path path) throws CommandException {
        InputFile there = InputFile.read(path);
        try {
            return Pem.parse(there.content()).stream().allMatch(block -> block.label() == label)
                    && (label != PemLabel.CERTIFICATE
                            || there.certificates().getFirst().getBasicConstraints() < 0);
        } catch (MalformedPemException e) {
            return false;
        }
    }
}
