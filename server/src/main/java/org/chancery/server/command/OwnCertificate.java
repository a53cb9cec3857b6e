package org.chancery.server.command;

import java.nio.file.Path;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.pki.path.PathValidationException;

/// Why a relay does not begin to listen with a certificate that no client would accept, and what to do about it.
final class OwnCertificate {

    private OwnCertificate() {}

    static CommandException refused(Path keyStore, PathValidationException e) {
        CommandException refusal = new CommandException(
                ExitCode.REFUSED,
                "no client would accept the certificate of " + keyStore + ": " + e.getMessage() + " ("
                        + e.failure().inWords() + ")",
                hint(e));
        refusal.initCause(e);
        return refusal;
    }

    private static String hint(PathValidationException e) {
        return switch (e.failure()) {
            case PURPOSE_NOT_ALLOWED, KEY_USAGE ->
                "a relay needs a certificate of its own: server request, ca sign --profile server, server import";
            case EXPIRED -> "have it renewed: ca renew, then server import";
            case NOT_YET_VALID -> "look at this machine's clock";
            case CRL_MISSING -> "give --crl for the root and for every issuing CA";
            case CRL_INVALID -> "give --crl the CRLs of the authority that --trust names";
            case REVOKED -> "make a new key: server request, ca sign --profile server, server import";
            case NO_PATH, SELF_SIGNED_NOT_TRUSTED, SIGNATURE_INVALID ->
                "--trust has to name the root of the authority that certified this relay";
            default -> "see what it says: ca show FILE";
        };
    }
}
