package org.chancery.ca.command;

import java.time.Duration;
import java.util.concurrent.Callable;
import org.chancery.ca.issuance.Authority;
import org.chancery.ca.issuance.CrlPublisher;
import org.chancery.ca.issuance.RootCeremony;
import org.chancery.console.CommandException;
import org.chancery.console.DurationConverter;
import org.chancery.console.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `ca root crl`: the root's CRL anew.
@Command(
        name = "crl",
        description = "Issues the root's CRL anew.",
        footer = {"  ca root crl --root-key /media/safe/root.p12", "  ca root crl --root-next-update 400d"})
@SuppressWarnings("NullAway.Init") // picocli sets what the command line must have
final class RootCrlCommand implements Callable<Integer> {
    @ParentCommand
    private RootCommand root;

    @Mixin
    private RootCommand.KeyOption key;

    @Option(
            names = "--root-next-update",
            paramLabel = "DURATION",
            converter = DurationConverter.class,
            description = "how long it is good. Default: 400d")
    private Duration nextUpdate = CrlPublisher.ROOT_LIFETIME;

    @Override
    public Integer call() throws Exception {
        if (nextUpdate.isZero()) {
            throw new CommandException(
                    ExitCode.USAGE, "--root-next-update 0: a CRL that is never good", "see: ca root crl --help");
        }
        CaCommand ca = root.ca();
        try (Authority authority = ca.openAuthority()) {
            RootCeremony ceremony = key.open(ca, authority);
            ca.print(CrlFacts.brief(ceremony.publishCrl(nextUpdate))
                    .put("file", ceremony.root().crlFile().toString()));
        }
        return 0;
    }
}
