package org.chancery.ca.doctor;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Whether the program runs on something with known holes.
final class RuntimeCheck implements Check {
    /// CVE-2026-22021 (JSSE) ends before it.
    private static final String JAVA = "25.0.3";

    /// Name constraints, OCSP, CMS and key derivation: the fixes of 1.85 and 1.86.
    private static final String BOUNCY_CASTLE = "1.86";

    @Override
    public String name() {
        return "runtime";
    }

    @Override
    public List<Finding> look(Patient patient) {
        List<Finding> findings = new ArrayList<>();
        look("Java", patient.versions().java(), JAVA, findings);
        look("Bouncy Castle", patient.versions().bouncyCastle(), BOUNCY_CASTLE, findings);
        return findings;
    }

    private void look(String what, String found, String floor, List<Finding> findings) {
        if (Arrays.compare(numbers(found), numbers(floor)) < 0) {
            findings.add(warning(what + " " + found + " has known holes", "take " + floor + " or newer"));
        }
    }

    /// The numbers a version begins with: 25, 0, 3 of `25.0.3-ea`.
    private static int[] numbers(String version) {
        return Arrays.stream(version.split("[^0-9.]", 2)[0].split("\\."))
                .filter(number -> !number.isEmpty())
                .mapToInt(Integer::parseInt)
                .toArray();
    }
}
