package org.chancery.client.command;

import java.io.PrintStream;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.chancery.client.chat.DeviceStanding;
import org.chancery.client.chat.DevicesView;
import org.chancery.console.ExitCode;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
import org.chancery.console.JsonObject;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `client devices list`.
@Command(
        name = "list",
        description = "Shows your devices, and those that wait to be approved.",
        footer = {"  client devices list --keystore alice.p12", "  client devices list --keystore alice.p12 --json"})
final class DevicesListCommand implements Callable<Integer> {
    @ParentCommand
    private DevicesCommand devices;

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        return list(devices.client(), json);
    }

    static int list(ClientCommand client, boolean json) throws Exception {
        return ClientSession.use(client, session -> {
            try (Awaited awaited = new Awaited(session)) {
                DevicesView view = DevicesCommand.view(awaited);
                PrintStream out = client.surroundings().out();
                if (json) {
                    out.println(document(view).text());
                } else {
                    print(view, out);
                }
                return ExitCode.DONE.code();
            }
        });
    }

    /// As `docs/json.md` shows it.
    static JsonObject document(DevicesView view) {
        JsonArray on = Json.array();
        for (DevicesView.OnChain device : view.devices()) {
            JsonObject one = Json.object()
                    .put("device", device.device().hex())
                    .put("joinedAt", device.joined())
                    .put("thisOne", device.thisOne());
            device.state().ifPresent(state -> one.put("state", word(state)));
            device.notAfter().ifPresent(end -> one.put("notAfter", end));
            on.add(one.put("online", device.online()));
        }
        JsonArray waiting = Json.array();
        for (DevicesView.Waiting device : view.waiting()) {
            waiting.add(Json.object()
                    .put("device", device.device().hex())
                    .put("askedAt", device.asked())
                    .put("words", device.words().toString()));
        }
        JsonObject document = Json.object().put("standing", word(view.standing()));
        view.words().ifPresent(words -> document.put("words", words.toString()));
        return document.putIfPresent("trouble", view.trouble())
                .put("devices", on)
                .put("waiting", waiting);
    }

    private static void print(DevicesView view, PrintStream out) {
        out.println(sentence(view.standing()));
        view.trouble().ifPresent(out::println);
        view.words().ifPresent(words -> {
            out.println("its six words:  " + words);
            out.println("on a device that you use already:  client devices approve");
        });
        for (DevicesView.OnChain device : view.devices()) {
            out.println("device " + device.device() + (device.thisOne() ? "  (this one)" : ""));
            out.println("  on the chain since " + device.joined()
                    + device.state()
                            .map(state -> ", certificate " + word(state))
                            .orElse("")
                    + device.notAfter().map(end -> ", until " + end).orElse("")
                    + (device.online() ? ", online" : ""));
        }
        for (DevicesView.Waiting device : view.waiting()) {
            out.println("WAITS TO BE APPROVED: device " + device.device());
            out.println("  asked at " + device.asked() + ", its six words:  " + device.words());
        }
    }

    private static String sentence(DeviceStanding standing) {
        return switch (standing) {
            case UNKNOWN -> "the relay has not shown your device chain yet";
            case ON_CHAIN -> "this device is on your device chain";
            case WAITING -> "this device is not on your device chain yet: it waits to be approved";
            case ENDED -> "this device was ended, for good";
            case DISPUTED -> "YOUR DEVICE CHAIN IS IN DISPUTE";
        };
    }

    static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
