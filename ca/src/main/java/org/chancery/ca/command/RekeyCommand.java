package org.chancery.ca.command;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.ledger.Origin;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.pki.request.CertificateRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `ca rekey`: the same names for a new key.
@Command(
        name = "rekey",
        description = {
            "Issues a certificate with the names of an earlier one for the key of a request.",
            "Of the request only the key is taken; one that names somebody else is refused. The earlier certificate stays",
            "valid until it ends."
        },
        footer = {"  ca rekey alice.pem new.csr --out alice2.pem"})
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class RekeyCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Parameters(
            index = "0",
            paramLabel = "SERIAL|CERT",
            description = "the serial number in hex, or a file with the certificate")
    private String which;

    @Parameters(index = "1", paramLabel = "CSR", description = "the request of the new key (PKCS #10), PEM or DER")
    private Path requestFile;

    @Mixin
    private IssueOptions options;

    @Override
    public Integer call() throws Exception {
        CertificateRequest request = new RequestFile(requestFile).read(ca, options);
        try (Authority authority = ca.openAuthority()) {
            Succession succession = Succession.to(ca, authority, which);
            if (request.publicKey().equals(succession.certificate().getPublicKey())) {
                throw new CommandException(
                        ExitCode.REFUSED, requestFile + " has the key of the certificate", "the same key: ca renew");
            }
            succession.requireNoOtherNames(request);
            CertificateRequest named = request.withNamesOf(succession.certificate());
            succession.issue(named, options.wishes(), Origin.Kind.REKEYED, options);
        }
        return 0;
    }
}
