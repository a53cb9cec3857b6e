package org.chancery.client.command;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.client.chat.Command.ApproveDevice;
import org.chancery.client.chat.Command.HandOver;
import org.chancery.client.chat.DevicesView;
import org.chancery.client.chat.DevicesView.Waiting;
import org.chancery.client.chat.Event;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.pki.name.DeviceId;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client devices approve`: lets a new device join, after a person has compared the six words.
@Command(
        name = "approve",
        description = {
            "Lets a device of yours join that waits: it is sealed to from then on, and others believe what it writes.",
            "Exit code 1: none waits, or none with these words, or the answer was no."
        },
        footer = {
            "  client devices approve --keystore alice.p12",
            "  client devices approve --keystore alice.p12 --no-history",
            "  client devices approve --keystore alice.p12 --words 'baron lord mountain teenager mocha region'"
        })
final class DevicesApproveCommand implements Callable<Integer> {
    @ParentCommand
    private DevicesCommand devices;

    @Parameters(
            paramLabel = "DEVICE",
            arity = "0..1",
            description = "how the id of the device begins, where several wait")
    private String device = "";

    @Option(
            names = "--words",
            paramLabel = "WORDS",
            description = "the six words that the new device shows; then nobody is asked")
    private String words = "";

    @Option(
            names = "--history",
            negatable = true,
            defaultValue = "true",
            fallbackValue = "true",
            description = {
                "hand the new device what was said in the last 30 days, at most 10,000 messages, the newest first; it verifies",
                "each. Default: yes"
            })
    private boolean history;

    @Override
    public Integer call() throws Exception {
        ClientCommand client = devices.client();
        return ClientSession.use(client, session -> {
            try (Awaited awaited = new Awaited(session)) {
                Waiting chosen = choose(DevicesCommand.viewOnChain(awaited));
                if (words.isEmpty() && !isConfirmed(client, chosen)) {
                    throw new CommandException(
                            ExitCode.NO,
                            "not approved",
                            "if the words differ, somebody stands between your devices: ask whoever runs the authority");
                }
                DevicesCommand.done(session, awaited, new ApproveDevice(chosen.device()));
                client.surroundings().out().println("approved: device " + chosen.device());
                if (history) {
                    handOver(client, session, awaited, chosen.device());
                }
                return ExitCode.DONE.code();
            }
        });
    }

    /// What does not get there now goes with the next connection of this device.
    private static void handOver(ClientCommand client, ClientSession session, Awaited awaited, DeviceId device)
            throws InterruptedException {
        session.engine().submit(new HandOver(device));
        int letters = 0;
        try {
            boolean done = false;
            while (!done) {
                Event.HistoryHandedOver further = awaited.next(event -> event instanceof Event.HistoryHandedOver it
                                && it.device().equals(device)
                        ? Optional.of(it)
                        : Optional.empty());
                done = further.done();
                letters = further.letters();
                if (!done) {
                    client.surroundings().err().println("handing over: " + letters + " messages");
                }
            }
            client.surroundings().out().println("history:  " + letters + " messages of the last 30 days");
        } catch (CommandException e) {
            client.surroundings()
                    .report()
                    .warning("the history is not all there (" + letters + " messages): " + e.getMessage()
                            + "; it goes on when this device is next connected");
        }
    }

    private Waiting choose(DevicesView view) throws CommandException {
        List<Waiting> fitting = view.waiting().stream()
                .filter(waiting -> waiting.device().hex().startsWith(device))
                .filter(waiting -> words.isEmpty() || waiting.words().areTyped(words))
                .toList();
        if (fitting.isEmpty()) {
            throw noneFits(view.waiting(), device);
        }
        if (fitting.size() > 1) {
            throw new CommandException(
                    ExitCode.USAGE, fitting.size() + " devices wait", "name one: client devices list shows them");
        }
        return fitting.getFirst();
    }

    /// Whose words differ has to hear that, and not that nothing waits: it is what the words are for.
    static CommandException noneFits(List<Waiting> waiting, String device) {
        if (waiting.isEmpty()) {
            return new CommandException(
                    ExitCode.NO,
                    "no device of yours waits to be approved",
                    "start the new device: client chat, with its own keystore; it shows six words while it waits");
        }
        return waiting.stream().anyMatch(it -> it.device().hex().startsWith(device))
                ? new CommandException(
                        ExitCode.NO,
                        "the device that waits has other words than these",
                        "if these are what the new device shows, somebody stands between your devices: approve nothing, and"
                                + " ask whoever runs the authority")
                : new CommandException(
                        ExitCode.NO,
                        "no device of yours that waits has an id that begins with " + device,
                        "client devices list shows those that wait");
    }

    private static boolean isConfirmed(ClientCommand client, Waiting chosen) throws Exception {
        client.surroundings().err().println("device " + chosen.device() + " asked at " + chosen.asked());
        client.surroundings().err().println("its six words:  " + chosen.words());
        return Question.ask(
                client.surroundings(),
                "Does your new device show exactly these words?",
                "client devices approve --words 'the six words that the new device shows'");
    }
}
