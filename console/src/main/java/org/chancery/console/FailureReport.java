package org.chancery.console;

import java.io.PrintStream;

/// Tells a person what went wrong: `error: <what happened>` and, where something helps, `hint: <what to do>`, each
/// one line on standard error whatever the message holds. Safe for use by several threads as far as the stream is.
public final class FailureReport {
    private final PrintStream standardError;

    public FailureReport(PrintStream standardError) {
        this.standardError = standardError;
    }

    /// Prints the error line.
    public void error(String whatHappened) {
        standardError.println("error: " + Printable.of(whatHappened));
    }

    /// Prints the error line and the hint line.
    public void error(String whatHappened, String whatToDo) {
        error(whatHappened);
        standardError.println("hint: " + Printable.of(whatToDo));
    }

    /// Prints `warning: ...`, for what was done but should be known.
    public void warning(String what) {
        standardError.println("warning: " + Printable.of(what));
    }
}
