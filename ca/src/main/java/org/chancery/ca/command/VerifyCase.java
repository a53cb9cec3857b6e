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
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.IpLiteral;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;

/// One question for the path validator, its files read.
record VerifyCase(PathValidator validator, ValidationRequest request, boolean revocationChecked) {
    static VerifyCase of(VerifyOptions options, Instant now) throws CommandException {
        Path file = Optional.ofNullable(options.certificate)
                .orElseThrow(() ->
                        new CommandException(ExitCode.USAGE, "no certificate to verify", "see: ca verify --help"));
        if (options.trust.isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "nobody to trust", "give --trust root.pem");
        }
        Set<X509Certificate> anchors = new LinkedHashSet<>(certificates(options.trust));
        List<X509Certificate> given = InputFile.read(file).certificates();
        List<X509Certificate> untrusted = new ArrayList<>(given.subList(1, given.size()));
        untrusted.addAll(certificates(options.untrusted));
        ValidationRequest request = ValidationRequest.of(given.getFirst())
                .untrusted(untrusted)
                .purpose(options.purpose)
                .at(Optional.ofNullable(options.at).orElse(now));
        boolean checked = !options.crls.isEmpty();
        if (checked) {
            List<X509Certificate> issuers = new ArrayList<>(anchors);
            issuers.addAll(untrusted);
            request = request.revocation(new Revocation.Required(crls(options.crls, issuers), Duration.ZERO));
        } else {
            request = request.revocation(new Revocation.NotChecked());
        }
        PathValidator validator = new PathValidator(new TrustAnchors(anchors));
        return new VerifyCase(validator, named(request, options), checked);
    }

    ValidatedPath validate() throws PathValidationException {
        return validator.validate(request);
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
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), "see: ca verify --help");
        }
    }

    /// Of several CRLs of one name the newest that its issuer signed: a forged one with a high number must
    /// not hide it. Where the issuer signed none, the newest there is, so that the answer can say what is
    /// wrong with it.
    private static CrlSet crls(List<Path> files, List<X509Certificate> issuers) throws CommandException {
        List<Crl> all = new ArrayList<>();
        for (Path file : files) {
            all.addAll(InputFile.read(file).crls());
        }
        CrlSet verified = CrlSet.verifiedBy(issuers, all);
        List<Crl> orphans = all.stream()
                .filter(crl -> verified.newest(crl.issuer()).isEmpty())
                .toList();
        return verified.merge(CrlSet.of(orphans));
    }

    private static List<X509Certificate> certificates(List<Path> files) throws CommandException {
        List<X509Certificate> certificates = new ArrayList<>();
        for (Path file : files) {
            certificates.addAll(InputFile.read(file).certificates());
        }
        return certificates;
    }
}
