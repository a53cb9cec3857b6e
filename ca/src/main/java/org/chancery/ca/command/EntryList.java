package org.chancery.ca.command;

import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.ca.ledger.Particulars;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
import org.chancery.console.Printable;

/// Entries of the ledger, a line each, or with `--json` one document.
final class EntryList {
    private static final String ROW = "%-40s  %-8s  %-7s  %-20s  %s";

    private EntryList() {}

    static void print(CaCommand ca, List<LedgerEntry> entries) {
        PrintStream out = ca.surroundings().out();
        Instant now = ca.surroundings().now();
        if (ca.json()) {
            JsonArray certificates = Json.array();
            entries.forEach(entry -> certificates.add(EntryFacts.of(entry, now).json()));
            out.println(Json.object().put("certificates", certificates).text());
            return;
        }
        if (entries.isEmpty()) {
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
