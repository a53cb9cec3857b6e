package org.chancery.ca.command;

import java.security.cert.X509Certificate;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.Ca;
import org.chancery.ca.issuance.FoundingPlan;
import org.chancery.ca.issuance.RootCeremony;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.KeyTypeConverter;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.key.KeyAlgorithm;
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

    @Option(
            names = "--key-type",
            paramLabel = "TYPE",
            converter = KeyTypeConverter.class,
            description = "rsa3072, rsa4096, ec-p256 or ec-p384. Default: rsa3072")
    private KeyAlgorithm keyType = KeyAlgorithm.RSA_3072;

    @Option(
            names = "--issuing-days",
            paramLabel = "N",
            description = "how long it is valid, never beyond the root. Default: 1825")
    private int days = 1825;

    @Option(
            names = "--issuing-key",
            paramLabel = "URI",
            description = "a token for its key, pkcs11:... Default: a file")
    private String issuingKey = "";

    @Override
    public Integer call() throws Exception {
        CaCommand ca = root.ca();
        FoundingPlan.Tier tier = new FoundingPlan.Tier(keyType, days, TokenOption.parse("--issuing-key", issuingKey));
        tier.check();
        try (Authority authority = ca.openAuthority()) {
            RootCeremony ceremony = key.open(ca, authority);
            if (!ceremony.root().equals(authority.rootCa())) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        "this is the key of " + ceremony.root().name() + ", and "
                                + authority.rootCa().name() + " is at work",
                        "bring the key of the root at work");
            }
            if (renew) {
                X509Certificate renewed = ceremony.renewIssuing(ca.profiles().issuing(), days);
                ca.print(facts(authority, authority.issuingCa().name(), renewed));
                return 0;
            }
            try (Passphrase passphrase = ca.passphrases(authority).existing("passphrase of the issuing CA")) {
                Ca issuing = ceremony.certifyIssuing(ca.profiles().issuing(), tier, passphrase);
                ca.print(facts(authority, issuing.name(), issuing.certificate())
                        .put("key", issuing.key().toString())
                        .put("crl", issuing.crlFile().toString()));
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
