package org.chancery.ca.command;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.chancery.ca.der.UnreadableException;
import org.chancery.ca.lint.Finding;
import org.chancery.ca.lint.foreign.ForeignLint;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.pki.pem.MalformedPemException;
import org.chancery.pki.pem.Pem;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `ca lint`: the rules that everything signed here is held to, for what was signed anywhere.
@Command(
        name = "lint",
        description = "Judges a certificate, request, CRL or OCSP response by the rules for what is signed here.",
        footer = {"  ca lint alice.pem", "  ca lint crl/issuing.pem --json"})
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class LintCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Parameters(paramLabel = "FILE", description = "what to judge: PEM with any number of blocks, or DER")
    private Path path;

    @Override
    public Integer call() throws Exception {
        List<Facts> judged = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        long errors = 0;
        long warnings = 0;
        for (byte[] der : ders(InputFile.read(path))) {
            ForeignLint.Judgement judgement = judge(der);
            judged.add(facts(judgement));
            lines.add(judgement.kind() + ": " + (judgement.findings().isEmpty() ? "nothing found" : "see below"));
            judgement.findings().forEach(finding -> lines.add(severity(finding) + " " + finding));
            long found = judgement.findings().stream().filter(Finding::isError).count();
            errors += found;
            warnings += judgement.findings().size() - found;
        }
        ca.print(new Facts()
                .put("file", path.toString())
                .put("judged", judged, lines)
                .put("errors", errors)
                .put("warnings", warnings));
        return (errors == 0 ? ExitCode.DONE : ExitCode.NO).code();
    }

    private static List<byte[]> ders(InputFile file) throws CommandException {
        byte[] content = file.content();
        if (content.length > 0 && content[0] == 0x30) {
            return List.of(content);
        }
        try {
            return Pem.parse(content).stream().map(Pem.Block::der).toList();
        } catch (MalformedPemException e) {
            throw CommandException.badInput(file.path() + ": " + e.getMessage(), e);
        }
    }

    private ForeignLint.Judgement judge(byte[] der) throws CommandException {
        try {
            return ForeignLint.judge(der);
        } catch (UnreadableException e) {
            throw CommandException.badInput(
                    path + ": no certificate, request, CRL or OCSP response: " + e.getMessage(), e);
        }
    }

    private static Facts facts(ForeignLint.Judgement judgement) {
        return new Facts()
                .put("kind", judgement.kind())
                .put(
                        "findings",
                        judgement.findings().stream().map(LintCommand::facts).toList(),
                        List.of());
    }

    private static Facts facts(Finding finding) {
        return new Facts()
                .put("rule", finding.rule())
                .put("severity", severity(finding))
                .put("citation", finding.citation())
                .put("detail", finding.detail());
    }

    private static String severity(Finding finding) {
        return finding.severity().name().toLowerCase(Locale.ROOT);
    }
}
