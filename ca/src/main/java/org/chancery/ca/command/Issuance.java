package org.chancery.ca.command;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.Issuer;
import org.chancery.ca.ledger.LedgerException;
import org.chancery.ca.ledger.Origin;
import org.chancery.ca.profile.CertificateProfile;
import org.chancery.ca.profile.Grant;
import org.chancery.ca.profile.Wishes;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.request.CertificateRequest;
import org.jspecify.annotations.Nullable;

/// A request on its way through a command: decided, then refused and recorded, or planned, or issued and handed
/// over. What `sign`, `renew`, `rekey` and `reissue` share.
///
/// @param file where to; null for standard output
record Issuance(
        CaCommand ca,
        Authority authority,
        IssueOptions options,
        @Nullable OutputFile file) {
    /// Decides, and does what was decided.
    ///
    /// @param ofOrigin adds to the report what there is to say of the origin
    void run(
            CertificateRequest request,
            CertificateProfile profile,
            Wishes wishes,
            Origin origin,
            Consumer<Facts> ofOrigin)
            throws Exception {
        switch (authority.decide(request, profile, wishes)) {
            case Grant.Refused refused -> throw refused(request.deviceId(), refused);
            case Grant.Granted granted
            when options.isDryRun() -> {
                Facts planned = SignReport.planned(granted);
                ofOrigin.accept(planned);
                ca.print(planned);
            }
            case Grant.Granted granted -> issue(granted, origin, ofOrigin);
        }
    }

    private void issue(Grant.Granted granted, Origin origin, Consumer<Facts> ofOrigin) throws Exception {
        CertificateChain chain;
        try (Passphrase passphrase = ca.passphrases(authority).existing("passphrase of the issuing CA")) {
            Issuer issuer = authority.issuer(passphrase);
            chain = issuer.issue(issuer.prepare(granted, origin));
        }
        String serial = SerialNumber.of(chain.leaf()).hex();
        Facts facts = new Facts().put("serial", serial);
        ofOrigin.accept(facts);
        Path where = file == null ? Path.of(serial + ".pem") : file.path();
        List<OpensslLine> lines = new OpensslLines(authority, Optional.empty()).certificate(where, false);
        new SignReport(ca, granted, chain, facts)
                .deliver(file, report -> options.explain().addTo(report, lines));
    }

    /// Records a refusal; what the person is told of it.
    CommandException refused(DeviceId device, Grant.Refused refused) throws LedgerException {
        if (!options.isDryRun()) {
            authority.ledger().recordRefusal(device, refused.reason() + ": " + refused.detail());
        }
        return new CommandException(
                ExitCode.REFUSED,
                refused.reason().inWords() + ": " + refused.detail(),
                refused.reason().hint());
    }
}
