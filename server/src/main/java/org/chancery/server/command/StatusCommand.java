package org.chancery.server.command;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.chancery.console.ExitCode;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
import org.chancery.console.Printable;
import org.chancery.console.Surroundings;
import org.chancery.server.control.ControlAnswer;
import org.chancery.server.control.ControlRequest;
import org.chancery.server.control.RelayStatus;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `server status`: how the running relay is.
@Command(
        name = "status",
        description = "Says how the relay is that runs on a data directory.",
        footer = {"  server status", "  server status --data /var/lib/chancery --json"})
final class StatusCommand implements Callable<Integer> {

    @ParentCommand
    private ServerCommand server;

    @Mixin
    private final DataOption data = new DataOption();

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = server.surroundings();
        if (AskedRelay.ask(data.directory(), new ControlRequest.Status())
                instanceof ControlAnswer.Status(RelayStatus status)) {
            if (json) {
                surroundings.out().println(json(status).text());
            } else {
                print(status, surroundings);
            }
            return ExitCode.DONE.code();
        }
        throw new IllegalStateException("another answer than to a question for the status");
    }

    private static void print(RelayStatus status, Surroundings surroundings) {
        PrintStream out = surroundings.out();
        out.println("relay:       " + Printable.of(status.listen()) + ", process " + status.process() + ", since "
                + status.startedAt() + " ("
                + up(Duration.between(status.startedAt(), surroundings.clock().instant())) + ")");
        out.println("ready:       "
                + status.notReady().map(why -> "no: " + Printable.of(why)).orElse("yes"));
        out.println("here:        " + status.devices() + " devices, " + status.connections() + " connections");
        out.println("log:         " + mebibytes(status.logBytes()) + ", " + mebibytes(status.diskFreeBytes())
                + " free, incarnation " + Printable.of(status.incarnation()));
        out.println("certificate: until " + status.certificateNotAfter());
        for (RelayStatus.CrlView crl : status.crls()) {
            out.println("CRL:         of " + Printable.of(crl.issuer()) + ", " + crl.thisUpdate() + ", next by "
                    + crl.nextUpdate());
        }
        if (status.crls().isEmpty()) {
            out.println("CRL:         none, revocation is not checked");
        }
    }

    private static String up(Duration time) {
        return "%d d %d h %d min".formatted(time.toDays(), time.toHoursPart(), time.toMinutesPart());
    }

    private static String mebibytes(long octets) {
        return (octets >> 20) + " MiB";
    }

    private static Json json(RelayStatus status) {
        JsonArray crls = Json.array();
        for (RelayStatus.CrlView crl : status.crls()) {
            crls.add(Json.object()
                    .put("issuer", crl.issuer())
                    .put("thisUpdate", crl.thisUpdate())
                    .put("nextUpdate", crl.nextUpdate()));
        }
        return Json.object()
                .put("listen", status.listen())
                .put("process", status.process())
                .put("startedAt", status.startedAt())
                .put("ready", status.notReady().isEmpty())
                .putIfPresent("notReady", status.notReady())
                .put("devices", status.devices())
                .put("connections", status.connections())
                .put("incarnation", status.incarnation())
                .put("logBytes", status.logBytes())
                .put("diskFreeBytes", status.diskFreeBytes())
                .put("certificateNotAfter", status.certificateNotAfter())
                .put("crls", crls);
    }
}
