package org.chancery.ca.command;

import java.util.Optional;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.RootCeremony;
import org.chancery.ca.key.CaKey;
import org.chancery.console.PassphraseSource;
import org.chancery.pki.keystore.Passphrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `ca root`: what is done with the root's key, on the few days it is at hand.
@Command(
        name = "root",
        description = "The ceremonies: what only the root's key can do.",
        subcommands = {
            RootExportCommand.class,
            RootCrlCommand.class,
            RootIssueCommand.class,
            RootRevokeCommand.class,
            RootReplaceCommand.class
        },
        footer = {"  ca root export /media/safe/", "  ca root crl --root-key /media/safe/root.p12"})
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class RootCommand {
    @ParentCommand
    private CaCommand ca;

    CaCommand ca() {
        return ca;
    }

    /// Where the root's key lies on the day of a ceremony.
    @SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
    static final class KeyOption {
        @Option(
                names = "--root-key",
                paramLabel = "FILE",
                description = "where the root's key lies: a file, or a token as pkcs11:... Default: where it was made")
        private String place = "";

        @Option(
                names = "--root-passphrase-file",
                paramLabel = "FILE",
                description = "where its passphrase or PIN stands. Default: as for every other key")
        private String passphraseFile = "";

        Optional<CaKey> place() throws Exception {
            return place.isEmpty() ? Optional.empty() : Optional.of(CaKey.parse(place));
        }

        Passphrase passphrase(CaCommand ca, Authority authority) throws Exception {
            PassphraseSource source = passphraseFile.isEmpty()
                    ? ca.passphrases(authority)
                    : PassphraseSource.choose(
                            false,
                            passphraseFile,
                            ca.surroundings().in(),
                            ca.surroundings().prompt());
            return source.existing("passphrase of the root's key");
        }

        RootCeremony open(CaCommand ca, Authority authority) throws Exception {
            try (Passphrase passphrase = passphrase(ca, authority)) {
                return authority.ceremony(place(), passphrase);
            }
        }
    }
}
