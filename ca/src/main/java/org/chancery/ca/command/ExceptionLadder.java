package org.chancery.ca.command;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;
import java.util.Optional;
import org.chancery.ca.issuance.AuthorityException;
import org.chancery.ca.issuance.UnfitCertificateException;
import org.chancery.ca.ledger.KeyTakenException;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.ca.ledger.NotRevocableException;
import org.chancery.ca.profile.NamespaceException;
import org.chancery.pki.console.ConfigException;
import org.chancery.pki.console.ExitCode;
import org.chancery.pki.console.FailureReport;
import org.chancery.pki.console.PassphraseException;
import org.chancery.pki.keystore.KeyStoreFailure;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.slf4j.LoggerFactory;

/// The one place where an exception becomes an exit code and words. What it does not know is a bug: the
/// person is told so in one line, the stack trace goes to the log, and only then is there a log at all.
final class ExceptionLadder {
    /// Read by logback when the first logger is asked for, which is here.
    private static final String LOG_CONFIGURATION = "logback.configurationFile";

    private final FailureReport report;

    ExceptionLadder(Surroundings surroundings) {
        this.report = surroundings.report();
    }

    ExitCode report(Exception e) {
        return switch (e) {
            case NotFoundException none -> tell(ExitCode.NO, none, "see: ca list");
            case InputException input -> tell(ExitCode.BAD_INPUT, input, "");
            case UsageException usage -> tell(ExitCode.USAGE, usage, usage.hint());
            case RefusedException refused -> tell(ExitCode.REFUSED, refused, refused.hint());
            case NamespaceException namespace -> tell(ExitCode.USAGE, namespace, namespace.hint());
            case AuthorityException authority ->
                tell(code(authority), authority, authority.failure().hint());
            case UnfitCertificateException unfit ->
                tell(ExitCode.REFUSED, unfit, "rule " + unfit.rule() + " does not let it be signed");
            case KeyTakenException taken -> tell(ExitCode.REFUSED, taken, "make a new key and a new request");
            case NotRevocableException fixed -> tell(code(fixed), fixed, hint(fixed));
            case LedgerException ledger -> tell(code(ledger), ledger, "");
            case KeyStoreFileException keyStore -> tell(ExitCode.BAD_INPUT, keyStore, hint(keyStore));
            case PassphraseException passphrase -> tell(code(passphrase), passphrase, passphrase.hint());
            case ConfigException config -> tell(ExitCode.BAD_INPUT, config, "");
            case FileAlreadyExistsException exists ->
                tell(ExitCode.REFUSED, exists.getFile() + " exists and is not ours to replace", "choose another name");
            case NoSuchFileException missing -> tell(ExitCode.BAD_INPUT, "no such file: " + missing.getFile(), "");
            case FileSystemException file -> unusable(file);
            case IOException io -> tell(ExitCode.BAD_INPUT, io, "");
            default -> bug(e);
        };
    }

    private static ExitCode code(AuthorityException e) {
        return switch (e.failure()) {
            case EXISTS -> ExitCode.REFUSED;
            case PLAN -> ExitCode.USAGE;
            case MISSING, DAMAGED, WRONG_KEY -> ExitCode.BAD_INPUT;
        };
    }

    private static ExitCode code(NotRevocableException e) {
        return switch (e.reason()) {
            case UNKNOWN_SERIAL -> ExitCode.NO;
            case ALREADY_REVOKED, AUTHORITY_ITSELF -> ExitCode.REFUSED;
        };
    }

    private static String hint(NotRevocableException e) {
        return switch (e.reason()) {
            case UNKNOWN_SERIAL -> "see: ca list";
            case ALREADY_REVOKED -> "to publish the CRL again: ca crl";
            case AUTHORITY_ITSELF -> "to end an authority, take its root out of every trust list";
        };
    }

    private static ExitCode code(LedgerException e) {
        return switch (e.failure()) {
            case BUSY -> ExitCode.REFUSED;
            case MISSING, NOT_A_LEDGER, FAILED -> ExitCode.BAD_INPUT;
        };
    }

    private static ExitCode code(PassphraseException e) {
        return switch (e.failure()) {
            case NO_TERMINAL, CONTRADICTION -> ExitCode.USAGE;
            case MISMATCH, EMPTY -> ExitCode.BAD_INPUT;
        };
    }

    private static String hint(KeyStoreFileException e) {
        return e.failure() == KeyStoreFailure.WRONG_PASSPHRASE ? "give the passphrase it was made with" : "";
    }

    private ExitCode unusable(FileSystemException e) {
        String why = Optional.ofNullable(e.getReason()).orElse(e.getClass().getSimpleName());
        return tell(ExitCode.BAD_INPUT, "cannot use " + e.getFile() + ": " + why, "");
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
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(
                    LOG_CONFIGURATION,
                    Objects.requireNonNull(getClass().getResource("log.xml")).toString());
        }
        LoggerFactory.getLogger(ExceptionLadder.class).error("a command ended by a bug", e);
        return tell(
                ExitCode.INTERNAL,
                "internal error: " + e.getClass().getSimpleName(),
                "this is a bug; ~/.chancery/log/ca.log has the details");
    }
}
