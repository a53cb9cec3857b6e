package org.chancery.ca.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.ledger.Origin;
import org.chancery.pki.request.CertificateRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin
    private NameOptions names;

    @Mixin
    private IssueOptions options;

    @Override
    public Integer call() throws Exception {
        CertificateRequest request = new RequestFile(requestFile).read(ca, options);
        try (Authority authority = ca.openAuthority()) {
            Succession succession = Succession.to(ca, authority, which);
            succession.issue(request, names.wishes(options.days()), Origin.Kind.REISSUED, options);
        }
        return 0;
    }
}
