package org.chancery.ca.command;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.RootCeremony;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.keystore.Passphrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `ca root export`: takes the root's key away.
@Command(
        name = "export",
        description = "Takes the root's key out of the authority: a copy that opens, then nothing here any more.",
        footer = {"  ca root export /media/safe/", "  ca root export /media/safe/lab-root.p12"})
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class RootExportCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Parameters(paramLabel = "FILE|DIR", description = "a new file, or a directory for it to be in")
    private Path to;

    @Override
    public Integer call() throws Exception {
        CaCommand ca = root.ca();
        try (Authority authority = ca.openAuthority()) {
            authority.requireRootKeyFile();
            try (Passphrase passphrase = ca.passphrases(authority).existing("passphrase of the root's key")) {
                RootCeremony ceremony = authority.ceremony(Optional.empty(), passphrase);
                Path copy = ceremony.export(to, passphrase);
                ca.print(new Facts()
                        .put("root", NameText.of(ceremony.root().certificate().getSubjectX500Principal()))
                        .put(
                                "rootFingerprint",
                                Certificates.sha256Fingerprint(ceremony.root().certificate()))
                        .put("file", copy.toString())
                        .put("removed", ceremony.root().key().toString()));
            }
        }
        return 0;
    }
}
