package org.chancery.ca.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.ledger.Origin;
import org.chancery.ca.profile.Wishes;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.request.CertificateRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `ca renew`: the same key and names for longer.
@Command(
        name = "renew",
        description = {
            "Issues a certificate with the key and the names of an earlier one, valid from now. Needs no request.",
            "The earlier one stays valid until it ends."
        },
        footer = {
            "  ca renew alice.pem --out alice.pem",
            "  ca renew 4f0c27d1a83b95e6104472cc50aa9d1377e2b0f1 --dry-run"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class RenewCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Parameters(paramLabel = "SERIAL|CERT", description = "the serial number in hex, or a file with the certificate")
    private String which;

    @Option(names = "--days", paramLabel = "N", description = "how long it is valid. Default: the profile's")
    private @Nullable Integer days;

    @Option(names = "--out", paramLabel = "FILE", description = "where the certificates go, else standard output")
    private @Nullable Path out;

    @Option(names = "--dry-run", description = "say what would be issued, and issue nothing")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        try (Authority authority = ca.openAuthority()) {
            Succession succession = Succession.to(ca, authority, which);
            OutputFile file = out == null || dryRun ? null : OutputFile.reserve(out, PemLabel.CERTIFICATE);
            CertificateRequest again = CertificateRequest.again(succession.certificate());
            succession.issue(again, wishes(), Origin.Kind.RENEWED, file, dryRun);
        }
        return 0;
    }

    private Wishes wishes() {
        return new Wishes(
                Optional.empty(),
                Optional.empty(),
                List.of(),
                List.of(),
                days == null ? OptionalInt.empty() : OptionalInt.of(days));
    }
}
