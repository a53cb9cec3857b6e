package org.chancery.ca.command;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.ca.ledger.Search;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InstantConverter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `ca find`: certificates by what is known of them. Needs no passphrase.
@Command(
        name = "find",
        description = {
            "Finds certificates to which all that is given applies; exit 1 if there are none.",
            "Serial numbers, fingerprints and devices may be given by their first digits."
        },
        footer = {
            "  ca find --serial 4f0c27",
            "  ca find --name chat --expires-before 2027-01-01",
            "  ca find --fingerprint 9f86d081884c7d65 --json"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class FindCommand implements Callable<Integer> {
    private static final Pattern HEX = Pattern.compile("[0-9a-f]{1,64}");

    @ParentCommand
    private CaCommand ca;

    @Option(names = "--address", paramLabel = "ADDRESS", description = "whose it is")
    private @Nullable String address;

    @Option(names = "--serial", paramLabel = "HEX", description = "how its serial number begins")
    private @Nullable String serial;

    @Option(names = "--fingerprint", paramLabel = "HEX", description = "how the SHA-256 of the certificate begins")
    private @Nullable String fingerprint;

    @Option(names = "--device", paramLabel = "HEX", description = "how the SHA-256 of its public key begins")
    private @Nullable String device;

    @Option(names = "--name", paramLabel = "TEXT", description = "part of its address, host or name")
    private @Nullable String name;

    @Option(
            names = "--expires-before",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "it ends then or earlier, as 2027-01-01")
    private @Nullable Instant expiresBefore;

    @Option(
            names = "--expires-after",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "it ends then or later")
    private @Nullable Instant expiresAfter;

    @Override
    public Integer call() throws Exception {
        Search search = search();
        List<LedgerEntry> found;
        try (Authority authority = ca.openAuthority()) {
            found = authority.ledger().entries(search);
        }
        EntryList.print(ca, found);
        if (found.isEmpty()) {
            ca.surroundings().report().warning("nothing found");
        }
        return (found.isEmpty() ? ExitCode.NO : ExitCode.DONE).code();
    }

    private Search search() throws CommandException {
        Search search = Search.ALL;
        if (address != null) {
            search = search.address(address);
        }
        if (serial != null) {
            search = search.serialPrefix(hex("--serial", serial));
        }
        if (fingerprint != null) {
            search = search.fingerprintPrefix(hex("--fingerprint", fingerprint));
        }
        if (device != null) {
            search = search.devicePrefix(hex("--device", device));
        }
        if (name != null) {
            search = search.nameContains(name);
        }
        if (expiresBefore != null) {
            search = search.endingBy(expiresBefore);
        }
        return expiresAfter == null ? search : search.endingFrom(expiresAfter);
    }

    /// As our commands and `openssl` write it: colons and case do not matter.
    private static String hex(String option, String text) throws CommandException {
        String digits = text.replace(":", "").toLowerCase(Locale.ROOT);
        if (!HEX.matcher(digits).matches()) {
            throw new CommandException(ExitCode.USAGE, option + " " + text + " is not hexadecimal", "see: ca list");
        }
        return digits;
    }
}
