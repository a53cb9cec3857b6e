package org.chancery.client.command;

import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Callable;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.RoomNames;
import org.chancery.client.engine.Engine;
import org.chancery.client.store.Party;
import org.chancery.client.terminal.JsonLines;
import org.chancery.client.terminal.PlainLines;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.pki.name.Address;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `client history`: a conversation, as it lies in the store.
@Command(
        name = "history",
        description = "Prints a conversation, oldest first.",
        footer = {
            "  client history --keystore alice.p12 --with bob@lab.example",
            "  client history --keystore alice.p12 --room 'Incident 42'",
            "  client history --keystore alice.p12 --with bob@lab.example --limit 20 --json"
        })
final class HistoryCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Whose of = new Whose();

    @Option(names = "--limit", paramLabel = "N", description = "the newest N messages. Default: 1000")
    private int limit = 1000;

    @Option(names = "--json", description = "one JSON document a line")
    private boolean json;

    /// One of the two.
    private static final class Whose {
        @Option(
                names = "--with",
                paramLabel = "ADDRESS",
                required = true,
                converter = AddressConverter.class,
                description = "the other person")
        private @Nullable Address person;

        @Option(
                names = "--room",
                paramLabel = "NAME",
                required = true,
                description = "the room: its title, or the first eight digits of its id")
        private @Nullable String room;

        Party party(Engine engine) throws CommandException {
            return person == null ? Addressee.room(engine, String.valueOf(room)) : engine.person(person);
        }
    }

    @Override
    public Integer call() throws Exception {
        if (limit < 1) {
            throw new CommandException(ExitCode.USAGE, "--limit " + limit + ", at least 1", "");
        }
        return LookUp.in(client, engine -> {
            Party party = of.party(engine);
            List<Message> messages = engine.messages(party, limit);
            print(messages, title(engine, party));
            return (messages.isEmpty() ? ExitCode.NO : ExitCode.DONE).code();
        });
    }

    private void print(List<Message> messages, String title) {
        PrintStream out = client.surroundings().out();
        PlainLines plain = new PlainLines(ZoneId.systemDefault());
        if (messages.isEmpty()) {
            client.surroundings().report().error("nothing has been said there");
        }
        for (Message message : messages) {
            if (json) {
                out.println(JsonLines.of(message, title));
            } else {
                plain.of(message).forEach(out::println);
            }
        }
    }

    static String title(Engine engine, Party party) {
        if (party.isRoom()) {
            return RoomNames.of(engine.rooms(), party.conversation());
        }
        Address with = party.person().orElseThrow();
        return engine.contacts().stream()
                .filter(contact -> contact.address().equals(with))
                .findFirst()
                .map(Contact::displayName)
                .orElse(with.value());
    }
}
