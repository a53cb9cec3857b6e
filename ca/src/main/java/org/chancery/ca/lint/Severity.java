package org.chancery.ca.lint;

/// How bad a finding is.
public enum Severity {
    /// To be known; signed all the same.
    WARNING,
    /// Never signed.
    ERROR
}
