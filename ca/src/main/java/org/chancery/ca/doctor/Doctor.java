package org.chancery.ca.doctor;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Looks at everything there is to look at.
public final class Doctor {
    private static final List<Check> CHECKS = List.of(
            new CaExpiryCheck(),
            new LeafExpiryCheck(),
            new CrlCheck(),
            new LedgerCheck(),
            new CaCertificateCheck(),
            new FileModeCheck(),
            new PassphraseFileCheck(),
            new KeyProtectionCheck(),
            new IssuingKeyCheck(),
            new RootKeyCheck(),
            new ClockCheck(),
            new RuntimeCheck(),
            new DiskSpaceCheck());

    private Doctor() {}

    /// Every finding, the worst first.
    public static List<Finding> examine(Patient patient) throws IOException {
        List<Finding> findings = new ArrayList<>();
        for (Check check : CHECKS) {
            findings.addAll(check.look(patient));
        }
        findings.sort(Comparator.comparing(Finding::severity).reversed());
        return List.copyOf(findings);
    }
}
