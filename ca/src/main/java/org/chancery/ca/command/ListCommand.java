package org.chancery.ca.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.ca.ledger.Search;
import org.chancery.console.DurationConverter;
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
        Search search = address == null ? Search.ALL : Search.ALL.address(address);
        if (expiringIn != null) {
            search = search.endingFrom(now).endingBy(now.plus(expiringIn));
        }
        List<LedgerEntry> entries;
        try (Authority authority = ca.openAuthority()) {
            entries = authority.ledger().entries(search);
        }
        List<LedgerEntry> wanted =
                entries.stream().filter(entry -> isWanted(entry, now)).toList();
        EntryList.print(ca, wanted);
        if (wanted.isEmpty()) {
            ca.surroundings().report().warning("nothing to list");
        }
        return 0;
    }

    private boolean isWanted(LedgerEntry entry, Instant now) {
        Status actual = Status.of(entry, now);
        return (status == null || status == actual) && (expiringIn == null || actual == Status.VALID);
    }
}
