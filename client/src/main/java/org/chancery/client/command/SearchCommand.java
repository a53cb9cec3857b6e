package org.chancery.client.command;

import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.client.chat.Message;
import org.chancery.client.engine.Search;
import org.chancery.client.store.Party;
import org.chancery.client.terminal.FoundLines;
import org.chancery.client.terminal.JsonLines;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client search`: messages by their words.
@Command(
        name = "search",
        description = {
            "Finds messages in which all these words occur, newest first, without a connection: texts as they stand now, names",
            "of files, and what was said with them. Case and accents make no difference. What was deleted, or said otherwise",
            "since, is not found."
        },
        footer = {
            "  client search --keystore alice.p12 router",
            "  client search --keystore alice.p12 --to bob@lab.example 'on my way'",
            "  client search --keystore alice.p12 --room 'Incident 42' --limit 20 --json router rack"
        })
final class SearchCommand implements Callable<Integer> {
    private static final int MAX_LIMIT = 10_000;

    @ParentCommand
    private ClientCommand client;

    @Parameters(
            paramLabel = "WORDS",
            arity = "1..*",
            description = "what has to occur, each anywhere; several as one where they are quoted")
    private List<String> words = List.of();

    @ArgGroup(exclusive = true)
    private @Nullable Addressee in;

    @Option(names = "--limit", paramLabel = "N", description = "the newest N messages, at most 10000. Default: 100")
    private int limit = 100;

    @Option(names = "--json", description = "one JSON document a line")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new CommandException(ExitCode.USAGE, "--limit " + limit + ", 1 to " + MAX_LIMIT, "");
        }
        if (words.stream().allMatch(String::isBlank)) {
            throw new CommandException(ExitCode.USAGE, "no words to find", "see: client search --help");
        }
        return LookUp.in(client, engine -> {
            Optional<Party> party = in == null ? Optional.empty() : Optional.of(in.party(engine));
            Search search = new Search(words, party, limit);
            List<Message> found = engine.find(search);
            PrintStream out = client.surroundings().out();
            FoundLines lines = new FoundLines(ZoneId.systemDefault(), search);
            for (Message message : found) {
                String title = HistoryCommand.title(engine, message.party());
                out.println(json ? JsonLines.of(message, title) : lines.of(message, title));
            }
            if (found.isEmpty()) {
                client.surroundings().report().error("nothing is found");
            }
            return (found.isEmpty() ? ExitCode.NO : ExitCode.DONE).code();
        });
    }
}
