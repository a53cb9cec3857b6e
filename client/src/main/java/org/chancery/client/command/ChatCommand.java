package org.chancery.client.command;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.client.engine.Engine;
import org.chancery.client.store.Party;
import org.chancery.client.terminal.TerminalClient;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Surroundings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/// `client chat`: the messenger in a terminal.
@Command(
        name = "chat",
        description =
                "Talks in the terminal, line by line; also with pipes. /to ADDRESS, /room NAME, /people, /approve WORDS, /rooms, /quit.",
        footer = {
            "  client chat --keystore alice.p12 --to bob@lab.example",
            "  client chat --keystore alice.p12 --room 'Incident 42'",
            "  uptime | client chat --keystore alice.p12 --passphrase-file p --to bob@lab.example"
        })
final class ChatCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    /// Who is meant; else /to and /room say so.
    @ArgGroup(exclusive = true)
    private @Nullable Addressee to;

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = client.surroundings();
        try (Interruption _ = Interruption.heard();
                ClientSession session = ClientSession.open(client)) {
            TerminalClient terminal = new TerminalClient(
                    session.engine(), surroundings.out(), ZoneId.systemDefault(), party(session.engine()));
            boolean sent =
                    terminal.talk(new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8)));
            return (sent ? ExitCode.DONE : ExitCode.UNREACHABLE).code();
        }
    }

    private Optional<Party> party(Engine engine) throws CommandException {
        return to == null ? Optional.empty() : Optional.of(to.party(engine));
    }
}
