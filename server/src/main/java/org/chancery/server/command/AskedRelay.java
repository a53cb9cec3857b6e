package org.chancery.server.command;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import java.util.Optional;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.server.LogCopies;
import org.chancery.server.control.ControlAnswer;
import org.chancery.server.control.ControlClient;
import org.chancery.server.control.ControlRefusal;
import org.chancery.server.control.ControlRequest;

/// The relay that runs on a data directory, as the short commands see it.
final class AskedRelay {

    private AskedRelay() {}

    /// Asks it.
    ///
    /// @throws CommandException if none runs there, if it may not be asked, does not answer, or does not do what it
    ///     is asked
    static ControlAnswer ask(Path data, ControlRequest request) throws CommandException {
        return askIfThere(data, request)
                .orElseThrow(() -> new CommandException(
                        ExitCode.UNREACHABLE,
                        "no relay runs on " + data,
                        "start one with server run, or name its directory with --data"));
    }

    /// Asks it; nothing if none runs there.
    static Optional<ControlAnswer> askIfThere(Path data, ControlRequest request) throws CommandException {
        try {
            Optional<ControlAnswer> answer = ControlClient.ask(LogCopies.controlSocket(data), request);
            if (answer.isPresent() && answer.get() instanceof ControlAnswer.Refused(var refusal, String sentence)) {
                throw new CommandException(exitCode(refusal), sentence, hint(refusal));
            }
            return answer;
        } catch (IOException e) {
            CommandException unanswered = unanswered(data, e);
            unanswered.initCause(e);
            throw unanswered;
        }
    }

    static CommandException unanswered(Path data, IOException e) {
        return e instanceof AccessDeniedException
                ? new CommandException(
                        ExitCode.UNREACHABLE,
                        "cannot ask for a relay on " + data + ": permission denied",
                        "the directory is its owner's alone: run this as the relay's user")
                : new CommandException(
                        ExitCode.UNREACHABLE,
                        "the relay on " + data + " does not answer: " + e.getMessage(),
                        "its log says more");
    }

    private static ExitCode exitCode(ControlRefusal refusal) {
        return switch (refusal) {
            case NOT_HERE -> ExitCode.NO;
            case AMBIGUOUS, DISK -> ExitCode.BAD_INPUT;
            case FILE_EXISTS -> ExitCode.REFUSED;
        };
    }

    private static String hint(ControlRefusal refusal) {
        return switch (refusal) {
            case NOT_HERE -> "server sessions lists who is here";
            case AMBIGUOUS -> "give more digits; server sessions lists them";
            case FILE_EXISTS -> "choose another name, or give --force";
            case DISK -> "the relay's own user writes the file, where the relay runs";
        };
    }
}
