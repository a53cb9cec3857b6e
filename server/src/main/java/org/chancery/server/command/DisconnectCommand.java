package org.chancery.server.command;

import java.util.concurrent.Callable;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Json;
import org.chancery.console.Printable;
import org.chancery.console.Surroundings;
import org.chancery.server.control.ControlAnswer;
import org.chancery.server.control.ControlRequest;
import org.chancery.server.control.DevicePrefix;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `server disconnect`: sends a device away, which may come back.
@Command(
        name = "disconnect",
        description = {
            "Ends the sessions of a device. It may come back: what keeps somebody out is ca revoke.",
            "Exit code 1: it is not here."
        },
        footer = {"  server disconnect 3f9ac2d1", "  server disconnect 3f9ac2d1 --data /var/lib/chancery --json"})
final class DisconnectCommand implements Callable<Integer> {

    @ParentCommand
    private ServerCommand server;

    @Parameters(paramLabel = "DEVICE", description = "its id, or the first 8 digits or more, as server sessions has it")
    private String device;

    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = server.surroundings();
        if (AskedRelay.ask(data.directory(), new ControlRequest.Disconnect(prefix()))
                instanceof ControlAnswer.Disconnected gone) {
            if (json) {
                surroundings
                        .out()
                        .println(Json.object()
                                .put("address", gone.address().value())
                                .put("device", gone.device().hex())
                                .put("sessions", gone.sessions())
                                .text());
            } else {
                surroundings
                        .out()
                        .println("ended:  " + gone.sessions() + (gone.sessions() == 1 ? " session" : " sessions")
                                + " of " + Printable.of(gone.address().value()) + ", device "
                                + gone.device().hex());
            }
            return ExitCode.DONE.code();
        }
        throw new IllegalStateException("another answer than to a disconnection");
    }

    private DevicePrefix prefix() throws CommandException {
        try {
            return DevicePrefix.parse(device);
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ExitCode.USAGE, String.valueOf(e.getMessage()), "server sessions lists the devices that are here");
        }
    }
}
