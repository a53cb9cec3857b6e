package org.chancery.client.terminal;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.ConnectionState;
import org.chancery.client.chat.Contact;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Message;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.chat.RoomNames;
import org.chancery.client.chat.RoomView;
import org.chancery.client.engine.Engine;
import org.chancery.client.store.Party;
import org.chancery.console.Printable;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.MalformedNameException;

/// The messenger in a terminal, line by line; works the same when its input or output is a pipe.
///
/// A line of input is sent to whom one talks with; `/to ADDRESS`, `/room NAME`, `/reply`, `/edit` and others that
/// `/help` lists are commands. Messages are printed as `bob@lab.example 10:31  text`, everything else with a `*` in
/// front, so that no message can be taken for a notice. Where a message is of another conversation than the line above
/// it, a notice says of which.
public final class TerminalClient {
    /// At the end of input, how long to wait for what was written to reach the relay.
    private static final long PARTING_SECONDS = 30;

    /// Messages among which one is looked for that is to be answered or changed.
    private static final int LOOKED_AT = 1_000;

    /// Messages that `/numbers` shows.
    private static final int NUMBERED = 20;

    private static final List<String> HELP = List.of(
            "/to ADDRESS, /room NAME   with whom one talks",
            "/people, /rooms           whom and which rooms there are",
            "/reply [#NUMBER] TEXT     answers a message, else the last of somebody else",
            "/edit [#NUMBER] TEXT      puts other words in the place of yours, else of your last",
            "/delete [#NUMBER]         deletes a message of yours, else your last, with everybody",
            "/react [#NUMBER] EMOJI    reacts to a message; once more takes that back",
            "/ask [#NUMBER]            asks again for messages that are missing or could not be opened",
            "/send FILE                sends a file",
            "/save NUMBER [FILE]       fetches the file of a message; /cancel NUMBER gives up what is under way",
            "/numbers                  the last messages with their numbers",
            "/approve WORDS            lets a new device of yours join, whose six words these are",
            "/quit                     ends");

    private final Engine engine;
    private final PrintStream out;
    private final PlainLines lines;
    private final Unsent unsent = new Unsent();
    private final DeviceNotices devices;
    private final FileNotices files;
    private final Headings headings;
    private Optional<Party> to;

    public TerminalClient(Engine engine, PrintStream out, ZoneId zone, Optional<Party> to) {
        this.engine = engine;
        this.out = out;
        this.lines = new PlainLines(zone);
        this.devices = new DeviceNotices(engine::submit, this::notice);
        this.files = new FileNotices(engine::submit, this::notice, unsent);
        this.headings = new Headings(to, this::where, this::notice);
        this.to = to;
    }

    /// Talks until the input ends or `/quit`.
    ///
    /// @return whether everything written has reached the relay
    public boolean talk(BufferedReader in) throws IOException, InterruptedException {
        Feed feed = new Feed(engine, (message, _) -> print(message));
        try (Engine.Subscription _ = engine.subscribe(event -> {
            feed.accept(event);
            heard(event);
        })) {
            notice("you are " + engine.self().address()
                    + to.map(party -> ", talking " + where(party))
                            .orElse("; /to ADDRESS or /room NAME begins, /help, /quit"));
            TypedLines typed = TypedLines.of(in);
            for (Optional<String> line = typed.next(); isMore(line); line = typed.next()) {
                take(line.get());
            }
            return unsent.await(PARTING_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static boolean isMore(Optional<String> line) {
        return line.filter(typed -> !typed.equals("/quit")).isPresent();
    }

    private void take(String line) {
        if (line.isBlank()) {
            return;
        }
        to.ifPresent(headings::turned);
        if (line.startsWith("/to ")) {
            talkWith(line.substring("/to ".length()).strip());
        } else if (line.startsWith("/room ")) {
            talkIn(line.substring("/room ".length()).strip());
        } else if (line.equals("/rooms")) {
            engine.rooms().forEach(this::print);
        } else if (line.equals("/people")) {
            engine.submit(new Command.FindPeople(""));
        } else if (line.startsWith("/approve ")) {
            devices.approve(line.substring("/approve ".length()));
        } else if (line.equals("/numbers")) {
            to.ifPresent(party -> engine.messages(party, NUMBERED).forEach(message -> {
                out.println(lines.numbered(message));
                out.flush();
            }));
        } else if (line.equals("/help")) {
            HELP.forEach(this::notice);
        } else if (files.take(line, to)) {
            return;
        } else if (line.startsWith("/") && to.isPresent() && isAboutAMessage(line, to.get())) {
            return;
        } else if (line.startsWith("/")) {
            notice("that is no command; /help lists those there are");
        } else if (to.isEmpty()) {
            notice("to whom? /to ADDRESS or /room NAME");
        } else if (line.length() > Command.MAX_TEXT_LENGTH) {
            notice("not sent: " + line.length() + " characters, at most " + Command.MAX_TEXT_LENGTH);
        } else {
            unsent.submitted();
            engine.submit(new Command.SendText(to.get(), line));
        }
    }

    /// @return whether the line asked for something to be done with a message
    private boolean isAboutAMessage(String line, Party party) {
        Optional<AboutMessage.Wish> wish =
                new AboutMessage(engine.self().address()).of(line, engine.messages(party, LOOKED_AT));
        if (wish.isEmpty()) {
            return false;
        }
        switch (wish.get()) {
            case AboutMessage.Wish.Do(Command command) -> {
                if (!(command instanceof Command.AskAgain)) {
                    unsent.submitted();
                }
                engine.submit(command);
            }
            case AboutMessage.Wish.Tell(String sentence) -> notice(sentence);
        }
        return true;
    }

    private void talkWith(String text) {
        try {
            to = Optional.of(engine.person(Address.parse(text)));
            to.ifPresent(headings::turned);
            notice("talking " + where(to.get()));
        } catch (MalformedNameException e) {
            notice("'" + Printable.of(text) + "' is no address: " + e.getMessage());
        }
    }

    private void talkIn(String name) {
        switch (RoomNames.find(engine.rooms(), name)) {
            case RoomNames.Found.One(RoomView room) -> {
                to = Optional.of(Party.room(room.id()));
                to.ifPresent(headings::turned);
                notice("talking " + where(to.get()));
            }
            case RoomNames.Found.Not(String why) -> notice(why);
        }
    }

    private String where(Party party) {
        return party.person()
                .map(address -> "with " + address)
                .orElseGet(() -> "in " + RoomNames.of(engine.rooms(), party.conversation()));
    }

    private void heard(Event event) {
        switch (event) {
            case Event.MessageStored(Message message) -> {
                unsent.stored(message);
                tellIfUnsendable(message);
            }
            case Event.MessageChanged(Message message) -> {
                unsent.changed(message);
                tellIfUnsendable(message);
            }
            case Event.ConnectionChanged(ConnectionState state) -> notice(words(state));
            case Event.Problem problem -> {
                notice(problem.sentence()
                        + problem.action().map(action -> "; " + action).orElse(""));
                if (problem.kind() == ProblemKind.NOT_DONE) {
                    unsent.refused();
                }
            }
            case Event.OwnDevicesChanged(var view) -> devices.heard(view);
            case Event.DeviceActed acted -> devices.heard(acted);
            case Event.TransferChanged(var transfer) -> files.heard(transfer);
            case Event.PeopleFound found -> found.people().forEach(this::print);
            case Event.BlockingChanged(Address address, boolean blocked) ->
                notice(address + (blocked ? " is not heard any more" : " is heard again"));
            case Event.ContactsChanged _,
                    Event.MessageGone _,
                    Event.DraftChanged _,
                    Event.ReadBy _,
                    Event.HistoryHandedOver _,
                    Event.DirectoryListed _,
                    Event.RoomsChanged _,
                    Event.RoomActed _,
                    Event.Verified _,
                    Event.TrustActed _ -> {}
        }
    }

    private void tellIfUnsendable(Message message) {
        if (message.mine() && message.state() == MessageState.FAILED) {
            notice("not sent: " + message.failure().orElse("for no known reason"));
        }
    }

    private static String words(ConnectionState state) {
        return switch (state) {
            case ConnectionState.Connecting(String relay) -> "connecting to " + relay;
            case ConnectionState.Online(String relay, var _) -> "connected to " + relay;
            case ConnectionState.Offline(String reason, var retryAt) ->
                "not connected: " + reason + (retryAt.isPresent() ? "; trying again" : "");
            case ConnectionState.Ended(var _, String sentence) -> sentence;
        };
    }

    private void print(Message message) {
        headings.before(message.party());
        lines.of(message).forEach(out::println);
        out.flush();
    }

    private void print(Contact contact) {
        notice(contact.address() + "  " + Printable.of(contact.displayName())
                + (contact.online() ? "  online" : "") + "  "
                + contact.trust().name().toLowerCase(Locale.ROOT));
    }

    private void print(RoomView room) {
        notice(RoomNames.of(room) + "  " + room.state().name().toLowerCase(Locale.ROOT) + "  "
                + String.join(
                        ", ",
                        room.members().keySet().stream().map(Address::value).toList()));
    }

    /// From two threads: the engine's, and the one that reads.
    private void notice(String text) {
        out.println("* " + Printable.of(text));
        out.flush();
    }
}
