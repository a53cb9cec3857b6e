package org.chancery.ca.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.chancery.ca.backup.Restore;
import org.chancery.console.InputFile;
import org.chancery.console.Surroundings;
import org.chancery.pki.revocation.Crl;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `ca restore`: an authority from a copy.
@Command(
        name = "restore",
        description = "Puts an authority back from a copy, and takes in what newer CRLs say.",
        footer = {
            "  ca restore lab.backup --crl /srv/relay/crl.pem",
            "  ca restore lab.backup --crl /srv/relay/crl.pem --accept-loss --home /srv/ca"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class RestoreCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Parameters(paramLabel = "FILE", description = "what ca backup wrote")
    private Path file;

    @Option(
            names = "--crl",
            paramLabel = "FILE",
            description = "the newest CRLs that are out in the world, from where the relay has them; may repeat")
    private List<Path> crlFiles = List.of();

    @Option(names = "--accept-loss", description = "go on though the CRLs show that the copy does not know everything")
    private boolean acceptLoss;

    @Option(names = "--force", description = "keep aside what is in the directory, under another name")
    private boolean force;

    @Override
    public Integer call() throws Exception {
        List<Crl> crls = new ArrayList<>();
        for (Path crlFile : crlFiles) {
            crls.addAll(InputFile.read(crlFile).crls());
        }
        Surroundings surroundings = ca.surroundings();
        Restore.Restored restored = new Restore(surroundings.clock(), surroundings.random())
                .restore(file, ca.home(), crls, acceptLoss, force);
        ca.print(facts(restored));
        surroundings
                .report()
                .warning("what was issued or revoked after " + restored.madeAt()
                        + " is not in the ledger, but for the revocations taken from CRLs: such certificates are valid"
                        + " until they end");
        if (crls.isEmpty()) {
            surroundings.report().warning("no newer CRL was given: revocations since then are forgotten");
        }
        surroundings.report().warning("publish CRLs that follow on from here: ca crl");
        return 0;
    }

    private Facts facts(Restore.Restored restored) {
        return new Facts()
                .put("home", ca.home().directory().toString())
                .put("madeAt", restored.madeAt())
                .put("certificates", restored.certificates())
                .put(
                        "revocationsTakenIn",
                        restored.merged().stream()
                                .map(revoked -> revoked.serialNumber().hex())
                                .toList())
                .put(
                        "possiblyIssued",
                        restored.intents().stream()
                                .map(intent -> intent.particulars().serial().hex())
                                .toList())
                .putIfPresent("keptAside", restored.keptAside().map(Path::toString));
    }
}
