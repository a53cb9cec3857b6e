package org.chancery.ca.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.chancery.ca.profile.Wishes;
import org.chancery.console.CommandException;
import org.chancery.pki.pem.PemLabel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What every command that issues a certificate is told: for how long, where to, and whether at all.
@SuppressWarnings("NullAway.Init") // picocli sets the mixin
final class IssueOptions {
    @Option(names = "--days", paramLabel = "N", description = "how long it is valid. Default: the profile's")
    private @Nullable Integer days;

    @Option(names = "--out", paramLabel = "FILE", description = "where the certificates go, else standard output")
    private @Nullable Path out;

    @Option(names = "--dry-run", description = "say what would be granted and dropped, and issue nothing")
    private boolean dryRun;

    @Mixin
    private ExplainOption explain;

    OptionalInt days() {
        return days == null ? OptionalInt.empty() : OptionalInt.of(days);
    }

    /// No names but those of the request.
    Wishes wishes() {
        return new Wishes(Optional.empty(), Optional.empty(), List.of(), List.of(), days());
    }

    boolean isDryRun() {
        return dryRun;
    }

    /// Where to, looked at before anything is signed; null for standard output.
    @Nullable
    OutputFile reserve() throws CommandException {
        return out == null || dryRun ? null : OutputFile.reserve(out, PemLabel.CERTIFICATE);
    }

    ExplainOption explain() {
        return explain;
    }
}
