package org.chancery.ca.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.ledger.Origin;
import org.chancery.ca.profile.Wishes;
import org.chancery.console.InputFile;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.request.CertificateRequest;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `ca reissue`: other names, in place of an earlier certificate.
@Command(
        name = "reissue",
        description = {
            "Issues a certificate from a request, as `ca sign` does, by the profile of an earlier one it takes over"
                    + " from.",
            "The earlier one stays valid until it ends."
        },
        footer = {"  ca reissue relay.pem relay.csr --dns chat.lab.example --out relay2.pem"})
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class ReissueCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Parameters(
            index = "0",
            paramLabel = "SERIAL|CERT",
            description = "the serial number in hex, or a file with the certificate")
    private String which;

    @Parameters(index = "1", paramLabel = "CSR", description = "the request (PKCS #10), PEM or DER")
    private Path requestFile;

    @Option(names = "--address", paramLabel = "ADDRESS", description = "whose it is; must agree with the request")
    private @Nullable String address;

    @Option(names = "--name", paramLabel = "NAME", description = "the display name people see beside the address")
    private @Nullable String name;

    @Option(names = "--dns", paramLabel = "HOST", description = "a host name, instead of those requested; may repeat")
    private List<String> hosts = List.of();

    @Option(names = "--ip", paramLabel = "IP", description = "an IP address, instead of those requested; may repeat")
    private List<String> ips = List.of();

    @Option(names = "--days", paramLabel = "N", description = "how long it is valid. Default: the profile's")
    private @Nullable Integer days;

    @Option(names = "--out", paramLabel = "FILE", description = "where the certificates go, else standard output")
    private @Nullable Path out;

    @Option(names = "--dry-run", description = "say what would be issued, and issue nothing")
    private boolean dryRun;

    @Override
    public Integer call() throws Exception {
        CertificateRequest request = InputFile.read(requestFile).request();
        try (Authority authority = ca.openAuthority()) {
            Succession succession = Succession.to(ca, authority, which);
            OutputFile file = out == null || dryRun ? null : OutputFile.reserve(out, PemLabel.CERTIFICATE);
            succession.issue(request, wishes(), Origin.Kind.REISSUED, file, dryRun);
        }
        return 0;
    }

    private Wishes wishes() {
        return new Wishes(
                Optional.ofNullable(address),
                Optional.ofNullable(name),
                hosts,
                ips,
                days == null ? OptionalInt.empty() : OptionalInt.of(days));
    }
}
