package org.chancery.ca.command;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.chancery.ca.backup.Backup;
import org.chancery.ca.issuance.Authority;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Surroundings;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `ca backup`: one consistent copy while running.
@Command(
        name = "backup",
        description = "Copies the authority into one new file, while everybody goes on, and reads the copy back.",
        footer = {"  ca backup lab-2026-11-22.backup", "  ca backup /media/safe/lab.backup --json"})
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class BackupCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Parameters(paramLabel = "FILE", description = "a new file, mode 0600: a ZIP with the ledger and all files")
    private Path file;

    @Override
    public Integer call() throws Exception {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new CommandException(ExitCode.REFUSED, file + " exists already", "choose another name");
        }
        Surroundings surroundings = ca.surroundings();
        try (Authority authority = ca.openAuthority()) {
            Backup.Made made = new Backup(surroundings.clock(), surroundings.random())
                    .make(authority, surroundings.confDirectory().resolve("profiles"), file);
            ca.print(new Facts()
                    .put("file", file.toString())
                    .put("madeAt", made.madeAt())
                    .put("acts", made.head().sequence())
                    .put("head", made.head().hash())
                    .put("certificates", made.certificates())
                    .put("files", made.files())
                    .put("verified", true));
            if (authority.properties().protectedByMode() && !made.keys().isEmpty()) {
                surroundings.report().warning("it holds keys without a passphrase: keep it as you keep the keys");
            }
        }
        return 0;
    }
}
