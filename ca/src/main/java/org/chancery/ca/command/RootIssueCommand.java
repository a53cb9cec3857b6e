package org.chancery.ca.command;

import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.Ca;
import org.chancery.ca.issuance.FoundingPlan;
import org.chancery.ca.issuance.RootCeremony;
import org.chancery.ca.profile.IssuingProfile;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.keystore.Passphrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `ca root issue-issuing`: a new issuing CA, or a new certificate for the one at work.
@Command(
        name = "issue-issuing",
        description = "Certifies a new issuing CA and puts it to work; what the one before signed stays valid.",
        footer = {
            "  ca root issue-issuing --root-key /media/safe/root.p12",
            "  ca root issue-issuing --root-key /media/safe/root.p12 --renew --issuing-days 1825"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class RootIssueCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Mixin
    private RootCommand.KeyOption key;

    @Option(names = "--renew", description = "a new certificate for the key of the issuing CA at work")
    private boolean renew;

    @Mixin
    private TierOptions.Issuing issuing;

    @Override
    public Integer call() throws Exception {
        CaCommand ca = root.ca();
        IssuingProfile profile = ca.profiles().issuing();
        try (Authority authority = ca.openAuthority()) {
            // A renewed one keeps its key.
            FoundingPlan.Tier tier = issuing.tier(
                    profile, renew ? Optional.empty() : authority.issuingCa().token());
            tier.check();
            RootCeremony ceremony = key.open(ca, authority);
            if (!ceremony.root().equals(authority.rootCa())) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        "this is the key of " + ceremony.root().name() + ", and "
                                + authority.rootCa().name() + " is at work",
                        "bring the key of the root at work");
            }
            if (renew) {
                X509Certificate renewed = ceremony.renewIssuing(profile, tier.days());
                ca.print(facts(authority, authority.issuingCa().name(), renewed));
                return 0;
            }
            try (Passphrase passphrase = ca.passphrases(authority).existing("passphrase of the issuing CA")) {
                Ca made = ceremony.certifyIssuing(profile, tier, passphrase);
                ca.print(facts(authority, made.name(), made.certificate())
                        .put("key", made.key().toString())
                        .put("crl", made.crlFile().toString()));
            }
        }
        return 0;
    }

    private static Facts facts(Authority authority, String name, X509Certificate certificate) {
        return new Facts()
                .put("issuing", NameText.of(certificate.getSubjectX500Principal()))
                .put("serial", SerialNumber.of(certificate).hex())
                .put("notAfter", certificate.getNotAfter().toInstant())
                .put("fingerprint", Certificates.sha256Fingerprint(certificate))
                .put("file", authority.home().certificate(name).toString())
                .put("chain", authority.home().chainPem().toString());
    }
}
