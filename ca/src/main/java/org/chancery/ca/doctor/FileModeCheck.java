package org.chancery.ca.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// Whether keys and ledger are their owner's alone, and nothing is anybody else's to change.
final class FileModeCheck implements Check {
    private static final Set<PosixFilePermission> WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);
    private static final int MAX_DEPTH = 2;

    @Override
    public String name() {
        return "file-modes";
    }

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        Path home = patient.authority().home().directory();
        UserPrincipal owner = Files.getOwner(home);
        List<Finding> findings = new ArrayList<>();
        try (Stream<Path> files = Files.walk(home, MAX_DEPTH)) {
            for (Path file : files.sorted().toList()) {
                look(file, owner, findings);
            }
        }
        return findings;
    }

    private void look(Path file, UserPrincipal owner, List<Finding> findings) throws IOException {
        Set<PosixFilePermission> mode = Files.getPosixFilePermissions(file);
        String said = PosixFilePermissions.toString(mode);
        if (isPrivate(file) && mode.stream().anyMatch(one -> !one.name().startsWith("OWNER"))) {
            findings.add(critical(file + " is not its owner's alone: " + said, "chmod 600 " + file));
        } else if (mode.stream().anyMatch(WRITE::contains)) {
            findings.add(critical(file + " may be changed by others: " + said, "chmod go-w " + file));
        }
        if (!Files.getOwner(file).equals(owner)) {
            findings.add(warning(
                    file + " belongs to " + Files.getOwner(file) + ", the home to " + owner,
                    "chown " + owner + " " + file));
        }
    }

    private static boolean isPrivate(Path file) {
        String name = file.getFileName().toString();
        return name.endsWith(".p12") || name.startsWith("ledger.db");
    }
}
