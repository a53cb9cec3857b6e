package org.chancery.ca.command;

import java.time.Instant;
import java.util.Optional;
import org.chancery.ca.ledger.RevocationOrder;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InstantConverter;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.revocation.RevocationReason;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Why a certificate is revoked, and since when its key is suspected.
final class RevocationOptions {
    @Option(
            names = "--reason",
            paramLabel = "REASON",
            converter = ReasonConverter.class,
            description = "keyCompromise, affiliationChanged, superseded, cessationOfOperation, ... as RFC 5280 has"
                    + " them. Default: unspecified")
    private RevocationReason reason = RevocationReason.UNSPECIFIED;

    @Option(
            names = "--invalidity-date",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "since when the key is suspected, as 2026-11-22T10:31:07Z or 2026-11-22")
    private @Nullable Instant invalidityDate;

    RevocationReason reason() {
        return reason;
    }

    /// Refuses a time that has not been.
    void requirePast(Instant now) throws CommandException {
        if (invalidityDate != null && invalidityDate.isAfter(now)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    "--invalidity-date " + invalidityDate + " is in the future",
                    "give a time that has been");
        }
    }

    RevocationOrder order(SerialNumber serial, RevocationOrder.Scope scope, Instant now) {
        return new RevocationOrder(serial, scope, reason, now, Optional.ofNullable(invalidityDate));
    }
}
