package org.chancery.client.command;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Surroundings;

/// Asks a person before something is done that cannot be undone. What is asked goes to standard error: results stay
/// by themselves.
final class Question {
    private Question() {}

    /// @param otherwise how a script says yes
    /// @return whether the answer is yes; anything but yes is no
    /// @throws CommandException USAGE where nobody answers
    static boolean ask(Surroundings surroundings, String question, String otherwise)
            throws IOException, CommandException {
        PrintStream err = surroundings.err();
        err.print(question + " [yes/no] ");
        err.flush();
        String answer = new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8)).readLine();
        if (answer == null) {
            err.println();
            throw new CommandException(ExitCode.USAGE, "nobody has answered", "without a terminal: " + otherwise);
        }
        return answer.strip().toLowerCase(Locale.ROOT).equals("yes");
    }
}
