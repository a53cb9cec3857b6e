package org.chancery.client.command;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.chancery.client.chat.Command.ChangeRoom;
import org.chancery.client.chat.Command.CreateRoom;
import org.chancery.client.chat.Command.RoomAct;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.RoomNames;
import org.chancery.client.chat.RoomView;
import org.chancery.client.engine.Engine;
import org.chancery.client.terminal.RoomLines;
import org.chancery.client.terminal.Unsent;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Printable;
import org.chancery.pki.name.Address;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client rooms`: conversations of more than two. Who belongs to one is what its members have signed.
@Command(
        name = "rooms",
        description = "Lists rooms; makes one, asks people in, sends them away, joins, leaves.",
        footer = {
            "  client rooms list --keystore alice.p12",
            "  client rooms create --keystore alice.p12 'Incident 42'",
            "  client rooms invite --keystore alice.p12 'Incident 42' bob@lab.example",
            "  client rooms join --keystore bob.p12 'Incident 42'"
        })
final class RoomsCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /// For an invitation that waits at the relay.
    private static final Duration NEWS = Duration.ofSeconds(10);

    private static final String NAME = "the room: its title, or the first eight digits of its id";

    @ParentCommand
    private ClientCommand client;

    @Command(
            name = "list",
            description = "Prints the rooms one belongs to or is asked into, as of the last connection.",
            footer = {"  client rooms list --keystore alice.p12 --json"})
    int list(
            @Option(names = "--all", description = "those one has left, too") boolean all,
            @Option(names = "--json", description = "one JSON document a line") boolean json)
            throws Exception {
        return LookUp.in(client, engine -> {
            List<RoomView> rooms = engine.rooms().stream()
                    .filter(room -> all || room.state() != RoomView.State.LEFT)
                    .toList();
            rooms.forEach(room -> client.surroundings().out().println(json ? RoomLines.json(room) : plain(room)));
            return ExitCode.DONE.code();
        });
    }

    @Command(
            name = "create",
            description = "Makes a room, which one owns.",
            footer = {"  client rooms create --keystore alice.p12 'Incident 42'"})
    int create(@Parameters(paramLabel = "TITLE", description = "what its people will call it") String title)
            throws Exception {
        return act(_ -> new CreateRoom(title));
    }

    @Command(
            name = "invite",
            description = "Asks somebody in; nobody belongs to a room who has not joined.",
            footer = {"  client rooms invite --keystore alice.p12 'Incident 42' bob@lab.example"})
    int invite(
            @Parameters(paramLabel = "ROOM", description = NAME) String room,
            @Parameters(paramLabel = "ADDRESS", converter = AddressConverter.class, description = "whom")
                    Address address,
            @Option(names = "--owner", description = "as an owner, who may invite and remove others") boolean owner)
            throws Exception {
        return act(engine -> change(engine, room, new Act.Invite(address, owner ? Role.OWNER : Role.MEMBER)));
    }

    @Command(
            name = "remove",
            description = "Sends somebody away, or takes an invitation back.",
            footer = {"  client rooms remove --keystore alice.p12 'Incident 42' bob@lab.example"})
    int remove(
            @Parameters(paramLabel = "ROOM", description = NAME) String room,
            @Parameters(paramLabel = "ADDRESS", converter = AddressConverter.class, description = "whom")
                    Address address)
            throws Exception {
        return act(engine -> change(engine, room, new Act.Remove(address)));
    }

    @Command(
            name = "join",
            description = "Takes an invitation.",
            footer = {"  client rooms join --keystore bob.p12 'Incident 42'"})
    int join(@Parameters(paramLabel = "ROOM", description = NAME) String room) throws Exception {
        return act(engine -> change(engine, room, new Act.Accept()));
    }

    @Command(
            name = "leave",
            description = "Leaves a room, or turns an invitation down.",
            footer = {"  client rooms leave --keystore bob.p12 'Incident 42'"})
    int leave(@Parameters(paramLabel = "ROOM", description = NAME) String room) throws Exception {
        return act(engine -> change(engine, room, new Act.Leave()));
    }

    /// What to do, once the rooms are known.
    private interface Wish {
        RoomAct of(Engine engine) throws CommandException;
    }

    private static ChangeRoom change(Engine engine, String room, Act act) throws CommandException {
        return new ChangeRoom(Addressee.room(engine, room).conversation(), act);
    }

    private int act(Wish wish) throws Exception {
        BlockingQueue<Event> heard = new LinkedBlockingQueue<>();
        Unsent unsent = new Unsent();
        return ClientSession.use(client, session -> {
            Engine engine = session.engine();
            try (Engine.Subscription _ = engine.subscribe(event -> {
                switch (event) {
                    case Event.RoomsChanged _, Event.RoomActed _ -> heard.add(event);
                    case Event.MessageStored(Message message) -> unsent.stored(message);
                    case Event.MessageChanged(Message message) -> unsent.changed(message);
                    case Event.ConnectionChanged changed
                    when changed.state() instanceof ConnectionState.Ended -> heard.add(event);
                    default -> {}
                }
            })) {
                RoomAct act = known(engine, wish, heard);
                engine.submit(act);
                int code = outcome(engine, act, heard);
                // What the room is called goes out as a message, to those who are asked in, too.
                if (!unsent.await(NEWS.toSeconds(), TimeUnit.SECONDS)) {
                    client.surroundings()
                            .report()
                            .warning(
                                    "what the room is called has not reached the relay; it leaves with the next connection");
                }
                return code;
            }
        });
    }

    /// What to do, once the room is known: whoever was asked in while nobody was connected learns of it now.
    private static RoomAct known(Engine engine, Wish wish, BlockingQueue<Event> heard)
            throws CommandException, InterruptedException {
        long deadline = System.nanoTime() + NEWS.toNanos();
        while (true) {
            try {
                return wish.of(engine);
            } catch (IllegalArgumentException e) {
                throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), "");
            } catch (CommandException unknown) {
                switch (heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                    case null -> throw unknown;
                    case Event.ConnectionChanged(ConnectionState.Ended(var _, String sentence)) ->
                        throw new CommandException(ExitCode.UNREACHABLE, sentence, "");
                    default -> {} // there are other rooms than before
                }
            }
        }
    }

    private int outcome(Engine engine, RoomAct act, BlockingQueue<Event> heard)
            throws CommandException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            switch (heard.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                case null ->
                    throw new CommandException(
                            ExitCode.UNREACHABLE,
                            "the relay has not answered within " + PATIENCE.toSeconds() + " s",
                            "whether it was done, client rooms list says once there is a connection");
                case Event.RoomActed acted
                when acted.act().equals(act) -> {
                    return report(engine, acted);
                }
                case Event.ConnectionChanged(ConnectionState.Ended(var _, String sentence)) ->
                    throw new CommandException(ExitCode.UNREACHABLE, sentence, "");
                default -> {} // what others do
            }
        }
    }

    private int report(Engine engine, Event.RoomActed acted) throws CommandException {
        if (acted.failure().isPresent()) {
            throw new CommandException(ExitCode.REFUSED, acted.failure().get(), "");
        }
        client.surroundings()
                .out()
                .println("done; the room is " + Printable.of(title(engine, acted)) + ", "
                        + acted.room().orElseThrow().hex());
        return ExitCode.DONE.code();
    }

    /// A room that was made a moment ago has its title by what was asked.
    private static String title(Engine engine, Event.RoomActed acted) {
        return acted.act() instanceof CreateRoom(String title) && !title.isEmpty()
                ? title
                : RoomNames.of(engine.rooms(), acted.room().orElseThrow());
    }

    private static String plain(RoomView room) {
        return Printable.of(RoomNames.of(room)) + "  " + RoomLines.state(room) + "  "
                + String.join(
                        " ",
                        room.members().keySet().stream().map(Address::value).toList());
    }
}
