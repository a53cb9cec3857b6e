package org.chancery.ca.doctor;

import java.util.List;

/// Whether the keys have a passphrase.
final class KeyProtectionCheck implements Check {
    @Override
    public String name() {
        return "key-protection";
    }

    @Override
    public List<Finding> look(Patient patient) {
        return patient.authority().properties().protectedByMode()
                ? List.of(note("the keys have no passphrase: whoever reads the files, or a copy of them, has them", ""))
                : List.of();
    }
}
