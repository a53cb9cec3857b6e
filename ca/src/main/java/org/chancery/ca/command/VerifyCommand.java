package org.chancery.ca.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.ValidatedPath;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/// `ca verify`: the judgement that relay and clients make, on its own. Needs no authority.
@Command(
        name = "verify",
        description = "Verifies a certificate by RFC 5280, by the same code the relay and the clients use.",
        footer = {
            "  ca verify --trust root.pem --crl crl.pem --purpose client --email alice@lab.example alice.pem",
            "  ca verify --trust root.pem --untrusted chain.pem --host chat.lab.example relay.pem"
        })
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class VerifyCommand implements Callable<Integer> {
    @ParentCommand
    private CaCommand ca;

    @Spec
    private CommandSpec spec;

    @Mixin
    private VerifyOptions options = new VerifyOptions();

    @Option(
            names = "--batch",
            paramLabel = "FILE",
            description = "one case a line: an id, then these options, separated by tabs; prints id, accept or reject,"
                    + " and the reason")
    private @Nullable Path batch;

    @Override
    public Integer call() throws Exception {
        Instant now = ca.surroundings().now();
        if (batch != null) {
            requireNothingElse();
            PrintStream out = ca.surroundings().out();
            VerifyBatch.run(
                    InputFile.read(batch), now, answer -> out.println(ca.json() ? answer.json() : answer.line()));
            return ExitCode.DONE.code();
        }
        VerifyCase question = VerifyCase.of(options, now);
        question.leftOut().forEach(what -> ca.surroundings().report().warning("left out: " + what));
        try {
            ca.print(accepted(question.validate(), question));
            if (!question.revocationChecked()) {
                ca.surroundings().report().warning("revocation was not looked at: neither --crl nor --ocsp was given");
            }
            return ExitCode.DONE.code();
        } catch (PathValidationException e) {
            if (ca.json()) {
                ca.print(rejected(e));
            }
            ca.surroundings().report().error(reason(e));
            return ExitCode.NO.code();
        }
    }

    /// What stands beside `--batch` would be heard by nobody.
    private void requireNothingElse() throws CommandException {
        List<ArgSpec> ofCase =
                Objects.requireNonNull(spec.mixins().get("options")).args();
        if (spec.commandLine().getParseResult().matchedArgs().stream().anyMatch(ofCase::contains)) {
            throw new CommandException(
                    ExitCode.USAGE, "--batch beside other options", "put them on each line of the file");
        }
    }

    private static Facts accepted(ValidatedPath path, VerifyCase question) {
        List<String> subjects = path.chain().certificates().stream()
                .map(X509Certificate::getSubjectX500Principal)
                .map(NameText::of)
                .toList();
        return new Facts()
                .put("accepted", true)
                .put("purpose", path.purpose().name().toLowerCase(Locale.ROOT))
                .put("at", path.at())
                .put("path", subjects)
                .put("anchor", NameText.of(path.anchor().getSubjectX500Principal()))
                .put("policies", path.policies().stream().sorted().toList())
                .put("revocationChecked", question.revocationChecked());
    }

    private static Facts rejected(PathValidationException e) {
        return new Facts()
                .put("accepted", false)
                .put("failure", e.failure().name())
                .put("certificateIndex", e.certificateIndex())
                .put("detail", String.valueOf(e.getMessage()));
    }

    private static String reason(PathValidationException e) {
        String where = switch (e.certificateIndex()) {
            case -1 -> "";
            case 0 -> " (the certificate itself)";
            default -> " (its issuer, " + e.certificateIndex() + " up)";
        };
        return e.failure().inWords() + ": " + e.getMessage() + where;
    }
}
