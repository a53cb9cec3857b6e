package org.chancery.ca.command;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.ledger.Origin;
import org.chancery.ca.ledger.Particulars;
import org.chancery.ca.profile.Wishes;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.GeneralNames;
import org.chancery.pki.request.CertificateRequest;

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
    void issue(CertificateRequest request, Wishes wishes, Origin.Kind kind, IssueOptions options) throws Exception {
        Origin origin = new Origin(kind, Optional.of(parent.serial()));
        new Issuance(ca, authority, options, options.reserve())
                .run(request, ca.profiles().leaf(parent.profile()), wishes, origin, facts -> addTo(facts, origin));
    }

    private void addTo(Facts facts, Origin origin) {
        Instant end = parent.validity().notAfter();
        boolean expired = end.isBefore(ca.surroundings().now());
        String serial = parent.serial().hex();
        facts.put("origin", origin.kind().code())
                .put("parent", serial)
                .put("parentNotAfter", end)
                .put(
                        "parentRemains",
                        expired
                                ? "expired"
                                : "valid; to end it alone: ca revoke " + serial + " --only-this --reason superseded");
    }
}
