package org.chancery.console;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.util.Optional;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.name.MalformedNameException;
import org.slf4j.LoggerFactory;

/// The one place where an exception becomes an exit code and words: the program's own first, then what every program
/// meets. What neither knows is a bug: the person is told so in one line, and the stack trace goes to the log.
final class ExceptionLadder {
    private final Program program;
    private final FailureReport report;

    ExceptionLadder(Program program, FailureReport report) {
        this.program = program;
        this.report = report;
    }

    ExitCode report(Exception e) {
        Explanation explanation = program.explain(e).or(() -> explain(e)).orElseGet(() -> bug(e));
        if (explanation.hint().isEmpty()) {
            report.error(explanation.message());
        } else {
            report.error(explanation.message(), explanation.hint());
        }
        return explanation.exitCode();
    }

    private static Optional<Explanation> explain(Exception e) {
        return Optional.ofNullable(
                switch (e) {
                    case CommandException command -> command.explanation();
                    case KeyStoreFileException keyStore ->
                        new Explanation(
                                ExitCode.BAD_INPUT, keyStore, keyStore.hint().orElse(""));
                    case PassphraseException passphrase ->
                        new Explanation(code(passphrase), passphrase, passphrase.hint());
                    case ConfigException config -> new Explanation(ExitCode.BAD_INPUT, config, "");
                    case MalformedNameException name -> new Explanation(ExitCode.BAD_INPUT, name, "");
                    case FileAlreadyExistsException exists ->
                        new Explanation(
                                ExitCode.REFUSED,
                                exists.getFile() + " exists already",
                                "choose another name, or give --force");
                    case IOException io -> new Explanation(ExitCode.BAD_INPUT, FileTrouble.inWords(io), "");
                    default -> null;
                });
    }

    private static ExitCode code(PassphraseException e) {
        return switch (e.failure()) {
            case NO_TERMINAL, CONTRADICTION -> ExitCode.USAGE;
            case MISMATCH, EMPTY -> ExitCode.BAD_INPUT;
        };
    }

    private Explanation bug(Exception e) {
        String whereToLook = program.openBugLog();
        LoggerFactory.getLogger(ExceptionLadder.class).error("a command ended by a bug", e);
        return new Explanation(
                ExitCode.INTERNAL, "internal error: " + e.getClass().getSimpleName(), whereToLook);
    }
}
