package org.chancery.ca.command;

import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.Founded;
import org.chancery.ca.issuance.FoundingPlan;
import org.chancery.ca.profile.IssuingProfile;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.keystore.Passphrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

/// `ca root replace`: a new root with a new issuing CA below it, while the old ones go on being trusted.
@Command(
        name = "replace",
        description = "Makes a new root and a new issuing CA and puts them to work; needs no key of the old.",
        footer = {"  ca root replace", "  ca root replace --root-key-type ec-p384 --key-type ec-p256"})
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class RootReplaceCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Mixin
    private TierOptions.Root newRoot;

    @Mixin
    private TierOptions.Issuing newIssuing;

    @Override
    public Integer call() throws Exception {
        CaCommand ca = root.ca();
        IssuingProfile profile = ca.profiles().issuing();
        try (Authority authority = ca.openAuthority()) {
            FoundingPlan.Tier rootTier = newRoot.tier(authority.rootCa().token());
            FoundingPlan.Tier issuingTier =
                    newIssuing.tier(profile, authority.issuingCa().token());
            Founded founded;
            try (Passphrase passphrase = ca.passphrases(authority).existing("passphrase of the authority")) {
                founded = authority.replaceRoot(profile, rootTier, issuingTier, passphrase);
            }
            ca.print(new Facts()
                    .put("root", NameText.of(founded.root().getSubjectX500Principal()))
                    .put("rootFingerprint", Certificates.sha256Fingerprint(founded.root()))
                    .put("rootNotAfter", founded.root().getNotAfter().toInstant())
                    .put("issuing", NameText.of(founded.issuing().getSubjectX500Principal()))
                    .put("issuingNotAfter", founded.issuing().getNotAfter().toInstant())
                    .put("chain", authority.home().chainPem().toString()));
        }
        ca.surroundings()
                .report()
                .warning("relays and clients trust the new root only once they are given it, beside the old one:"
                        + " --trust repeats");
        return 0;
    }
}
