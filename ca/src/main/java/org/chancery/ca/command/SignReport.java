package org.chancery.ca.command;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.chancery.ca.profile.Grant;
import org.chancery.ca.profile.Item;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Explanation;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.certificate.TbsCertificate;
import org.jspecify.annotations.Nullable;

/// What a command that issues says: the certificate where it was asked for, and what became of the request.
final class SignReport {
    private final CaCommand ca;
    private final Grant.Granted granted;
    private final CertificateChain chain;
    private final Facts facts;

    /// @param beginning what is said first
    SignReport(CaCommand ca, Grant.Granted granted, CertificateChain chain, Facts beginning) {
        this.ca = ca;
        this.granted = granted;
        this.chain = chain;
        this.facts = beginning;
    }

    /// To a file, with words on standard output; or to standard output, which then holds nothing else.
    void deliver(@Nullable OutputFile file, Consumer<Facts> explained) throws CommandException {
        String pem = PemText.certificates(chain.certificates());
        decided(facts, granted).put("fingerprint", Certificates.sha256Fingerprint(chain.leaf()));
        explained.accept(facts);
        if (file != null) {
            write(file, pem);
            ca.print(facts.put("file", file.path().toString()));
        } else if (ca.json()) {
            ca.print(facts.put("pem", pem));
        } else {
            ca.surroundings().out().print(pem);
            facts.print(ca.surroundings().err());
        }
        granted.notes().forEach(ca.surroundings().report()::warning);
    }

    /// What is signed stays signed: who cannot have it here is told where it is.
    private void write(OutputFile file, String pem) throws CommandException {
        try {
            file.write(pem);
        } catch (IOException e) {
            String serial = SerialNumber.of(chain.leaf()).hex();
            throw new CommandException(new Explanation(
                    ExitCode.BAD_INPUT,
                    serial + " is issued, but could not be written: " + e.getMessage(),
                    "ca show " + serial + " --pem"));
        }
    }

    /// What a dry run says: the same, with all that was requested and what the profile adds, and no serial: none was
    /// spent.
    static Facts planned(Grant.Granted granted) {
        List<Item> requested = granted.items().stream()
                .filter(item -> item.outcome() != Item.Outcome.ADDED)
                .toList();
        List<String> added = granted.items().stream()
                .filter(item -> item.outcome() == Item.Outcome.ADDED)
                .map(Item::value)
                .toList();
        List<Facts> items = requested.stream().map(SignReport::facts).toList();
        List<String> lines = requested.stream()
                .map(item -> outcome(item) + " " + item.what() + " " + item.value() + ": " + item.why())
                .toList();
        return decided(new Facts(), granted)
                .put("requested", items, lines)
                .put("added", added)
                .put("notes", granted.notes())
                .put("issued", false);
    }

    private static Facts decided(Facts facts, Grant.Granted granted) {
        TbsCertificate certificate = granted.certificate();
        return facts.put("profile", granted.profile())
                .put("name", granted.name())
                .putIfPresent("displayName", certificate.subject().displayName())
                .put("names", CertificateFacts.names(certificate))
                .put("notBefore", certificate.validity().notBefore())
                .put("notAfter", certificate.validity().notAfter());
    }

    private static Facts facts(Item item) {
        return new Facts()
                .put("what", item.what())
                .put("value", item.value())
                .put("outcome", outcome(item))
                .put("why", item.why());
    }

    private static String outcome(Item item) {
        return switch (item.outcome()) {
            case GRANTED -> "granted";
            case DROPPED -> "dropped";
            case ADDED -> "added";
        };
    }
}
