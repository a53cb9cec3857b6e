package org.chancery.client.command;

import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.console.InstantConverter;
import org.chancery.console.Printable;
import org.chancery.console.Surroundings;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.revocation.Crl;
import org.chancery.pki.revocation.CrlSet;
import org.chancery.pki.sealing.FileOpener;
import org.chancery.pki.sealing.FileTrust;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client open`: a sealed file, opened only when tag and signature both hold.
@Command(
        name = "open",
        description = "Opens a sealed file. Nothing of it appears unless it is whole and its signer is believed.",
        footer = {
            "  client open --keystore bob.p12 --from alice.pem --out report.pdf report.cms",
            "  client open --keystore bob.p12 --crl issuing.crl --crl root.crl --out report.pdf report.cms"
        })
final class OpenCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Mixin
    private final FileIdentity recipient = new FileIdentity();

    @Option(
            names = "--from",
            paramLabel = "CERT",
            description = "who must have signed it; may repeat. Else anybody valid")
    private List<Path> from = List.of();

    @Option(names = "--trust", paramLabel = "FILE", description = "roots to believe instead of the pinned one")
    private List<Path> trust = List.of();

    @Option(names = "--crl", paramLabel = "FILE", description = "revocation lists; then each certificate needs one")
    private List<Path> crls = List.of();

    @Option(
            names = "--at",
            paramLabel = "TIME",
            converter = InstantConverter.class,
            description = "the time at which the signer is judged. Default: now")
    private @Nullable Instant at;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "where the content goes, mode 0600")
    private Path out;

    @Option(names = "--force", description = "replace FILE if it is there")
    private boolean force;

    @Parameters(paramLabel = "IN", description = "the sealed file, DER or BER")
    private Path in;

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = client.surroundings();
        List<X509Certificate> signers = new ArrayList<>();
        for (Path file : from) {
            signers.add(InputFile.read(file).certificates().getFirst());
        }
        Revocation revocation = revocation();
        FileIdentity.Opened own = recipient.open(client);
        FileTrust fileTrust = new FileTrust(
                new PathValidator(anchors(own)),
                revocation,
                at == null ? surroundings.clock().instant() : at,
                signers);
        ValidatedPath signer =
                new FileOpener(own.identity().key(), own.identity().chain().leaf(), fileTrust).open(in, out, force);
        surroundings.out().println("opened:   " + out);
        surroundings
                .out()
                .println("from:     "
                        + Printable.of(DistinguishedName.of(signer.leaf().getSubjectX500Principal())
                                .toString()));
        if (crls.isEmpty()) {
            surroundings.report().warning("revocation was not checked; --crl FILE does");
        }
        return ExitCode.DONE.code();
    }

    private TrustAnchors anchors(FileIdentity.Opened own) throws CommandException {
        if (trust.isEmpty() && own.pinned().certificates().isEmpty()) {
            throw new CommandException(ExitCode.USAGE, "nobody to trust", "give --trust root.pem");
        }
        if (trust.isEmpty()) {
            return own.pinned();
        }
        Set<X509Certificate> roots = new LinkedHashSet<>();
        for (Path file : trust) {
            roots.addAll(InputFile.read(file).certificates());
        }
        return new TrustAnchors(roots);
    }

    private Revocation revocation() throws IOException, CommandException {
        if (crls.isEmpty()) {
            return new Revocation.NotChecked();
        }
        List<Crl> lists = new ArrayList<>();
        for (Path file : crls) {
            lists.addAll(InputFile.read(file).crls());
        }
        return new Revocation.Required(CrlSet.of(lists), Duration.ZERO);
    }
}
