package org.chancery.client.command;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.chancery.client.control.ControlClient;
import org.chancery.client.control.Invocation;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoreFailure;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Surroundings;

/// The process that owns the store: it does the work of every command, for the store is one process's at a time. Where
/// a messenger of this keystore runs, that one does it; else the process of the command does.
final class Owner {
    /// What a command does with a messenger that runs.
    interface Work {
        int in(ClientSession session) throws Exception;
    }

    /// The same for a process that has to open the store first.
    interface Alone {
        int run() throws Exception;
    }

    private Owner() {}

    static int orHere(ClientCommand client, Work work, Alone alone) throws Exception {
        if (client.running().isPresent()) {
            return work.in(client.running().get());
        }
        Optional<ExitCode> done = handOver(client);
        if (done.isPresent()) {
            return done.get().code();
        }
        try {
            return alone.run();
        } catch (StoreException e) {
            // Somebody took the store in between, and listens by now.
            Optional<ExitCode> late = e.failure() == StoreFailure.IN_USE ? handOver(client) : Optional.empty();
            if (late.isEmpty()) {
                throw e;
            }
            return late.get().code();
        }
    }

    private static Optional<ExitCode> handOver(ClientCommand client) throws IOException, CommandException {
        if (!client.storeLocation().isThere()) {
            return Optional.empty(); // nor is there anybody who listens in it
        }
        Path socket = client.storeLocation().controlSocket();
        Surroundings own = client.surroundings();
        try {
            Invocation invocation = new Invocation(own.directory().toAbsolutePath(), List.of(client.arguments()));
            return ControlClient.run(socket, invocation, own.in(), own.out(), own.err());
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.BAD_INPUT, String.valueOf(e.getMessage()), "");
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.UNREACHABLE,
                    "the messenger that runs with this keystore has gone while it did this, or is of another version",
                    "whether it was done: client history, once it runs again");
        }
    }
}
