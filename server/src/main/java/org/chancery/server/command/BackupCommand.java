package org.chancery.server.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Json;
import org.chancery.console.Surroundings;
import org.chancery.server.LogCopies;
import org.chancery.server.control.ControlAnswer;
import org.chancery.server.control.ControlRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `server backup`: one consistent copy of the log, by the relay that runs or without one.
@Command(
        name = "backup",
        description = {
            "Copies the relay's log into one file, while the relay runs or while it does not.",
            "Files that people have sent are not in it: they lie in DIR/files, for some days."
        },
        footer = {
            "  server backup relay-2026-11-27.backup",
            "  server backup /media/safe/relay.backup --data /var/lib/chancery --json"
        })
final class BackupCommand implements Callable<Integer> {

    @ParentCommand
    private ServerCommand server;

    @Parameters(paramLabel = "FILE", description = "a new file, mode 0600")
    private Path file;

    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--force", description = "replace the file if it exists")
    private boolean force;

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = server.surroundings();
        Path absolute = file.toAbsolutePath().normalize();
        Optional<ControlAnswer> answer =
                AskedRelay.askIfThere(data.directory(), new ControlRequest.Backup(absolute, force));
        long octets = answer.isPresent() ? octets(answer.get()) : copied(absolute);
        if (json) {
            surroundings
                    .out()
                    .println(Json.object()
                            .put("file", file.toString())
                            .put("octets", octets)
                            .put("running", answer.isPresent())
                            .text());
        } else {
            surroundings.out().println("backup:  " + file + ", " + octets + " octets");
            surroundings
                    .out()
                    .println("made by: " + (answer.isPresent() ? "the running relay" : "this command, no relay runs"));
        }
        return ExitCode.DONE.code();
    }

    private long copied(Path copy) throws Exception {
        if (Files.notExists(LogCopies.logFile(data.directory()))) {
            throw new CommandException(
                    ExitCode.BAD_INPUT,
                    "no relay's log in " + data.directory(),
                    "name the relay's directory with --data");
        }
        return LogCopies.make(data.directory(), copy, force);
    }

    private static long octets(ControlAnswer answer) {
        if (answer instanceof ControlAnswer.BackedUp(long octets)) {
            return octets;
        }
        throw new IllegalStateException("another answer than to a backup");
    }
}
