package org.chancery.client.command;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.chancery.client.store.BackupOwner;
import org.chancery.client.store.StoreBackup;
import org.chancery.client.store.StoreBackup.PutBack;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Json;
import org.chancery.console.Surroundings;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.Passphrase;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client restore`: a backup becomes what the messenger remembers.
@Command(
        name = "restore",
        description = {
            "Puts a backup where the messenger remembers, if nothing is there. With the next connection it makes itself a",
            "new key to receive with, tells others that it goes on from the backup, and asks them for what was said since.",
            "What waited to be sent when the backup was made is not sent: it may have been."
        },
        footer = {
            "  client restore --keystore alice.p12 alice-2026-11-27.backup",
            "  client restore --keystore alice.p12 --force --json /media/safe/alice.backup"
        })
final class RestoreCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Parameters(paramLabel = "FILE", description = "what client backup has written")
    private Path file;

    @Option(names = "--force", description = "replace what the messenger remembers now")
    private boolean force;

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = client.surroundings();
        try (Passphrase passphrase = client.passphrase()) {
            Identity own = client.openKeyStore(passphrase).identity();
            PutBack done = StoreBackup.putBack(
                    file,
                    client.storeLocation(),
                    passphrase,
                    surroundings.random(),
                    new BackupOwner(own.address(), own.deviceId()),
                    force);
            say(done, own);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "the messenger of " + client.keyStore() + " remembers something already",
                    "to lose it for what is in the backup: --force");
        }
        return ExitCode.DONE.code();
    }

    private void say(PutBack done, Identity own) throws CommandException {
        Surroundings surroundings = client.surroundings();
        boolean same = done.origin().device().equals(own.deviceId());
        if (json) {
            surroundings
                    .out()
                    .println(Json.object()
                            .put("file", file.toString())
                            .put("address", done.origin().address().value())
                            .put("made", done.origin().made())
                            .put("sameDevice", same)
                            .put("unsent", done.unsent())
                            .text());
            return;
        }
        surroundings
                .out()
                .println("restored: " + done.origin().address() + " as of "
                        + done.origin().made() + (same ? "" : ", of another device"));
        if (done.unsent() > 0) {
            surroundings.out().println("unsent:   " + done.unsent() + ", to be looked at: client history");
        }
        surroundings.out().println("next:     client --keystore " + client.keyStore());
    }
}
