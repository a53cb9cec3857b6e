package org.chancery.ca.command;

import java.time.Instant;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.CrlPublisher;
import org.chancery.ca.issuance.RootCeremony;
import org.chancery.ca.ledger.RevocationOrder;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.revocation.Crl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `ca root revoke-issuing`: ends an issuing CA, and with it all that it ever signed.
@Command(
        name = "revoke-issuing",
        description = "Revokes an issuing CA by the root's CRL: with it ends every certificate it ever signed.",
        footer = {
            "  ca root revoke-issuing issuing.pem --root-key /media/safe/root.p12 --reason cACompromise",
            "  ca root revoke-issuing issuing.pem --root-key /media/safe/root.p12 --reason superseded"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class RootRevokeCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Mixin
    private RootCommand.KeyOption key;

    @Parameters(paramLabel = "SERIAL|CERT", description = "its serial number in hex, or a file with its certificate")
    private String which;

    @Mixin
    private RevocationOptions why;

    @Override
    public Integer call() throws Exception {
        CaCommand ca = root.ca();
        Instant now = ca.surroundings().now();
        why.requirePast(now);
        try (Authority authority = ca.openAuthority()) {
            SerialNumber serial = Reference.parse(which).serial(authority);
            RootCeremony ceremony = key.open(ca, authority);
            RevocationOrder order = why.order(serial, RevocationOrder.Scope.ONLY_THIS, now);
            Crl crl = ceremony.revokeIssuing(order, CrlPublisher.ROOT_LIFETIME);
            ca.print(new Facts()
                    .put("serial", serial.hex())
                    .put("reason", why.reason().cliName())
                    .put("revokedAt", now)
                    .put("crlNumber", crl.number().toString())
                    .put("crlNextUpdate", crl.nextUpdate())
                    .put("crl", ceremony.root().crlFile().toString()));
            if (SerialNumber.of(authority.issuing()).equals(serial)) {
                ca.surroundings()
                        .report()
                        .warning("it is the issuing CA at work: put another to work with: ca root issue-issuing");
            }
        }
        return 0;
    }
}
