package org.chancery.ca.command;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.Ca;
import org.chancery.ca.issuance.CrlCondition;
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
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `ca crl`: issues the CRLs anew.
@Command(
        name = "crl",
        description = "Issues the CRLs of the issuing CA and of the root anew.",
        footer = {"  ca crl", "  ca crl --if-due", "  ca crl --next-update 90d --out /srv/relay/crl.pem"})
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

    @Option(
            names = "--if-due",
            description = "only where half the life of one is over, or one does not say all that is revoked: for cron")
    private boolean ifDue;

    @Option(names = "--out", paramLabel = "FILE", description = "a further file, with all CRLs")
    private @Nullable Path out;

    @Mixin
    private ExplainOption explain;

    @Override
    public Integer call() throws Exception {
        if (nextUpdate.isZero()) {
            throw new CommandException(
                    ExitCode.USAGE, "--next-update 0: a CRL that is never good", "see: ca crl --help");
        }
        OutputFile file = out == null ? null : OutputFile.reserve(out, PemLabel.X509_CRL);
        try (Authority authority = ca.openAuthority()) {
            boolean issued = !ifDue || isDue(authority);
            if (issued) {
                publish(authority);
            }
            List<Crl> crls = published(authority);
            if (file != null) {
                file.write(PemText.crls(crls));
            }
            Facts facts = facts(authority, crls);
            explain.addTo(facts, new OpensslLines(authority, Optional.empty()).crls());
            if (ifDue) {
                facts.put("issued", issued);
            }
            ca.print(facts.putIfPresent("out", Optional.ofNullable(out).map(Path::toString)));
        }
        return 0;
    }

    private void publish(Authority authority) throws Exception {
        try (Passphrase passphrase = ca.passphrases(authority).existing("passphrase of the authority")) {
            authority.issuingCrls(passphrase).publish(nextUpdate);
            if (authority
                            .rootCrls(passphrase)
                            .publish(CrlPublisher.ROOT_LIFETIME)
                            .isEmpty()
                    && !ifDue) {
                ca.surroundings()
                        .report()
                        .warning("the root's key is not here: its CRL stays as it is; renew it with: ca root crl");
            }
        }
    }

    /// Of the root's only where there is a key to renew it with: else `ca doctor` says that it is due.
    private boolean isDue(Authority authority) throws Exception {
        Instant now = ca.surroundings().now();
        for (Ca one : authority.cas()) {
            boolean ours = !authority.isRoot(one) || one.keyFileIsHere();
            if (ours
                    && !one.hasEnded(now)
                    && CrlCondition.of(one, authority.ledger()).isDue(now)) {
                return true;
            }
        }
        return false;
    }

    /// What the world reads now.
    private List<Crl> published(Authority authority) throws Exception {
        List<Crl> crls = new ArrayList<>();
        for (Path file : files(authority)) {
            crls.addAll(InputFile.read(file).crls());
        }
        return crls;
    }

    /// Of those that have not ended: issuing CAs first, and of each tier the one at work.
    private List<Path> files(Authority authority) {
        Instant now = ca.surroundings().now();
        return authority.cas().reversed().stream()
                .filter(one -> !one.hasEnded(now))
                .map(Ca::crlFile)
                .toList();
    }

    private Facts facts(Authority authority, List<Crl> crls) {
        List<Facts> each = crls.stream().map(CrlFacts::brief).toList();
        List<String> lines = crls.stream()
                .map(crl -> NameText.of(crl.issuer()) + ", number " + crl.number() + ", "
                        + crl.entries().size() + " revoked, next update " + crl.nextUpdate())
                .toList();
        return new Facts()
                .put("crls", each, lines)
                .put("files", files(authority).stream().map(Path::toString).toList());
    }
}
