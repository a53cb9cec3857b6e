package org.chancery.ca.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chancery.ca.issuance.Ca;

/// Whether the clock has gone back behind what has been done: certificates and CRLs would begin in the past, and
/// CRL numbers run ahead of the time.
final class ClockCheck implements Check {
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final String REMEDY = "set the clock before anything is signed";

    @Override
    public String name() {
        return "clock";
    }

    @Override
    public List<Finding> look(Patient patient) throws IOException {
        Instant limit = patient.now().plus(TOLERANCE);
        List<Finding> findings = new ArrayList<>();
        patient.authority().ledger().acts(1, Instant.EPOCH).stream()
                .filter(act -> act.at().isAfter(limit))
                .forEach(act -> findings.add(
                        critical("the last act is of " + act.at() + ", and it is " + patient.now(), REMEDY)));
        for (Ca ca : patient.authority().cas()) {
            Path file = ca.crlFile();
            if (Files.exists(file)
                    && Files.getLastModifiedTime(file).toInstant().isAfter(limit)) {
                findings.add(warning(
                        file + " was written at " + Files.getLastModifiedTime(file) + ", and it is " + patient.now(),
                        REMEDY));
            }
        }
        return findings;
    }
}
