package org.chancery.ca.command;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.ledger.LedgerEntry;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.SerialNumber;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `ca show`: a certificate, request, CRL or keystore in words.
@Command(
        name = "show",
        description = "Shows a certificate, request, CRL or keystore in words. Only a keystore needs a passphrase.",
        footer = {"  ca show alice.csr", "  ca show 4f0c27d1a83b95e6104472cc50aa9d1377e2b0f1 --pem"})
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class ShowCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Parameters(paramLabel = "SERIAL|FILE", description = "a serial number in hex, or a file, PEM or DER")
    private String which;

    @Option(names = "--pem", description = "of a serial number: the certificate itself, then the issuing CA's")
    private boolean pem;

    @Mixin
    private ExplainOption explain;

    @Override
    public Integer call() throws Exception {
        switch (Reference.parse(which)) {
            case Reference.Serial(SerialNumber serial) -> show(serial);
            case Reference.File(var path) -> {
                if (pem) {
                    throw new CommandException(
                            ExitCode.USAGE, "--pem with a file", "--pem takes a certificate out of the ledger");
                }
                print(FileFacts.of(InputFile.read(path), ca.passphrases()));
            }
        }
        return 0;
    }

    private void show(SerialNumber serial) throws Exception {
        try (Authority authority = ca.openAuthority()) {
            LedgerEntry entry = authority
                    .ledger()
                    .find(serial)
                    .orElseThrow(() -> new CommandException(
                            ExitCode.NO, "this authority has no certificate " + serial.hex(), "see: ca list"));
            Optional<byte[]> der = authority.ledger().certificateDer(serial);
            if (!pem) {
                List<String> descendants = authority.ledger().descendantsOf(serial).stream()
                        .map(descendant -> descendant.particulars().serial().hex())
                        .toList();
                Path file = Path.of(serial.hex() + ".pem");
                boolean revoked = entry instanceof LedgerEntry.Revoked;
                OpensslLines lines = new OpensslLines(authority, Optional.empty());
                print(List.of(explain.addTo(
                        facts(entry, der).put("descendants", descendants), lines.certificate(file, revoked))));
            } else if (der.isPresent()) {
                X509Certificate certificate = Certificates.parse(der.get());
                List<X509Certificate> chain = List.of(certificate, authority.issuing());
                ca.surroundings().out().print(PemText.certificates(chain));
            } else {
                throw new CommandException(
                        ExitCode.NO, serial.hex() + " was intended and never recorded as issued", "see: ca list");
            }
        }
    }

    private Facts facts(LedgerEntry entry, Optional<byte[]> der) throws Exception {
        Instant now = ca.surroundings().now();
        if (der.isEmpty()) {
            return EntryFacts.of(entry, now);
        }
        Facts facts = CertificateFacts.of(Certificates.parse(der.get()))
                .put("profile", entry.particulars().profile())
                .put("status", Status.of(entry, now).cliName());
        EntryFacts.addOrigin(facts, entry.particulars().origin());
        if (entry instanceof LedgerEntry.Revoked revoked) {
            EntryFacts.addRevocation(facts, revoked.revocation());
        }
        return facts;
    }

    private void print(List<Facts> shown) {
        if (ca.json()) {
            JsonArray array = Json.array();
            shown.forEach(facts -> array.add(facts.json()));
            ca.surroundings().out().println(Json.object().put("shown", array).text());
            return;
        }
        List<Facts> rest = new ArrayList<>(shown);
        rest.removeFirst().print(ca.surroundings().out());
        for (Facts facts : rest) {
            ca.surroundings().out().println();
            facts.print(ca.surroundings().out());
        }
    }
}
