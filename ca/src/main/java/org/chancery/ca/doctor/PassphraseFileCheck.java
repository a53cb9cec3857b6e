package org.chancery.ca.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// Whether the file with the passphrase is anybody else's to read.
final class PassphraseFileCheck implements Check {
    @Override
    public String name() {
        return "passphrase-file";
    }

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        if (patient.passphraseFile().filter(Files::isRegularFile).isEmpty()) {
            return List.of();
        }
        Path file = patient.passphraseFile().get();
        var mode = Files.getPosixFilePermissions(file);
        return mode.stream().allMatch(one -> one.name().startsWith("OWNER"))
                ? List.of()
                : List.of(warning(
                        file + " is not its owner's alone: " + PosixFilePermissions.toString(mode),
                        "chmod 600 " + file));
    }
}
