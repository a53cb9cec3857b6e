package org.chancery.client.command;

import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.client.chat.Command.DeviceAct;
import org.chancery.client.chat.DeviceStanding;
import org.chancery.client.chat.DevicesView;
import org.chancery.client.chat.Event;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `client devices`: one's own devices, and those that want to become one.
@Command(
        name = "devices",
        description = {
            "Shows your devices, and those that wait to be approved.",
            "A new device, with a certificate of its own, can write and is written to only once a device that you use",
            "already has approved it. Both show the same six words while it waits."
        },
        subcommands = {DevicesListCommand.class, DevicesApproveCommand.class, DevicesEndCommand.class},
        footer = {
            "  client devices --keystore alice.p12",
            "  client devices approve --keystore alice.p12",
            "  client devices end --keystore alice.p12 3f2a"
        })
final class DevicesCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        return DevicesListCommand.list(client, json);
    }

    ClientCommand client() {
        return client;
    }

    /// One's devices, as soon as the relay has shown them.
    static DevicesView view(Awaited awaited) throws CommandException, InterruptedException {
        return awaited.next(event ->
                event instanceof Event.OwnDevicesChanged(DevicesView view) && view.standing() != DeviceStanding.UNKNOWN
                        ? Optional.of(view)
                        : Optional.empty());
    }

    /// As [#view], for what only a device on the chain can do.
    static DevicesView viewOnChain(Awaited awaited) throws CommandException, InterruptedException {
        DevicesView view = view(awaited);
        switch (view.standing()) {
            case ON_CHAIN, UNKNOWN -> {}
            case WAITING ->
                throw new CommandException(
                        ExitCode.REFUSED,
                        "this device waits to be approved itself",
                        "do this on a device that you use already");
            case ENDED -> throw new CommandException(ExitCode.REFUSED, "this device was ended, for good", "");
            case DISPUTED ->
                throw new CommandException(
                        ExitCode.REFUSED, view.trouble().orElse("the device chain is in dispute"), "");
        }
        return view;
    }

    /// Has something done and waits for what becomes of it.
    ///
    /// @throws CommandException REFUSED where it was not done
    static void done(ClientSession session, Awaited awaited, DeviceAct act)
            throws CommandException, InterruptedException {
        session.engine().submit(act);
        Event.DeviceActed acted = awaited.next(event ->
                event instanceof Event.DeviceActed it && it.act().equals(act) ? Optional.of(it) : Optional.empty());
        if (acted.failure().isPresent()) {
            throw new CommandException(ExitCode.REFUSED, acted.failure().get(), "");
        }
    }
}
