package org.chancery.ca.command;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.CrlPublisher;
import org.chancery.ca.issuance.CrlRound;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.ca.ledger.Particulars;
import org.chancery.ca.ledger.RevocationOrder;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.revocation.Crl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `ca revoke`: ends a device, or one certificate, and publishes a CRL that says so.
@Command(
        name = "revoke",
        description = {
            "Revokes every unexpired certificate of a key, and whatever was renewed, rekeyed or reissued from it,",
            "and publishes a new CRL at once."
        },
        footer = {
            "  ca revoke alice.pem --dry-run",
            "  ca revoke alice.pem --reason keyCompromise --invalidity-date 2026-11-20",
            "  ca revoke 4f0c27d1a83b95e6104472cc50aa9d1377e2b0f1 --reason superseded --only-this"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class RevokeCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Parameters(paramLabel = "SERIAL|CERT", description = "the serial number in hex, or a file with the certificate")
    private String which;

    @Mixin
    private RevocationOptions why;

    @Option(names = "--only-this", description = "revoke the named certificate alone, not its key and what came of it")
    private boolean onlyThis;

    @Option(names = "--dry-run", description = "say what would be revoked, and revoke nothing")
    private boolean dryRun;

    @Mixin
    private ExplainOption explain;

    @Override
    public Integer call() throws Exception {
        Instant now = ca.surroundings().now();
        why.requirePast(now);
        try (Authority authority = ca.openAuthority()) {
            SerialNumber serial = Reference.parse(which).serial(authority);
            List<Particulars> reached = authority.ledger().reach(order(serial, now));
            if (dryRun) {
                ca.print(planned(reached));
                return 0;
            }
            // Unlocked before anything is recorded: a revocation without its CRL helps nobody.
            CrlRound crls;
            try (Passphrase passphrase = ca.passphrases(authority).existing("passphrase of the issuing CA")) {
                crls = authority.issuingCrls(passphrase);
            }
            List<LedgerEntry.Revoked> revoked = authority.ledger().revoke(order(serial, now));
            List<Crl> published = crls.publish(CrlPublisher.ISSUING_LIFETIME);
            Crl crl = published.stream()
                    .filter(one ->
                            one.find(revoked.getFirst().particulars().serial()).isPresent())
                    .findFirst()
                    .orElseThrow();
            OpensslLines lines = new OpensslLines(authority, Optional.empty());
            ca.print(explain.addTo(facts(authority, revoked, crl), lines.crls()));
        }
        return 0;
    }

    private RevocationOrder order(SerialNumber serial, Instant now) {
        return why.order(serial, onlyThis ? RevocationOrder.Scope.ONLY_THIS : RevocationOrder.Scope.KEY, now);
    }

    private Facts planned(List<Particulars> reached) {
        List<Facts> each = reached.stream()
                .map(LedgerEntry.Issued::new)
                .map(EntryFacts::of)
                .toList();
        return new Facts()
                .put(
                        "wouldRevoke",
                        each,
                        reached.stream().map(RevokeCommand::line).toList())
                .put("reason", why.reason().cliName())
                .put("done", false);
    }

    private static String line(Particulars p) {
        return p.serial().hex() + "  " + p.name() + "  " + p.profile() + ", until "
                + p.validity().notAfter();
    }

    private static Facts facts(Authority authority, List<LedgerEntry.Revoked> revoked, Crl crl) {
        List<Facts> each = revoked.stream().map(EntryFacts::of).toList();
        List<String> lines = revoked.stream()
                .map(LedgerEntry.Revoked::particulars)
                .map(RevokeCommand::line)
                .toList();
        LedgerEntry.Revoked first = revoked.getFirst();
        return new Facts()
                .put("revoked", each, lines)
                .put("device", first.particulars().device().hex())
                .put("reason", first.revocation().reason().cliName())
                .put("revokedAt", first.revocation().revokedAt())
                .put("crlNumber", crl.number().toString())
                .put("crlNextUpdate", crl.nextUpdate())
                .put("crl", authority.crlFile(crl).toString());
    }
}
