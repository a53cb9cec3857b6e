package org.chancery.ca.command;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.Issuer;
import org.chancery.ca.ledger.Origin;
import org.chancery.ca.ledger.Particulars;
import org.chancery.ca.profile.Grant;
import org.chancery.ca.profile.Wishes;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.GeneralNames;
import org.chancery.pki.request.CertificateRequest;
import org.jspecify.annotations.Nullable;

/// A certificate that takes over from another of this authority: what `renew`, `rekey` and `reissue` share. The
/// other stays what it is, and the report says so.
final class Succession {
    private final CaCommand ca;
    private final Authority authority;
    private final Particulars parent;
    private final X509Certificate certificate;

    private Succession(CaCommand ca, Authority authority, Particulars parent, X509Certificate certificate) {
        this.ca = ca;
        this.authority = authority;
        this.parent = parent;
        this.certificate = certificate;
    }

    /// To the certificate with that serial number, or in that file; by name nothing is ever chosen.
    static Succession to(CaCommand ca, Authority authority, String which) throws Exception {
        SerialNumber serial = Reference.parse(which).serial(authority);
        Particulars parent = authority
                .ledger()
                .find(serial)
                .orElseThrow(() -> new CommandException(
                        ExitCode.NO, "this authority has no certificate " + serial.hex(), "see: ca list"))
                .particulars();
        if (parent.isAuthority()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    serial.hex() + " is the authority's own certificate: " + parent.name(),
                    "see: ca root --help");
        }
        authority.ledger().requireSucceedable(parent);
        byte[] der = authority.ledger().certificateDer(serial).orElseThrow();
        return new Succession(ca, authority, parent, Certificates.parse(der));
    }

    /// The certificate that is taken over from.
    X509Certificate certificate() {
        return certificate;
    }

    /// Passes a request that names nobody but whom the certificate names: whoever asks for other names does not
    /// take a new key for these.
    void requireNoOtherNames(CertificateRequest request) throws Exception {
        List<GeneralName> names = GeneralNames.subjectAlternativeNames(certificate);
        for (GeneralName requested : request.requestedNames()) {
            if (!names.contains(requested)) {
                throw new CommandException(
                        ExitCode.REFUSED,
                        "the request names " + requested + ", the certificate does not",
                        "for other names: ca reissue");
            }
        }
    }

    /// Decides as the profile of the other does, issues, and reports.
    ///
    /// @param file where to; none for standard output
    void issue(CertificateRequest request, Wishes wishes, Origin.Kind kind, @Nullable OutputFile file, boolean dryRun)
            throws Exception {
        Origin origin = new Origin(kind, Optional.of(parent.serial()));
        switch (authority.decide(request, ca.profiles().leaf(parent.profile()), wishes)) {
            case Grant.Refused refused -> refuse(request, refused, dryRun);
            case Grant.Granted granted when dryRun -> ca.print(facts(SignReport.planned(granted), origin));
            case Grant.Granted granted -> {
                CertificateChain chain;
                try (Passphrase passphrase = ca.passphrases(authority).existing("passphrase of the issuing CA")) {
                    Issuer issuer = authority.issuer(passphrase);
                    chain = issuer.issue(issuer.prepare(granted, origin));
                }
                Facts serial =
                        new Facts().put("serial", SerialNumber.of(chain.leaf()).hex());
                new SignReport(ca, granted, chain, facts(serial, origin)).deliver(file, _ -> {});
            }
        }
    }

    private Facts facts(Facts facts, Origin origin) {
        Instant end = parent.validity().notAfter();
        boolean expired = end.isBefore(ca.surroundings().now());
        String serial = parent.serial().hex();
        return facts.put("origin", origin.kind().code())
                .put("parent", serial)
                .put("parentNotAfter", end)
                .put(
                        "parentRemains",
                        expired
                                ? "expired"
                                : "valid; to end it alone: ca revoke " + serial + " --only-this --reason superseded");
    }

    private void refuse(CertificateRequest request, Grant.Refused refused, boolean dryRun) throws Exception {
        if (!dryRun) {
            authority.ledger().recordRefusal(request.deviceId(), refused.reason() + ": " + refused.detail());
        }
        throw new CommandException(
                ExitCode.REFUSED,
                refused.reason().inWords() + ": " + refused.detail(),
                refused.reason().hint());
    }
}
