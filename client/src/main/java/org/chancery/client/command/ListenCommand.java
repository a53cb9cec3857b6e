package org.chancery.client.command;

import java.io.PrintStream;
import java.time.ZoneId;
import java.util.concurrent.Callable;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.chat.Event;
import org.chancery.client.engine.Engine;
import org.chancery.client.terminal.Feed;
import org.chancery.client.terminal.JsonLines;
import org.chancery.client.terminal.PlainLines;
import org.chancery.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `client listen`: what comes in, for scripts. Each message once, and first what came while nobody listened.
@Command(
        name = "listen",
        description = "Prints every message that comes in, one line each, until it is told to stop.",
        footer = {
            "  client listen --keystore alice.p12 --json",
            "  client listen --keystore alice.p12 --passphrase-file p | grep -i alarm"
        })
final class ListenCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Option(names = "--json", description = "one JSON document a line")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        PrintStream out = client.surroundings().out();
        PlainLines plain = new PlainLines(ZoneId.systemDefault());
        try (Interruption interruption = Interruption.heard();
                ClientSession session = ClientSession.open(client)) {
            Engine engine = session.engine();
            Feed feed = new Feed(engine, (message, title) -> {
                if (json) {
                    out.println(JsonLines.of(message, title));
                } else {
                    plain.of(message).forEach(out::println);
                }
                out.flush();
            });
            engine.subscribe(feed);
            engine.subscribe(this::report);
            interruption.await();
            return ExitCode.DONE.code();
        } catch (InterruptedException e) {
            return ExitCode.DONE.code(); // told to stop
        }
    }

    /// What a person at the other end of the pipe should know, on standard error.
    private void report(Event event) {
        switch (event) {
            case Event.ConnectionChanged(ConnectionState.Ended(var _, String sentence)) ->
                client.surroundings().report().error(sentence);
            case Event.Problem problem -> client.surroundings().report().warning(problem.sentence());
            case Event.ConnectionChanged _,
                    Event.ContactsChanged _,
                    Event.MessageStored _,
                    Event.MessageChanged _,
                    Event.MessageGone _,
                    Event.BlockingChanged _,
                    Event.DraftChanged _,
                    Event.ReadBy _,
                    Event.PeopleFound _,
                    Event.DirectoryListed _,
                    Event.HistoryHandedOver _,
                    Event.RoomsChanged _,
                    Event.RoomActed _,
                    Event.OwnDevicesChanged _,
                    Event.DeviceActed _,
                    Event.Verified _,
                    Event.TrustActed _,
                    Event.TransferChanged _ -> {}
        }
    }
}
