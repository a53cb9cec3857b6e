package org.chancery.client.command;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.chancery.client.chat.Command.SaveFile;
import org.chancery.client.terminal.Courier;
import org.chancery.client.terminal.Dispatch;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Printable;
import org.chancery.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client save`: the file of a message.
@Command(
        name = "save",
        description = {
            "Fetches the file of a message; done when all of it is there and proved to be what was sent. No file is",
            "fetched by itself. What breaks off goes on with the next command to the same place."
        },
        footer = {
            "  client save --keystore bob.p12 12 --out report.pdf",
            "  client save --keystore bob.p12 12 --out /srv/incoming/report.pdf --force"
        })
final class SaveCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Parameters(paramLabel = "ID", description = "the number that history and listen show in front of the file")
    private long message;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "a file or a directory; the file appears whole or not at all. Default: under the name that its"
                            + " sender gave it, made harmless, in this directory")
    private @Nullable Path out;

    @Option(names = "--force", description = "replace a file that is there")
    private boolean force;

    @Override
    public Integer call() throws Exception {
        SaveFile save = new SaveFile(message, target(), force);
        return ClientSession.use(client, session -> report(session.courier().run(save, Courier.PATIENCE)));
    }

    private Path target() throws CommandException {
        Path target = (out == null ? client.surroundings().directory() : out)
                .toAbsolutePath()
                .normalize();
        if (!force && Files.exists(target) && !Files.isDirectory(target)) {
            throw new CommandException(ExitCode.REFUSED, target + " exists already", "--force replaces it");
        }
        return target;
    }

    private int report(Dispatch dispatch) {
        Surroundings surroundings = client.surroundings();
        return switch (dispatch) {
            case Dispatch.Saved(String path) -> {
                surroundings.out().println("saved " + Printable.of(path));
                yield ExitCode.DONE.code();
            }
            case Dispatch.Failed(String sentence) -> {
                surroundings.report().error(sentence);
                yield ExitCode.NO.code();
            }
            case Dispatch.Queued(String reason) -> {
                surroundings.report().error(reason, "what was fetched is kept beside its place: ask again");
                yield ExitCode.UNREACHABLE.code();
            }
            case Dispatch.Published _ -> throw new IllegalStateException("nothing was to be sent");
        };
    }
}
