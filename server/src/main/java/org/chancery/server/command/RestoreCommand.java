package org.chancery.server.command;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Json;
import org.chancery.console.Surroundings;
import org.chancery.server.LogCopies;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `server restore`: a copy back into a data directory that has no log.
@Command(
        name = "restore",
        description = {
            "Puts a copy of a relay's log into a data directory that has none. No relay may run there.",
            "Clients notice by the log's new incarnation, and send again what the copy does not have of theirs",
            "and they had no answer to. What was acknowledged after the copy was made is lost to who had not",
            "read it."
        },
        footer = {
            "  server restore relay-2026-11-27.backup",
            "  server restore /media/safe/relay.backup --data /var/lib/chancery --json"
        })
final class RestoreCommand implements Callable<Integer> {

    @ParentCommand
    private ServerCommand server;

    @Parameters(paramLabel = "FILE", description = "what server backup has written")
    private Path file;

    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = server.surroundings();
        try {
            LogCopies.putBack(file, data.directory());
        } catch (FileAlreadyExistsException e) {
            throw refused(Path.of(e.getFile()));
        }
        if (json) {
            surroundings
                    .out()
                    .println(Json.object()
                            .put("file", file.toString())
                            .put("data", data.directory().toString())
                            .text());
        } else {
            surroundings.out().println("restored: " + file + " to " + data.directory());
            surroundings.out().println("next:     server run --data " + data.directory() + " ...");
        }
        return ExitCode.DONE.code();
    }

    private CommandException refused(Path there) {
        if (there.equals(LogCopies.logFile(data.directory()))) {
            return new CommandException(
                    ExitCode.REFUSED,
                    data.directory() + " has a log already",
                    "give --data another directory, or move " + there + " away with its -wal and -shm");
        }
        return new CommandException(
                ExitCode.REFUSED,
                there + " is left of a log that was here: the copy would be mixed with it",
                "move it to where its relay.db went (together they are that log), or give --data another directory");
    }
}
