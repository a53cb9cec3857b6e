package org.chancery.console;

import java.io.Console;
import java.util.Optional;

/// Asks a person for a secret without showing what is typed.
@FunctionalInterface
public interface Prompt {
    /// Asks once.
    ///
    /// @return what was typed, for the caller to wipe; empty if there is no terminal, or input has ended
    Optional<char[]> ask(String label);

    /// The terminal of this process.
    static Prompt terminal() {
        return Prompt::askAtTerminal;
    }

    /// JDK 22 to 24 always have a console object, which echoes where there is no terminal; 25 has null again, which
    /// the checker does not know yet.
    @SuppressWarnings("SystemConsoleNull")
    private static Optional<char[]> askAtTerminal(String label) {
        Console console = System.console();
        return console == null || !console.isTerminal()
                ? Optional.empty()
                : Optional.ofNullable(console.readPassword("%s: ", label));
    }
}
