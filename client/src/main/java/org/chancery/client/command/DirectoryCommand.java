package org.chancery.client.command;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.client.chat.Command.ListDirectory;
import org.chancery.client.chat.DeviceState;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.ListedDevice;
import org.chancery.client.chat.Listing;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
import org.chancery.console.Printable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client directory`: whom the relay knows, with every device's certificate and the chain they stand on,
/// judged here.
@Command(
        name = "directory",
        description = {
            "Asks the relay whom it knows, and judges their devices and device chains.",
            "Exit code 1: nobody's address begins so."
        },
        footer = {
            "  client directory --keystore alice.p12",
            "  client directory bob --keystore alice.p12 --passphrase-file p --json"
        })
final class DirectoryCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Parameters(paramLabel = "PREFIX", arity = "0..1", description = "how their addresses begin; nothing for everybody")
    private String prefix = "";

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        ListDirectory question = question();
        return ClientSession.use(client, session -> {
            try (Awaited awaited = new Awaited(session)) {
                session.engine().submit(question);
                return print(awaited.next(event -> event instanceof Event.DirectoryListed listed
                                && listed.prefix().equals(question.prefix())
                        ? Optional.of(listed)
                        : Optional.empty()));
            }
        });
    }

    private ListDirectory question() throws CommandException {
        try {
            return new ListDirectory(prefix.toLowerCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw new CommandException(ExitCode.USAGE, String.valueOf(e.getMessage()), "");
        }
    }

    private int print(Event.DirectoryListed listed) {
        PrintStream out = client.surroundings().out();
        if (json) {
            out.println(document(listed.listings()).text());
        } else {
            listed.listings().forEach(listing -> print(listing, out));
        }
        if (listed.more()) {
            client.surroundings()
                    .report()
                    .warning("the relay names no more devices at once than these; a longer PREFIX finds others");
        }
        if (listed.listings().isEmpty()) {
            client.surroundings().report().error("the relay knows nobody whose address begins with \"" + prefix + "\"");
            return ExitCode.NO.code();
        }
        return ExitCode.DONE.code();
    }

    /// As `docs/json.md` shows it.
    static JsonArray document(List<Listing> listings) {
        JsonArray people = Json.array();
        for (Listing listing : listings) {
            JsonArray devices = Json.array();
            for (ListedDevice device : listing.devices()) {
                devices.add(Json.object()
                        .put("device", device.device().hex())
                        .put("certificateSha256", device.certificateSha256())
                        .put("notAfter", device.notAfter())
                        .put("state", word(device.state()))
                        .put("onChain", device.onChain())
                        .put("refusedByRelay", device.refusedByRelay())
                        .put("online", device.online()));
            }
            people.add(Json.object()
                    .put("address", listing.address().value())
                    .put("displayName", listing.displayName())
                    .put("chain", word(listing.chain()))
                    .putIfPresent("chainFault", listing.chainFault())
                    .put("devices", devices));
        }
        return people;
    }

    private static void print(Listing listing, PrintStream out) {
        out.println(listing.address() + "  " + Printable.of(listing.displayName()) + "  " + chain(listing));
        for (ListedDevice device : listing.devices()) {
            out.println("  device " + device.device());
            out.println("    certificate  " + device.certificateSha256());
            out.println("    " + word(device.state()) + ", "
                    + (device.state() == DeviceState.EXPIRED ? "ended " : "until ")
                    + device.notAfter()
                    + (device.onChain() ? ", on the chain" : "")
                    + (device.refusedByRelay() ? ", refused by the relay" : "")
                    + (device.online() ? ", online" : ""));
        }
    }

    private static String chain(Listing listing) {
        return switch (listing.chain()) {
            case NONE -> "no device chain yet";
            case VERIFIED -> "device chain verified";
            case UNDECIDED -> "device chain not judged, for want of revocation lists";
            case BROKEN ->
                "DEVICE CHAIN DOES NOT HOLD: "
                        + Printable.of(listing.chainFault().orElse(""));
        };
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
