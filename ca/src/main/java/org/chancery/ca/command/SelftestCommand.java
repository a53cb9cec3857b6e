package org.chancery.ca.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.chancery.ca.backup.Scratch;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.ledger.Ledger;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.ca.ledger.Particulars;
import org.chancery.console.ExitCode;
import org.chancery.console.InstantConverter;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `ca selftest`: another opinion on everything the authority has made.
@Command(
        name = "selftest",
        description = "Checks CAs, CRLs and the newest certificates by openssl, and shows the lines.",
        footer = {"  ca selftest", "  ca selftest --certificates 100 --json"})
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class SelftestCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Option(
            names = "--certificates",
            paramLabel = "N",
            description = "how many of the newest certificates. Default: 10")
    private int certificates = 10;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "the time to check for. Default: now")
    private @Nullable Instant at;

    /// A line and what came of it.
    private record Outcome(OpensslLine line, boolean agrees) {}

    @Override
    public Integer call() throws Exception {
        Optional<OpensslProcess> openssl = OpensslProcess.find(ca.surroundings().environment());
        try (Authority authority = ca.openAuthority();
                Scratch scratch = Scratch.anywhere()) {
            List<OpensslLine> lines = lines(authority, scratch.path());
            if (openssl.isEmpty()) {
                ca.print(new Facts().put("run", false).put("lines", shell(lines)));
                ca.surroundings().report().warning("openssl is not on the PATH: nothing was run");
                return ExitCode.DONE.code();
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (OpensslLine line : lines) {
                outcomes.add(new Outcome(line, openssl.get().agrees(line)));
            }
            return report(openssl.get(), outcomes);
        }
    }

    private int report(OpensslProcess openssl, List<Outcome> outcomes) throws Exception {
        boolean agrees = outcomes.stream().allMatch(Outcome::agrees);
        List<Facts> each = outcomes.stream()
                .map(outcome -> new Facts().put("line", outcome.line.shell()).put("agrees", outcome.agrees))
                .toList();
        List<String> words = outcomes.stream()
                .map(outcome -> (outcome.agrees ? "ok: " : "FAILED: ") + outcome.line.shell())
                .toList();
        ca.print(new Facts()
                .put("run", true)
                .put("openssl", openssl.output(List.of("version")).strip())
                .put("agrees", agrees)
                .put("lines", each, words));
        return (agrees ? ExitCode.DONE : ExitCode.NO).code();
    }

    private List<OpensslLine> lines(Authority authority, Path scratch) throws Exception {
        OpensslLines known = new OpensslLines(authority, Optional.ofNullable(at));
        List<OpensslLine> lines = new ArrayList<>(known.authority());
        Set<DeviceId> ended = authority.ledger().entries().stream()
                .filter(LedgerEntry.Revoked.class::isInstance)
                .filter(entry -> entry.particulars().profile().equals(Ledger.ISSUING))
                .map(entry -> entry.particulars().device())
                .collect(Collectors.toSet());
        Instant when = at == null ? ca.surroundings().now() : at;
        List<LedgerEntry> newest = authority.ledger().entries().reversed().stream()
                .filter(entry -> isPlain(entry.particulars(), when))
                .limit(certificates)
                .toList();
        for (LedgerEntry entry : newest) {
            Optional<byte[]> der =
                    authority.ledger().certificateDer(entry.particulars().serial());
            if (der.isPresent()) {
                Path file = scratch.resolve(entry.particulars().serial().hex() + ".pem");
                Files.writeString(file, Pem.encode(PemLabel.CERTIFICATE, der.get()), StandardCharsets.US_ASCII);
                lines.addAll(known.certificate(file, isRevoked(entry, ended)));
            }
        }
        return lines;
    }

    /// With an issuing CA ends all that it signed.
    private static boolean isRevoked(LedgerEntry entry, Set<DeviceId> ended) {
        return entry instanceof LedgerEntry.Revoked
                || ended.contains(entry.particulars().issuer());
    }

    /// One that openssl is to accept: not the authority's own, which are checked as such, and not over.
    private static boolean isPlain(Particulars one, Instant when) {
        return !one.profile().equals(Ledger.ROOT)
                && !one.profile().equals(Ledger.ISSUING)
                && !when.isAfter(one.validity().notAfter());
    }

    private static List<String> shell(List<OpensslLine> lines) {
        return lines.stream().map(OpensslLine::shell).toList();
    }
}
