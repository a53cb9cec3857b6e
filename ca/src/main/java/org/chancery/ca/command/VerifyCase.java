package org.chancery.ca.command;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.IpLiteral;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.PolicyDemand;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.revocation.CrlSet;

/// One question for the path validator, its files read.
///
/// @param leftOut what of the files could not be read
record VerifyCase(PathValidator validator, ValidationRequest request, boolean revocationChecked, List<String> leftOut) {
    private static final String HELP = "see: ca verify --help";
    private static final Pattern OID = Pattern.compile("[012](\\.(0|[1-9][0-9]{0,40})){1,40}");

    static VerifyCase of(VerifyOptions options, Instant now) throws CommandException {
        Path target = Optional.ofNullable(options.certificate)
                .orElseThrow(() -> new CommandException(ExitCode.USAGE, "no certificate to verify", HELP));
        if (options.trust.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "nobody to trust", "give --trust root.pem");
        }
        VerifyFiles files = new VerifyFiles();
        Set<X509Certificate> anchors = anchors(files, options.trust);
        List<X509Certificate> given = files.target(target);
        List<X509Certificate> untrusted = new ArrayList<>(given.subList(1, given.size()));
        untrusted.addAll(files.certificates(options.untrusted));
        Revocation revocation = revocation(files, options);
        ValidationRequest request = ValidationRequest.of(given.getFirst())
                .untrusted(untrusted)
                .purpose(options.purpose)
                .at(Optional.ofNullable(options.at).orElse(now))
                .policies(policies(options))
                .revocation(revocation);
        return new VerifyCase(
                new PathValidator(new TrustAnchors(anchors)),
                named(request, options),
                revocation instanceof Revocation.Required,
                files.leftOut());
    }

    ValidatedPath validate() throws PathValidationException {
        return validator.validate(request);
    }

    /// At least one; with none readable the question is a mistake, not one to be answered with no.
    private static Set<X509Certificate> anchors(VerifyFiles files, List<Path> trust) throws CommandException {
        Set<X509Certificate> anchors = new LinkedHashSet<>(files.certificates(trust));
        if (anchors.isEmpty()) {
            throw CommandException.badInput(String.join("; ", files.leftOut()));
        }
        return anchors;
    }

    /// Who gives a CRL or a response means it: also where none of them can be read.
    private static Revocation revocation(VerifyFiles files, VerifyOptions options) throws CommandException {
        if (options.crls.isEmpty() && options.ocsp.isEmpty()) {
            return new Revocation.NotChecked();
        }
        // Unverified: a forged list with a high number must not hide the true one, and only the validator can
        // tell who may sign for whom.
        CrlSet crls = CrlSet.unverified(files.crls(options.crls));
        return new Revocation.Required(crls, files.ocspResponses(options.ocsp), Duration.ZERO);
    }

    private static PolicyDemand policies(VerifyOptions options) throws CommandException {
        for (String policy : options.policies) {
            if (!OID.matcher(policy).matches()) {
                throw new CommandException(
                        ExitCode.USAGE, "policy " + policy + ", expected an object identifier like 2.25.1", HELP);
            }
        }
        return new PolicyDemand(
                Set.copyOf(options.policies),
                options.explicitPolicy,
                options.inhibitPolicyMapping,
                options.inhibitAnyPolicy);
    }

    private static ValidationRequest named(ValidationRequest request, VerifyOptions options) throws CommandException {
        ValidationRequest named = request;
        try {
            if (options.email != null) {
                named = named.email(Address.parse(options.email));
            }
            if (options.host != null) {
                named = named.host(options.host);
            }
            if (options.ip != null) {
                named = named.ip(IpLiteral.parse(options.ip));
            }
            if (options.maxDepth != null) {
                named = named.maxDepth(options.maxDepth);
            }
            return named;
        } catch (MalformedNameException | IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), HELP);
        }
    }
}
