package org.chancery.ca.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.ledger.Origin;
import org.chancery.ca.profile.CertificateProfile;
import org.chancery.pki.request.CertificateRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `ca sign`: a request becomes a certificate.
@Command(
        name = "sign",
        description = "Issues a certificate from a request: the certificate, then the issuing CA's.",
        footer = {
            "  ca sign alice.csr --profile client --name Alice --out alice.pem",
            "  ca sign relay.csr --profile server --ip 127.0.0.1 --dry-run"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class SignCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Parameters(paramLabel = "CSR", description = "the request (PKCS #10), PEM or DER")
    private Path requestFile;

    @Option(
            names = "--profile",
            paramLabel = "PROFILE",
            required = true,
            description = "client for a person, server for a relay, ocsp for an OCSP signer, or one of your own")
    private String profileName;

    @Mixin
    private NameOptions names;

    @Mixin
    private IssueOptions options;

    @Override
    public Integer call() throws Exception {
        CertificateProfile profile = ca.profiles().leaf(profileName);
        CertificateRequest request = new RequestFile(requestFile).read(ca, options);
        OutputFile file = options.reserve();
        try (Authority authority = ca.openAuthority()) {
            new Issuance(ca, authority, options, file)
                    .run(request, profile, names.wishes(options.days()), Origin.NEW, _ -> {});
        }
        return 0;
    }
}
