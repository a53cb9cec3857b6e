package org.chancery.ca.command;

import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.Founded;
import org.chancery.ca.issuance.FoundingPlan;
import org.chancery.console.KeyTypeConverter;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.keystore.Passphrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

    @Option(
            names = "--root-key-type",
            paramLabel = "TYPE",
            converter = KeyTypeConverter.class,
            description = "rsa3072, rsa4096, ec-p256 or ec-p384. Default: rsa4096")
    private KeyAlgorithm rootKeyType = KeyAlgorithm.RSA_4096;

    @Option(
            names = "--key-type",
            paramLabel = "TYPE",
            converter = KeyTypeConverter.class,
            description = "the issuing CA's. Default: rsa3072")
    private KeyAlgorithm keyType = KeyAlgorithm.RSA_3072;

    @Option(names = "--root-days", paramLabel = "N", description = "how long the root is valid. Default: 7300")
    private int rootDays = 7300;

    @Option(names = "--issuing-days", paramLabel = "N", description = "and the issuing CA. Default: 1825")
    private int issuingDays = 1825;

    @Option(names = "--root-key", paramLabel = "URI", description = "a token for the root's key. Default: a file")
    private String rootKey = "";

    @Option(names = "--issuing-key", paramLabel = "URI", description = "and one for the issuing CA's")
    private String issuingKey = "";

    @Override
    public Integer call() throws Exception {
        CaCommand ca = root.ca();
        FoundingPlan.Tier rootTier =
                new FoundingPlan.Tier(rootKeyType, rootDays, TokenOption.parse("--root-key", rootKey));
        FoundingPlan.Tier issuingTier =
                new FoundingPlan.Tier(keyType, issuingDays, TokenOption.parse("--issuing-key", issuingKey));
        try (Authority authority = ca.openAuthority();
                Passphrase passphrase = ca.passphrases(authority).existing("passphrase of the authority")) {
            Founded founded = authority.replaceRoot(ca.profiles().issuing(), rootTier, issuingTier, passphrase);
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
