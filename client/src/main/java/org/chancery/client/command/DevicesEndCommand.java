package org.chancery.client.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.chancery.client.chat.Command.EndDevice;
import org.chancery.client.chat.DevicesView;
import org.chancery.client.chat.DevicesView.OnChain;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client devices end`: takes a device off the chain, for good.
@Command(
        name = "end",
        description = {
            "Ends a device of yours: nothing is sealed to it from then on, and nobody believes what it writes.",
            "It never comes back. If it was stolen, have its certificate revoked as well (ca revoke)."
        },
        footer = {
            "  client devices end --keystore alice.p12 3f2a",
            "  client devices end --keystore alice.p12 3f2a --yes"
        })
final class DevicesEndCommand implements Callable<Integer> {
    /// As many digits as tell devices apart.
    private static final int FEWEST_DIGITS = 4;

    @ParentCommand
    private DevicesCommand devices;

    @Parameters(paramLabel = "DEVICE", description = "how the id of the device begins, at least four digits of it")
    private String device = "";

    @Option(names = "--yes", description = "without a question")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
        if (device.length() < FEWEST_DIGITS) {
            throw new CommandException(
                    ExitCode.USAGE, "at least " + FEWEST_DIGITS + " digits of the device's id", "client devices list");
        }
        ClientCommand client = devices.client();
        return ClientSession.use(client, session -> {
            try (Awaited awaited = new Awaited(session)) {
                OnChain chosen = choose(DevicesCommand.viewOnChain(awaited));
                if (!yes && !isConfirmed(client, chosen)) {
                    throw new CommandException(ExitCode.NO, "not ended", "");
                }
                DevicesCommand.done(session, awaited, new EndDevice(chosen.device()));
                client.surroundings().out().println("ended: device " + chosen.device());
                return ExitCode.DONE.code();
            }
        });
    }

    private OnChain choose(DevicesView view) throws CommandException {
        List<OnChain> fitting = view.devices().stream()
                .filter(candidate -> candidate.device().hex().startsWith(device))
                .toList();
        if (fitting.isEmpty()) {
            throw new CommandException(
                    ExitCode.NO, "no device of yours begins with " + device, "client devices list shows them");
        }
        if (fitting.size() > 1) {
            throw new CommandException(ExitCode.USAGE, fitting.size() + " devices begin with " + device, "");
        }
        return fitting.getFirst();
    }

    private static boolean isConfirmed(ClientCommand client, OnChain chosen) throws Exception {
        client.surroundings()
                .err()
                .println("device " + chosen.device() + (chosen.thisOne() ? ", THE ONE YOU ARE USING" : "")
                        + ", on the chain since " + chosen.joined());
        return Question.ask(client.surroundings(), "End it, for good?", "--yes");
    }
}
