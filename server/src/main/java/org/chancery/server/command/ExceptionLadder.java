package org.chancery.server.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.chancery.pki.certificate.MalformedCertificateException;
import org.chancery.pki.console.ConfigException;
import org.chancery.pki.console.ExitCode;
import org.chancery.pki.console.FailureReport;
import org.chancery.pki.console.PassphraseException;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.server.DataDirectoryBusyException;
import org.slf4j.LoggerFactory;

/// The one place where an exception becomes an exit code and words. What it does not know is a bug: the person is
/// told so in one line, the stack trace goes to the log.
final class ExceptionLadder {

    private final FailureReport report;

    ExceptionLadder(FailureReport report) {
        this.report = report;
    }

    ExitCode report(Exception e) {
        return switch (e) {
            case CommandException command -> tell(command.exitCode(), command, command.hint());
            case DataDirectoryBusyException busy ->
                tell(ExitCode.REFUSED, busy, "stop the other one, or give --data another directory");
            case KeyStoreFileException keyStore ->
                tell(ExitCode.BAD_INPUT, keyStore, keyStore.hint().orElse(""));
            case PassphraseException passphrase -> tell(code(passphrase), passphrase, passphrase.hint());
            case PathValidationException path ->
                tell(ExitCode.REFUSED, path, "see what the certificate says: ca show FILE");
            case ConfigException config -> tell(ExitCode.BAD_INPUT, config, "");
            case MalformedPemException pem -> tell(ExitCode.BAD_INPUT, pem, "");
            case MalformedCertificateException certificate -> tell(ExitCode.BAD_INPUT, certificate, "");
            case MalformedNameException name -> tell(ExitCode.USAGE, name, "");
            case NoSuchFileException none -> tell(ExitCode.BAD_INPUT, "no such file: " + none.getFile(), "");
            case FileAlreadyExistsException exists ->
                tell(ExitCode.REFUSED, exists.getFile() + " exists", "choose another name, or add --force");
            case FileSystemException file -> tell(ExitCode.BAD_INPUT, unusable(file), "");
            case IOException io -> tell(ExitCode.BAD_INPUT, io, "");
            default -> bug(e);
        };
    }

    private static ExitCode code(PassphraseException e) {
        return switch (e.failure()) {
            case NO_TERMINAL, CONTRADICTION -> ExitCode.USAGE;
            case MISMATCH, EMPTY -> ExitCode.BAD_INPUT;
        };
    }

    private static String unusable(FileSystemException e) {
        return "cannot use " + e.getFile() + ": "
                + Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName());
    }

    private ExitCode tell(ExitCode code, Exception e, String hint) {
        return tell(code, String.valueOf(e.getMessage()), hint);
    }

    private ExitCode tell(ExitCode code, String message, String hint) {
        if (hint.isEmpty()) {
            report.error(message);
        } else {
            report.error(message, hint);
        }
        return code;
    }

    private ExitCode bug(Exception e) {
        LoggerFactory.getLogger(ExceptionLadder.class).error("a command ended by a bug", e);
        report.error("internal error: " + e.getClass().getSimpleName(), "this is a bug; the log says where");
        return ExitCode.INTERNAL;
    }
}
