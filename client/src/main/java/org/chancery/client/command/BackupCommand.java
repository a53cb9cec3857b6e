package org.chancery.client.command;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.chancery.client.store.BackupOrigin;
import org.chancery.client.store.StoreBackup;
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

/// `client backup`: what the messenger remembers, in one file.
@Command(
        name = "backup",
        description = {
            "Copies what the messenger remembers into one file, also while it runs: conversations, contacts, how far each",
            "has come. It is sealed as the store is, under the passphrase of the keystore. The keystore is not in it, and",
            "the keys are not that letters to this device are sealed to: keep a copy of the keystore apart."
        },
        footer = {
            "  client backup --keystore alice.p12 alice-2026-11-27.backup",
            "  client backup --keystore alice.p12 --force --json /media/safe/alice.backup"
        })
final class BackupCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Parameters(paramLabel = "FILE", description = "a new file, mode 0600")
    private Path file;

    @Option(names = "--force", description = "replace the file if it exists")
    private boolean force;

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = client.surroundings();
        long octets;
        try (Passphrase passphrase = client.passphrase()) {
            Identity own = client.openKeyStore(passphrase).identity();
            BackupOrigin origin = new BackupOrigin(
                    own.address(), own.deviceId(), surroundings.clock().instant());
            octets = StoreBackup.make(client.storeLocation(), passphrase, surroundings.random(), origin, file, force);
        } catch (NoSuchFileException e) {
            if (!String.valueOf(e.getFile())
                    .startsWith(client.storeLocation().directory().toString())) {
                throw e;
            }
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "the messenger of " + client.keyStore() + " remembers nothing yet",
                    "it does once it has run: client --keystore " + client.keyStore());
        }
        if (json) {
            surroundings
                    .out()
                    .println(Json.object()
                            .put("file", file.toString())
                            .put("octets", octets)
                            .text());
        } else {
            surroundings.out().println("backup: " + file + ", " + octets + " octets");
            surroundings.out().println("back:   client restore --keystore " + client.keyStore() + " " + file);
        }
        return ExitCode.DONE.code();
    }
}
