package org.chancery.ca.command;

import java.security.ProviderException;
import java.util.Objects;
import java.util.Optional;
import org.chancery.ca.backup.BackupException;
import org.chancery.ca.issuance.AuthorityException;
import org.chancery.ca.issuance.UnfitCertificateException;
import org.chancery.ca.key.CaKeyException;
import org.chancery.ca.key.CaKeyFailure;
import org.chancery.ca.ledger.KeyTakenException;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.ca.ledger.NotRevocableException;
import org.chancery.ca.profile.NamespaceException;
import org.chancery.ca.profile.ProfileException;
import org.chancery.console.ExitCode;
import org.chancery.console.Explanation;
import org.chancery.console.Program;
import org.chancery.console.Surroundings;

/// `ca`: what its own exceptions mean to a person, and where its bugs are told.
final class CaProgram implements Program {
    /// Read by logback when the first logger is asked for.
    private static final String LOG_CONFIGURATION = "logback.configurationFile";

    private final Surroundings surroundings;

    CaProgram(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public String name() {
        return "ca";
    }

    @Override
    public Object rootCommand() {
        return new CaCommand(surroundings);
    }

    @Override
    public Optional<Explanation> explain(Exception e) {
        return Optional.ofNullable(
                switch (e) {
                    case NamespaceException namespace -> new Explanation(ExitCode.USAGE, namespace, namespace.hint());
                    case ProfileException profile -> new Explanation(code(profile), profile, hint(profile));
                    case AuthorityException authority ->
                        new Explanation(
                                code(authority), authority, authority.failure().hint());
                    case CaKeyException key ->
                        new Explanation(code(key), key, key.failure().hint());
                    case BackupException backup ->
                        new Explanation(code(backup), backup, backup.failure().hint());
                    case ProviderException token ->
                        new Explanation(
                                ExitCode.UNREACHABLE,
                                "the key does not sign: " + CaKeyException.reason(token),
                                CaKeyFailure.TOKEN_FAILED.hint());
                    case UnfitCertificateException unfit ->
                        new Explanation(ExitCode.REFUSED, unfit, "rule " + unfit.rule() + " does not let it be signed");
                    case KeyTakenException taken ->
                        new Explanation(ExitCode.REFUSED, taken, "make a new key and a new request");
                    case NotRevocableException fixed -> new Explanation(code(fixed), fixed, hint(fixed));
                    case LedgerException ledger ->
                        new Explanation(code(ledger), ledger, ledger.failure().hint());
                    default -> null;
                });
    }

    @Override
    public String openBugLog() {
        if (System.getProperty(LOG_CONFIGURATION) == null) {
            System.setProperty(
                    LOG_CONFIGURATION,
                    Objects.requireNonNull(getClass().getResource("log.xml")).toString());
        }
        return "this is a bug; ~/.chancery/log/ca.log has the details";
    }

    private static ExitCode code(ProfileException e) {
        return switch (e.failure()) {
            case UNKNOWN -> ExitCode.USAGE;
            case MALFORMED, FORBIDDEN -> ExitCode.BAD_INPUT;
        };
    }

    private static String hint(ProfileException e) {
        return switch (e.failure()) {
            case UNKNOWN -> "a profile is a file in conf/profiles, beside ca.properties";
            case MALFORMED, FORBIDDEN -> "docs/profiles.md says what each key means";
        };
    }

    private static ExitCode code(AuthorityException e) {
        return switch (e.failure()) {
            case EXISTS, CA_REVOKED -> ExitCode.REFUSED;
            case PLAN -> ExitCode.USAGE;
            case MISSING, DAMAGED, WRONG_KEY, ROOT_AWAY, UNWRITABLE -> ExitCode.BAD_INPUT;
        };
    }

    private static ExitCode code(CaKeyException e) {
        return switch (e.failure()) {
            case MALFORMED -> ExitCode.USAGE;
            case LIBRARY, WRONG_PIN, KEY_MISSING -> ExitCode.BAD_INPUT;
            case TOKEN_MISSING, TOKEN_FAILED -> ExitCode.UNREACHABLE;
        };
    }

    private static ExitCode code(BackupException e) {
        return switch (e.failure()) {
            case MALFORMED, TOO_LARGE, DAMAGED, FOREIGN_CRL -> ExitCode.BAD_INPUT;
            case LOSS -> ExitCode.REFUSED;
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
            case UNKNOWN_SERIAL -> "of a part of a serial number, find the whole with: ca find --serial PART";
            case ALREADY_REVOKED -> "to publish the CRL again: ca crl";
            case AUTHORITY_ITSELF -> "an issuing CA: ca root revoke-issuing; a root: take it out of every trust list";
        };
    }

    private static ExitCode code(LedgerException e) {
        return switch (e.failure()) {
            case BUSY, ALTERED, CONTRADICTION, NO_SUCCESSION -> ExitCode.REFUSED;
            case MISSING, NOT_A_LEDGER, OTHER_VERSION, FULL, READ_ONLY, DISK, DAMAGED, HEAD_BEHIND, FAILED ->
                ExitCode.BAD_INPUT;
        };
    }
}
