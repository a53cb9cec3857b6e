package org.chancery.server.command;

import java.util.List;
import java.util.concurrent.Callable;
import org.chancery.console.ExitCode;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
import org.chancery.console.Printable;
import org.chancery.console.Surroundings;
import org.chancery.server.control.ControlAnswer;
import org.chancery.server.control.ControlRequest;
import org.chancery.server.control.SessionView;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `server sessions`: who is here.
@Command(
        name = "sessions",
        description = "Lists who is connected to the relay that runs on a data directory.",
        footer = {"  server sessions", "  server sessions --data /var/lib/chancery --json"})
final class SessionsCommand implements Callable<Integer> {

    private static final String ROW = "%-32s  %-16s  %-15s  %-20s  %7d  %s";

    @ParentCommand
    private ServerCommand server;

    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = server.surroundings();
        if (AskedRelay.ask(data.directory(), new ControlRequest.Sessions())
                instanceof ControlAnswer.Sessions(List<SessionView> sessions)) {
            if (json) {
                surroundings.out().println(json(sessions).text());
            } else {
                print(sessions, surroundings);
            }
            return ExitCode.DONE.code();
        }
        throw new IllegalStateException("another answer than to a question for sessions");
    }

    private static void print(List<SessionView> sessions, Surroundings surroundings) {
        if (sessions.isEmpty()) {
            surroundings.out().println("nobody is here");
            return;
        }
        surroundings
                .out()
                .println(ROW.replace("%7d", "%7s").formatted("address", "device", "from", "since", "waiting", ""));
        for (SessionView session : sessions) {
            surroundings
                    .out()
                    .println(ROW.formatted(
                                    Printable.of(session.address().value()),
                                    session.device().hex().substring(0, 16),
                                    Printable.of(session.source()),
                                    session.since(),
                                    session.waiting(),
                                    session.greeted() ? "" : "no Hello yet")
                            .stripTrailing());
        }
    }

    private static Json json(List<SessionView> sessions) {
        JsonArray list = Json.array();
        for (SessionView session : sessions) {
            list.add(Json.object()
                    .put("address", session.address().value())
                    .put("device", session.device().hex())
                    .put("from", session.source())
                    .put("since", session.since())
                    .put("greeted", session.greeted())
                    .put("waitingFrames", session.waiting())
                    .put("certificateNotAfter", session.notAfter()));
        }
        return Json.object().put("sessions", list);
    }
}
