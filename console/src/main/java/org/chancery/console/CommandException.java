package org.chancery.console;

/// A command cannot do what it was asked; it knows what to tell the person.
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Explanation explanation;

    public CommandException(Explanation explanation) {
        super(explanation.message());
        this.explanation = explanation;
    }

    /// @param hint what to do; empty for nothing
    public CommandException(ExitCode exitCode, String message, String hint) {
        this(new Explanation(exitCode, message, hint));
    }

    /// What was read from outside is not what it should be.
    public static CommandException badInput(String message) {
        return new CommandException(ExitCode.BAD_INPUT, message, "");
    }

    /// As [#badInput(String)], found out by another exception.
    public static CommandException badInput(String message, Exception cause) {
        CommandException e = badInput(message);
        e.initCause(cause);
        return e;
    }

    public Explanation explanation() {
        return explanation;
    }
}
