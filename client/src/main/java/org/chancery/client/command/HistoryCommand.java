package org.chancery.client.command;

import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.chancery.client.engine.Contact;
import org.chancery.client.engine.Engine;
import org.chancery.client.engine.Message;
import org.chancery.client.terminal.JsonLines;
import org.chancery.client.terminal.PlainLines;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.pki.name.Address;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `client history`: a conversation, as it lies in the store.
@Command(
        name = "history",
        description = "Prints the conversation with somebody, oldest first.",
        footer = {
            "  client history --keystore alice.p12 --with bob@lab.example",
            "  client history --keystore alice.p12 --with bob@lab.example --limit 20 --json"
        })
final class HistoryCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Option(
            names = "--with",
            paramLabel = "ADDRESS",
            required = true,
            converter = AddressConverter.class,
            description = "with whom")
    private Address with;

    @Option(names = "--limit", paramLabel = "N", description = "the newest N messages. Default: 1000")
    private int limit = 1000;

    @Option(names = "--json", description = "one JSON document a line")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (limit < 1) {
            throw new CommandException(ExitCode.USAGE, "--limit " + limit + ", at least 1", "");
        }
        return LookUp.in(client, engine -> {
            List<Message> messages = engine.messages(with, limit);
            print(messages, title(engine));
            return (messages.isEmpty() ? ExitCode.NO : ExitCode.DONE).code();
        });
    }

    private void print(List<Message> messages, String title) {
        PrintStream out = client.surroundings().out();
        PlainLines plain = new PlainLines(ZoneId.systemDefault());
        if (messages.isEmpty()) {
            client.surroundings().report().error("no conversation with " + with);
        }
        for (Message message : messages) {
            if (json) {
                out.println(JsonLines.of(message, title));
            } else {
                plain.of(message).forEach(out::println);
            }
        }
    }

    private String title(Engine engine) {
        return engine.contacts().stream()
                .filter(contact -> contact.address().equals(with))
                .findFirst()
                .map(Contact::displayName)
                .orElse(with.value());
    }
}
