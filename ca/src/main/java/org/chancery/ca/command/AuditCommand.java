package org.chancery.ca.command;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.ledger.AuditReport;
import org.chancery.ca.ledger.Finding;
import org.chancery.ca.ledger.Ledger;
import org.chancery.ca.ledger.RecordedAct;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InstantConverter;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
import org.chancery.console.JsonObject;
import org.chancery.console.Printable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `ca audit`: what this authority has done, and whether the record of it is whole. Needs no passphrase.
@Command(
        name = "audit",
        description = {
            "Lists the acts of this authority, oldest first, or verifies the record of them whole.",
            "Each act carries a hash of itself and of all before it; the newest also stands in audit.head.",
            "A copy of that file, kept elsewhere, shows whether both were rewritten."
        },
        footer = {"  ca audit --since 2026-11-01 --limit 100", "  ca audit --verify"})
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class AuditCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Option(names = "--verify", description = "verify chain, tables and audit.head; exit 1 with what was found")
    private boolean verify;

    @Option(names = "--limit", paramLabel = "N", description = "how many of the newest acts. Default: 50")
    private int limit = 50;

    @Option(
            names = "--since",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "none before, as 2026-11-22T10:31:07Z or 2026-11-22")
    private Instant since = Instant.EPOCH;

    @Option(
            names = "--renew-head",
            paramLabel = "REASON",
            description = "take the record as it is though audit.head contradicts it, and record that and why")
    private @Nullable String renewal;

    @Override
    public Integer call() throws Exception {
        if (limit < 1 || (verify && renewal != null)) {
            throw new CommandException(
                    ExitCode.USAGE,
                    limit < 1 ? "--limit " + limit + ", at least 1" : "--verify with --renew-head",
                    "see: ca audit --help");
        }
        try (Authority authority = ca.openAuthority()) {
            if (renewal != null) {
                return renewHead(authority.ledger(), renewal);
            }
            if (verify) {
                return verify(authority.ledger());
            }
            list(authority.ledger().acts(limit, since));
        }
        return 0;
    }

    private int verify(Ledger ledger) throws Exception {
        AuditReport report = ledger.audit();
        List<Facts> each = report.findings().stream()
                .map(finding ->
                        new Facts().put("finding", finding.kind().name()).put("detail", finding.detail()))
                .toList();
        List<String> lines = report.findings().stream()
                .map(finding -> finding.kind() + ": " + finding.detail())
                .toList();
        boolean good = report.findings().isEmpty();
        ca.print(new Facts()
                .put("verified", good)
                .put("acts", report.head().sequence())
                .put("head", report.head().hash())
                .put("findings", each, lines));
        return (good ? ExitCode.DONE : ExitCode.NO).code();
    }

    private int renewHead(Ledger ledger, String reason) throws Exception {
        Optional<Finding> found = ledger.renewHead(reason);
        ca.print(new Facts()
                .put("renewed", found.isPresent())
                .putIfPresent("found", found.map(finding -> finding.kind() + ": " + finding.detail())));
        return 0;
    }

    private void list(List<RecordedAct> acts) {
        PrintStream out = ca.surroundings().out();
        if (ca.json()) {
            JsonArray array = Json.array();
            acts.forEach(act -> array.add(json(act)));
            out.println(Json.object().put("acts", array).text());
            return;
        }
        for (RecordedAct act : acts) {
            String subject = act.subject().map(text -> "  " + text).orElse("");
            String facts = act.facts().entrySet().stream()
                    .map(fact -> fact.getKey() + "=" + fact.getValue())
                    .collect(Collectors.joining(", "));
            out.println(Printable.of(
                    "%6d  %s  %-13s%s  %s".formatted(act.sequence(), act.at(), act.kind(), subject, facts)));
        }
    }

    private static JsonObject json(RecordedAct act) {
        JsonObject facts = Json.object();
        for (Map.Entry<String, String> fact : act.facts().entrySet()) {
            facts.put(fact.getKey(), fact.getValue());
        }
        return Json.object()
                .put("sequence", act.sequence())
                .put("at", act.at())
                .put("kind", act.kind())
                .putIfPresent("subject", act.subject())
                .put("facts", facts)
                .put("hash", act.hash());
    }
}
