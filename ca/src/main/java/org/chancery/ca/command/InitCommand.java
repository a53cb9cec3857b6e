package org.chancery.ca.command;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.AuthorityHome;
import org.chancery.ca.issuance.Founded;
import org.chancery.ca.issuance.Founding;
import org.chancery.ca.issuance.FoundingPlan;
import org.chancery.ca.profile.IssuingProfile;
import org.chancery.ca.profile.Namespace;
import org.chancery.console.CommandException;
import org.chancery.console.InputFile;
import org.chancery.console.Surroundings;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.keystore.Passphrase;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.TypeConversionException;

/// `ca init`: founds an authority.
@Command(
        name = "init",
        description = "Makes a root and an issuing CA, the ledger and the first CRLs.",
        footer = {
            "  ca init --domain lab.example --name Lab",
            "  ca init --domain lab.example,ops.example --ip-range 10.1.0.0/16 --url http://pki.lab.example"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class InitCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            required = true,
            split = ",",
            description = "a domain whose addresses and hosts it may certify; may repeat")
    private List<String> domains = List.of();

    @Option(
            names = "--ip-range",
            paramLabel = "CIDR",
            split = ",",
            description = "a range whose addresses it may certify; may repeat. Default: loopback and private networks")
    private List<String> ranges = Namespace.DEFAULT_RANGES;

    @Option(names = "--name", paramLabel = "NAME", description = "what it is called. Default: the first domain")
    private @Nullable String name;

    @Mixin
    private TierOptions.Root root;

    @Mixin
    private TierOptions.Issuing issuing;

    @Option(
            names = "--url",
            paramLabel = "URL",
            converter = UriConverter.class,
            description = "where CRLs and CA certificates will be served, for CDP and AIA in every certificate")
    private @Nullable URI url;

    @Option(names = "--force", description = "keep aside what is in the directory, under another name")
    private boolean force;

    @Mixin
    private ExplainOption explain;

    @Override
    public Integer call() throws Exception {
        IssuingProfile profile = ca.profiles().issuing();
        FoundingPlan plan = new FoundingPlan(
                name == null ? domains.getFirst() : name,
                Namespace.parse(domains, ranges),
                root.tier(Optional.empty()),
                issuing.tier(profile, Optional.empty()),
                Optional.ofNullable(url));
        Surroundings surroundings = ca.surroundings();
        try (Passphrase passphrase = passphrase(plan)) {
            Founding founding = new Founding(profile, surroundings.clock(), surroundings.random());
            Founded founded = founding.found(plan, ca.home(), passphrase, force);
            Facts facts = facts(plan, founded, passphrase.isNone());
            try (Authority authority = ca.openAuthority()) {
                explain.addTo(facts, new OpensslLines(authority, Optional.empty()).authority());
            }
            ca.print(facts);
            warn(passphrase.isNone());
        }
        return 0;
    }

    /// A token has its PIN already; what protects a new file is asked for twice.
    private Passphrase passphrase(FoundingPlan plan) throws Exception {
        return plan.allOnTokens()
                ? ca.passphrases().existing("PIN of the token")
                : ca.passphrases()
                        .fresh("passphrase for the keys of " + ca.home().directory());
    }

    private void warn(boolean protectedByMode) {
        if (url == null) {
            ca.surroundings()
                    .report()
                    .warning("without --url certificates carry no CDP and no AIA: relays and"
                            + " clients get CRLs as files or from the relay");
        }
        if (protectedByMode) {
            ca.surroundings()
                    .report()
                    .warning("the keys have no passphrase: the mode of their files, 0600, is all"
                            + " that protects them");
        }
    }

    private static Facts facts(FoundingPlan plan, Founded founded, boolean protectedByMode) throws CommandException {
        AuthorityHome home = founded.home();
        return new Facts()
                .put("name", plan.name())
                .put("home", home.directory().toString())
                .put("rootFingerprint", Certificates.sha256Fingerprint(founded.root()))
                .put("rootKeyType", plan.root().keyAlgorithm().cliName())
                .put("rootNotAfter", founded.root().getNotAfter().toInstant())
                .put("issuingKeyType", plan.issuing().keyAlgorithm().cliName())
                .put("issuingNotAfter", founded.issuing().getNotAfter().toInstant())
                .put("certifies", List.of(plan.namespace().toString().split(", ")))
                .put("rootCrlNextUpdate", nextUpdate(home.rootCrl()))
                .put("issuingCrlNextUpdate", nextUpdate(home.issuingCrl()))
                .put("keysProtectedBy", protection(plan, protectedByMode))
                .put("files", files(plan))
                .putIfPresent("keptAside", founded.keptAside().map(Object::toString));
    }

    private static Instant nextUpdate(Path crl) throws CommandException {
        return InputFile.read(crl).crls().getFirst().nextUpdate();
    }

    private static String protection(FoundingPlan plan, boolean protectedByMode) {
        return plan.allOnTokens() ? "tokens" : protectedByMode ? "file mode" : "passphrase and file mode";
    }

    private static List<String> files(FoundingPlan plan) {
        List<String> files =
                new ArrayList<>(List.of("root.pem", "issuing.pem", "chain.pem", "crl/root.pem", "crl/issuing.pem"));
        if (plan.root().token().isEmpty()) {
            files.add("root.p12");
        }
        if (plan.issuing().token().isEmpty()) {
            files.add("issuing.p12");
        }
        files.addAll(List.of("ledger.db", "authority.properties"));
        return files;
    }

    /// In words of ours: picocli's would name a class.
    static final class UriConverter implements ITypeConverter<URI> {
        @Override
        public URI convert(String text) {
            try {
                return new URI(text);
            } catch (URISyntaxException e) {
                throw new TypeConversionException("not an address like http://pki.lab.example: " + text);
            }
        }
    }
}
