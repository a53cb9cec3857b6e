package org.chancery.ca.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/// Whether there is room for what the authority will write.
final class DiskSpaceCheck implements Check {
    private static final long MIB = 1024L * 1024;

    /// Some thousands of certificates, and a CRL written anew beside the old.
    private static final long ENOUGH = 256 * MIB;

    private static final long HARDLY_ANY = 16 * MIB;

    @Override
    public String name() {
        return "disk";
    }

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        var home = patient.authority().home().directory();
        long free = Files.getFileStore(home).getUsableSpace();
        String what = free / MIB + " MiB are left for " + home;
        if (free < HARDLY_ANY) {
            return List.of(critical(what, "make room: without, nothing is signed"));
        }
        return free < ENOUGH ? List.of(warning(what, "make room")) : List.of();
    }
}
