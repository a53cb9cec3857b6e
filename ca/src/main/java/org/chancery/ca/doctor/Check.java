package org.chancery.ca.doctor;

import java.io.IOException;
import java.util.List;

/// One look at one thing.
interface Check {
    /// What it is called in a finding.
    String name();

    /// Everything that is not as it should be; empty is the good answer.
    List<Finding> look(Patient patient) throws IOException;

    default Finding note(String what, String remedy) {
        return new Finding(Severity.NOTE, name(), what, remedy);
    }

    default Finding warning(String what, String remedy) {
        return new Finding(Severity.WARNING, name(), what, remedy);
    }

    default Finding critical(String what, String remedy) {
        return new Finding(Severity.CRITICAL, name(), what, remedy);
    }
}
