package org.chancery.client.command;

import java.io.InputStream;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.console.Printable;
import org.chancery.console.Surroundings;
import org.chancery.pki.file.ReadableFile;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.sealing.FileSealer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client seal`: a file, signed and encrypted, for anyone with a CMS tool.
@Command(
        name = "seal",
        description = {
            "Signs a file and encrypts it to certificates, as CMS that openssl cms opens.",
            "There is no forward secrecy: whoever comes to hold a recipient's key opens it."
        },
        footer = {
            "  client seal --keystore alice.p12 --to bob.pem --out report.cms report.pdf",
            "  tar c logs | client seal --keystore alice.p12 --passphrase-file p --to bob.pem --out logs.cms"
        })
final class SealCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Mixin
    private final FileIdentity sender = new FileIdentity();

    @Option(
            names = "--to",
            paramLabel = "CERT",
            required = true,
            description = "a recipient's certificate, first in its file; may repeat. You, only if you are among them")
    private List<Path> to;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "where the sealed file goes")
    private Path out;

    @Option(names = "--force", description = "replace FILE if it is there")
    private boolean force;

    @Parameters(paramLabel = "IN", arity = "0..1", description = "what to seal, up to 1 GiB; else standard input")
    private @Nullable Path in;

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = client.surroundings();
        List<X509Certificate> recipients = new ArrayList<>();
        for (Path file : to) {
            recipients.add(InputFile.read(file).certificates().getFirst());
        }
        Identity identity = sender.open(client).identity();
        try (InputStream input = in == null ? surroundings.in() : ReadableFile.open(in)) {
            new FileSealer(surroundings.random())
                    .seal(identity, surroundings.clock().instant(), recipients, input, out, force);
        }
        surroundings.out().println("sealed:   " + out);
        for (X509Certificate recipient : recipients) {
            surroundings
                    .out()
                    .println("for:      "
                            + Printable.of(DistinguishedName.of(recipient.getSubjectX500Principal())
                                    .toString()));
        }
        return ExitCode.DONE.code();
    }
}
