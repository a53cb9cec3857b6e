package org.chancery.client.command;

import java.io.PrintStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.client.chat.Command.AcceptChain;
import org.chancery.client.chat.Command.MarkUnverified;
import org.chancery.client.chat.Command.MarkVerified;
import org.chancery.client.chat.Command.TrustAct;
import org.chancery.client.chat.Command.Verify;
import org.chancery.client.chat.ContactDevice;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.Verification;
import org.chancery.client.terminal.QrCode;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
import org.chancery.console.JsonObject;
import org.chancery.console.Printable;
import org.chancery.pki.name.Address;
import org.chancery.protocol.device.SafetyNumber;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client verify`: the safety number with somebody, who vouches for their devices, and whether it has been compared.
@Command(
        name = "verify",
        description = {
            "Shows the safety number with somebody, as digits and as a QR code, and who vouches for their devices.",
            "Compare it with them in person or by voice: if both see the same, nobody stands between you.",
            "Exit code 1: it is not the number that was scanned, there is none, or their device chain is in dispute."
        },
        footer = {
            "  client verify --keystore alice.p12 bob@lab.example",
            "  client verify --keystore alice.p12 bob@lab.example --mark"
        })
final class VerifyCommand implements Callable<Integer> {
    private static final int GROUPS_A_LINE = 4;

    @ParentCommand
    private ClientCommand client;

    @Parameters(paramLabel = "ADDRESS", converter = AddressConverter.class, description = "whom")
    private Address address;

    @Option(
            names = "--scanned",
            paramLabel = "NUMBER",
            description = "what their QR code said, or the digits they read out: says whether it is the same")
    private Optional<String> scanned = Optional.empty();

    @Option(names = "--mark", description = "you have compared the number with them")
    private boolean mark;

    @Option(names = "--unmark", description = "you no longer say so")
    private boolean unmark;

    @Option(
            names = "--accept",
            description = "their device chain has changed, and you know why: from now on go by what the relay shows")
    private boolean accept;

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if ((mark ? 1 : 0) + (unmark ? 1 : 0) + (accept ? 1 : 0) > 1) {
            throw new CommandException(ExitCode.USAGE, "only one of --mark, --unmark and --accept", "");
        }
        return ClientSession.use(client, session -> {
            try (Awaited awaited = new Awaited(session)) {
                DevicesCommand.view(awaited); // from then on lists are there to judge by, and the own chain is known
                Verification found = ask(session, awaited);
                if (accept) {
                    act(session, awaited, new AcceptChain(address));
                    found = ask(session, awaited);
                }
                if (scanned.isPresent()) {
                    requireSame(found, scanned.get());
                }
                if (mark) {
                    act(session, awaited, new MarkVerified(address, number(found)));
                } else if (unmark) {
                    act(session, awaited, new MarkUnverified(address));
                }
                print(mark || unmark ? ask(session, awaited) : found);
                return (accept || found.number().isPresent() ? ExitCode.DONE : ExitCode.NO).code();
            }
        });
    }

    private Verification ask(ClientSession session, Awaited awaited) throws CommandException, InterruptedException {
        session.engine().submit(new Verify(address));
        return awaited.next(event -> event instanceof Event.Verified(Verification found)
                        && found.address().equals(address)
                ? Optional.of(found)
                : Optional.empty());
    }

    private static void act(ClientSession session, Awaited awaited, TrustAct act)
            throws CommandException, InterruptedException {
        session.engine().submit(act);
        Event.TrustActed acted = awaited.next(event ->
                event instanceof Event.TrustActed it && it.act().equals(act) ? Optional.of(it) : Optional.empty());
        if (acted.failure().isPresent()) {
            throw new CommandException(ExitCode.REFUSED, acted.failure().get(), "");
        }
    }

    private static void requireSame(Verification found, String scanned) throws CommandException {
        Optional<SafetyNumber> theirs = SafetyNumber.read(scanned);
        if (theirs.isEmpty()) {
            throw new CommandException(ExitCode.BAD_INPUT, "what was scanned is no safety number", "");
        }
        if (!number(found).equals(theirs.get())) {
            throw new CommandException(
                    ExitCode.NO,
                    "MISMATCH: " + found.address() + " sees another safety number than you",
                    "write nothing to them that others must not read; ask whoever runs the authority and the relay");
        }
    }

    private static SafetyNumber number(Verification found) throws CommandException {
        return found.number()
                .orElseThrow(() -> new CommandException(
                        ExitCode.NO,
                        found.dispute()
                                .map(change -> "the device chain of " + found.address() + " " + change.words())
                                .orElse("there is no safety number with " + found.address()
                                        + ": one of the two device chains is not known"),
                        ""));
    }

    private void print(Verification found) throws CommandException {
        PrintStream out = client.surroundings().out();
        if (json) {
            out.println(document(found, scanned.isPresent()).text());
            return;
        }
        if (scanned.isPresent()) {
            out.println("MATCH: " + found.address() + " sees the same safety number");
        }
        found.dispute()
                .ifPresent(change -> out.println("THE DEVICE CHAIN OF " + found.address() + " " + change.words()
                        + ", as the relay shows it; nothing is sealed to them before you accept that"));
        found.number().ifPresent(number -> print(number, out));
        out.println(found.verified() ? "verified: you have compared it" : "not verified: it has not been compared");
        for (ContactDevice device : found.devices()) {
            out.println("device " + device.device() + ", until " + device.notAfter());
            out.println("  vouched for by: " + Printable.of(String.join(" <- ", device.pathNames())));
        }
    }

    private static void print(SafetyNumber number, PrintStream out) {
        List<String> groups = number.groups();
        out.println("safety number:");
        for (int at = 0; at < groups.size(); at += GROUPS_A_LINE) {
            out.println("  " + String.join(" ", groups.subList(at, at + GROUPS_A_LINE)));
        }
        QrCode.lines(number.scanned()).forEach(out::println);
    }

    /// As `docs/json.md` shows it.
    static JsonObject document(Verification found, boolean scanned) {
        JsonArray devices = Json.array();
        for (ContactDevice device : found.devices()) {
            JsonArray names = Json.array();
            device.pathNames().forEach(names::add);
            devices.add(Json.object()
                    .put("device", device.device().hex())
                    .put("notAfter", device.notAfter())
                    .put("path", names));
        }
        JsonObject document = Json.object().put("address", found.address().value());
        found.number()
                .ifPresent(
                        number -> document.put("safetyNumber", number.digits()).put("qr", number.scanned()));
        if (scanned) {
            document.put("match", true); // otherwise the answer is no, by exit code
        }
        found.dispute().ifPresent(change -> document.put("dispute", DevicesListCommand.word(change)));
        return document.put("verified", found.verified()).put("devices", devices);
    }
}
