package org.chancery.console;

/// Why a command ended as it did: for scripts, and for the person before it.
///
/// @param message what happened, lower case, no final stop
/// @param hint what to do; empty where nothing helps
public record Explanation(ExitCode exitCode, String message, String hint) {
    /// In the exception's own words.
    public Explanation(ExitCode exitCode, Exception e, String hint) {
        this(exitCode, String.valueOf(e.getMessage()), hint);
    }
}
