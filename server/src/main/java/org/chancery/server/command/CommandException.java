package org.chancery.server.command;

import org.chancery.pki.console.ExitCode;

/// A command cannot do what it was asked; it knows what to tell the person.
final class CommandException extends Exception {

    private static final long serialVersionUID = 1L;

    private final ExitCode exitCode;
    private final String hint;

    /// @param hint what to do; empty for nothing
    CommandException(ExitCode exitCode, String message, String hint) {
        super(message);
        this.exitCode = exitCode;
        this.hint = hint;
    }

    ExitCode exitCode() {
        return exitCode;
    }

    String hint() {
        return hint;
    }
}
