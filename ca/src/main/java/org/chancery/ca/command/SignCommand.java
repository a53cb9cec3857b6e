package org.chancery.ca.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.Issuer;
import org.chancery.ca.profile.CertificateProfile;
import org.chancery.ca.profile.Grant;
import org.chancery.ca.profile.Wishes;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.request.CertificateRequest;
import org.jspecify.annotations.Nullable;
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

    @Option(names = "--dry-run", description = "say what would be granted and dropped, and issue nothing")
    private boolean dryRun;

    @Mixin
    private ExplainOption explain;

    @Override
    public Integer call() throws Exception {
        CertificateProfile profile = ca.profiles().leaf(profileName);
        CertificateRequest request = InputFile.read(requestFile).request();
        OutputFile file = out == null || dryRun ? null : OutputFile.reserve(out, PemLabel.CERTIFICATE);
        try (Authority authority = ca.openAuthority()) {
            switch (authority.decide(request, profile, wishes())) {
                case Grant.Refused refused -> refuse(authority, request, refused);
                case Grant.Granted granted when dryRun -> ca.print(SignReport.planned(granted));
                case Grant.Granted granted -> issue(authority, granted, file);
            }
        }
        return 0;
    }

    private void issue(Authority authority, Grant.Granted granted, @Nullable OutputFile file) throws Exception {
        CertificateChain chain;
        try (Passphrase passphrase = ca.passphrases(authority).existing("passphrase of the issuing CA")) {
            Issuer issuer = authority.issuer(passphrase);
            chain = issuer.issue(issuer.prepare(granted));
        }
        Path where = file == null ? Path.of(SerialNumber.of(chain.leaf()).hex() + ".pem") : file.path();
        List<OpensslLine> lines = new OpensslLines(authority, Optional.empty()).certificate(where, false);
        new SignReport(ca, granted, chain).deliver(file, facts -> explain.addTo(facts, lines));
    }

    private void refuse(Authority authority, CertificateRequest request, Grant.Refused refused) throws Exception {
        if (!dryRun) {
            authority.ledger().recordRefusal(request.deviceId(), refused.reason() + ": " + refused.detail());
        }
        throw new CommandException(
                ExitCode.REFUSED,
                refused.reason().inWords() + ": " + refused.detail(),
                refused.reason().hint());
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
