package org.chancery.ca.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.RootCeremony;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
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
    private String to;

    @Override
    public Integer call() throws Exception {
        CaCommand ca = root.ca();
        Path place = place();
        try (Authority authority = ca.openAuthority()) {
            authority.requireRootKeyFile();
            try (Passphrase passphrase = ca.passphrases(authority).existing("passphrase of the root's key")) {
                RootCeremony ceremony = authority.ceremony(Optional.empty(), passphrase);
                Path copy = ceremony.export(place, passphrase);
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

    /// A name that ends in a slash is a directory's. Where there is none, the medium that should hold it is not there,
    /// and a file of that name would lie on the very disk that the key is to leave.
    private Path place() throws CommandException {
        Path place = Path.of(to);
        if (to.endsWith("/") && !Files.isDirectory(place)) {
            throw new CommandException(ExitCode.BAD_INPUT, "no directory " + to, "is the medium mounted?");
        }
        return place;
    }
}
