package org.chancery.client.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Optional;
import org.chancery.client.store.StoreException;
import org.chancery.pki.console.ConfigException;
import org.chancery.pki.console.ExitCode;
import org.chancery.pki.console.FailureReport;
import org.chancery.pki.console.PassphraseException;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.sealing.EnvelopeException;
import org.slf4j.LoggerFactory;

/// The one place where an exception becomes an exit code and words. What it does not know is a bug: the person is told
/// so
/// in one line, and the stack trace goes to the log.
final class ExceptionLadder {
    private final FailureReport report;

    ExceptionLadder(FailureReport report) {
        this.report = report;
    }

    ExitCode report(Exception e) {
        return switch (e) {
            case CommandException command -> tell(command.exitCode(), command, command.hint());
            case StoreException store -> tell(code(store), store, hint(store));
            case KeyStoreFileException keyStore -> tell(ExitCode.BAD_INPUT, keyStore, hint(keyStore));
            case PassphraseException passphrase -> tell(code(passphrase), passphrase, passphrase.hint());
            case ConfigException config -> tell(ExitCode.BAD_INPUT, config, "");
            case MalformedNameException name -> tell(ExitCode.BAD_INPUT, name, "");
            case EnvelopeException envelope -> tell(code(envelope), envelope, hint(envelope));
            case FileAlreadyExistsException exists -> {
                report.error(exists.getFile() + " exists already", "choose another name, or give --force");
                yield ExitCode.REFUSED;
            }
            case NoSuchFileException missing -> {
                report.error("no such file: " + missing.getFile());
                yield ExitCode.BAD_INPUT;
            }
            case FileSystemException file -> {
                String why = Optional.ofNullable(file.getReason())
                        .orElse(file.getClass().getSimpleName());
                report.error("cannot use " + file.getFile() + ": " + why);
                yield ExitCode.BAD_INPUT;
            }
            case IOException io -> tell(ExitCode.BAD_INPUT, io, "");
            default -> bug(e);
        };
    }

    private static ExitCode code(StoreException e) {
        return switch (e.failure()) {
            case IN_USE -> ExitCode.REFUSED;
            case WRONG_PASSPHRASE, DAMAGED, UNSUPPORTED, DISK -> ExitCode.BAD_INPUT;
        };
    }

    private static String hint(StoreException e) {
        return switch (e.failure()) {
            case IN_USE -> "end that one first; client send works beside it";
            case WRONG_PASSPHRASE -> "the keystore's passphrase was changed after the store was made";
            case DAMAGED, UNSUPPORTED, DISK -> "";
        };
    }

    private static String hint(KeyStoreFileException e) {
        return switch (e.failure()) {
            case WRONG_PASSPHRASE -> "give the passphrase it was made with";
            case PENDING ->
                "have the request signed (ca sign), then: client import --keystore FILE --trust root.pem CERT";
            default -> "";
        };
    }

    private static ExitCode code(PassphraseException e) {
        return switch (e.failure()) {
            case NO_TERMINAL, CONTRADICTION -> ExitCode.USAGE;
            case MISMATCH, EMPTY -> ExitCode.BAD_INPUT;
        };
    }

    private static ExitCode code(EnvelopeException e) {
        return switch (e.failure()) {
            case RECIPIENT_KEY_UNSUPPORTED -> ExitCode.REFUSED;
            case MALFORMED, TOO_LARGE -> ExitCode.BAD_INPUT;
            case NOT_ADDRESSED,
                    WRAP_MISMATCH,
                    COMMITMENT_MISMATCH,
                    DECRYPTION_FAILED,
                    WRONG_PURPOSE,
                    HEADER_MISMATCH,
                    SIGNER_UNKNOWN,
                    SIGNER_REFUSED,
                    SIGNATURE_INVALID,
                    UNSUPPORTED_ALGORITHM -> ExitCode.NO;
        };
    }

    private static String hint(EnvelopeException e) {
        return switch (e.failure()) {
            case RECIPIENT_KEY_UNSUPPORTED ->
                "only RSA keys can receive; ask for a certificate with --key-type rsa3072";
            case NOT_ADDRESSED -> "it was sealed to other certificates than this keystore's";
            default -> "";
        };
    }

    private ExitCode tell(ExitCode code, Exception e, String hint) {
        String message = String.valueOf(e.getMessage());
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
