package org.chancery.ca.lint;

/// A rule that does not hold.
///
/// @param rule the simple name of its class
/// @param citation where it is written: `RFC 5280 4.1.2.2`
/// @param detail what was found and what is required
public record Finding(String rule, Severity severity, String citation, String detail) {
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /// In a line: `SerialIsPositive: serial -1 (RFC 5280 4.1.2.2)`.
    @Override
    public String toString() {
        return rule + ": " + detail + " (" + citation + ")";
    }
}
