package org.chancery.ca.doctor;

import java.util.List;
import org.chancery.ca.issuance.Ca;

/// Whether a root's key lies where it is not needed.
final class RootKeyCheck implements Check {
    @Override
    public String name() {
        return "root-key";
    }

    @Override
    public List<Finding> look(Patient patient) {
        return patient.authority().cas().stream()
                .filter(patient.authority()::isRoot)
                .filter(Ca::keyFileIsHere)
                .map(ca -> note("the key of " + ca.name() + " is here: daily work does without", "ca root export"))
                .toList();
    }
}
