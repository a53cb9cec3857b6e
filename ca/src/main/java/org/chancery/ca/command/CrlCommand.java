package org.chancery.ca.command;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.CrlPublisher;
import org.chancery.console.CommandException;
import org.chancery.console.DurationConverter;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `ca crl`: issues the CRLs anew.
@Command(
        name = "crl",
        description = "Issues the CRLs of the issuing CA and of the root anew.",
        footer = {"  ca crl", "  ca crl --next-update 90d --out /srv/relay/crl.pem"})
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class CrlCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Option(
            names = "--next-update",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "how long the issuing CA's is good, as 90d or 24h. Default: 7d; the root's is always 400d")
    private Duration nextUpdate = CrlPublisher.ISSUING_LIFETIME;

    @Option(names = "--out", paramLabel = "FILE", description = "a further file, with both CRLs")
    private @Nullable Path out;

    @Override
    public Integer call() throws Exception {
        if (nextUpdate.isZero()) {
            throw new CommandException(
                    ExitCode.USAGE, "--next-update 0: a CRL that is never good", "see: ca crl --help");
        }
        OutputFile file = out == null ? null : OutputFile.reserve(out, PemLabel.X509_CRL);
        try (Authority authority = ca.openAuthority();
                Passphrase passphrase = ca.passphrases(authority).existing("passphrase of the authority")) {
            CrlPublisher issuing = authority.issuingCrls(passphrase);
            Optional<CrlPublisher> root = authority.rootCrls(passphrase);
            List<Crl> crls = new ArrayList<>();
            crls.add(issuing.publish(nextUpdate));
            if (root.isPresent()) {
                crls.add(root.get().publish(CrlPublisher.ROOT_LIFETIME));
            } else {
                crls.addAll(InputFile.read(authority.home().rootCrl()).crls());
                ca.surroundings().report().warning("the root's key is not here: its CRL stays as it is");
            }
            if (file != null) {
                file.write(PemText.crls(crls));
            }
            ca.print(facts(authority, crls)
                    .putIfPresent("out", Optional.ofNullable(out).map(Path::toString)));
        }
        return 0;
    }

    private static Facts facts(Authority authority, List<Crl> crls) {
        List<Facts> each = crls.stream().map(CrlFacts::brief).toList();
        List<String> lines = crls.stream()
                .map(crl -> NameText.of(crl.issuer()) + ", number " + crl.number() + ", "
                        + crl.entries().size() + " revoked, next update " + crl.nextUpdate())
                .toList();
        return new Facts()
                .put("crls", each, lines)
                .put(
                        "files",
                        List.of(
                                authority.home().issuingCrl().toString(),
                                authority.home().rootCrl().toString()));
    }
}
