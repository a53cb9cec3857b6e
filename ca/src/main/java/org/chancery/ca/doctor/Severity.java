package org.chancery.ca.doctor;

import java.util.Locale;

/// How urgent a finding is.
public enum Severity {
    /// Good to know.
    NOTE,
    /// Will do harm if nothing is done.
    WARNING,
    /// Does harm now.
    CRITICAL;

    /// As it is printed.
    public String cliName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
