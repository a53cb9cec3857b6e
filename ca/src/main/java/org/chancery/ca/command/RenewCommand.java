package org.chancery.ca.command;

import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.ledger.Origin;
import org.chancery.pki.request.CertificateRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private IssueOptions options;

    @Override
    public Integer call() throws Exception {
        try (Authority authority = ca.openAuthority()) {
            Succession succession = Succession.to(ca, authority, which);
            CertificateRequest again = CertificateRequest.again(succession.certificate());
            succession.issue(again, options.wishes(), Origin.Kind.RENEWED, options);
        }
        return 0;
    }
}
