package org.chancery.ca.command;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.ca.ledger.Particulars;
import org.chancery.ca.ledger.Search;
import org.chancery.console.DurationConverter;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
import org.chancery.console.Printable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `ca list`: what has been issued. Needs no passphrase.
@Command(
        name = "list",
        description = "Lists what has been issued, oldest first. Needs no passphrase.",
        footer = {"  ca list --status valid --expiring-in 30d", "  ca list --address alice@lab.example --json"})
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class ListCommand implements Callable<Integer> {
    private static final String ROW = "%-40s  %-8s  %-7s  %-20s  %s";

    @ParentCommand
    private CaCommand ca;

    @Option(
            names = "--status",
            paramLabel = "STATUS",
            converter = Status.Converter.class,
            description = "only those that are valid, revoked, expired or intended")
    private @Nullable Status status;

    @Option(names = "--address", paramLabel = "ADDRESS", description = "only those of this address")
    private @Nullable String address;

    @Option(
            names = "--expiring-in",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "only those that are valid and end within this time, as 30d")
    private @Nullable Duration expiringIn;

    @Override
    public Integer call() throws Exception {
        Instant now = ca.surroundings().now();
        List<LedgerEntry> entries;
        try (Authority authority = ca.openAuthority()) {
            entries = authority.ledger().entries(Search.ALL);
        }
        List<LedgerEntry> chosen =
                entries.stream().filter(entry -> isWanted(entry, now)).toList();
        if (ca.json()) {
            JsonArray certificates = Json.array();
            chosen.forEach(entry -> certificates.add(EntryFacts.of(entry, now).json()));
            ca.surroundings()
                    .out()
                    .println(Json.object().put("certificates", certificates).text());
        } else {
            print(chosen, now);
        }
        return 0;
    }

    private boolean isWanted(LedgerEntry entry, Instant now) {
        Particulars p = entry.particulars();
        Status actual = Status.of(entry, now);
        return (status == null || status == actual)
                && (address == null
                        || p.address()
                                .filter(a -> a.value().equalsIgnoreCase(address))
                                .isPresent())
                && (expiringIn == null
                        || (actual == Status.VALID && !p.validity().notAfter().isAfter(now.plus(expiringIn))));
    }

    private void print(List<LedgerEntry> entries, Instant now) {
        PrintStream out = ca.surroundings().out();
        if (entries.isEmpty()) {
            ca.surroundings().report().warning("nothing to list");
            return;
        }
        out.println(ROW.formatted("SERIAL", "STATUS", "PROFILE", "UNTIL", "NAME"));
        for (LedgerEntry entry : entries) {
            Particulars p = entry.particulars();
            out.println(ROW.formatted(
                    p.serial().hex(),
                    Status.of(entry, now).cliName(),
                    p.profile(),
                    p.validity().notAfter(),
                    Printable.of(p.name())));
        }
    }
}
