package org.chancery.client.command;

import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.console.Printable;
import org.chancery.console.Surroundings;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.path.PathFailure;
import org.chancery.pki.path.PathValidationException;
import org.chancery.pki.path.PathValidator;
import org.chancery.pki.path.Purpose;
import org.chancery.pki.path.Revocation;
import org.chancery.pki.path.TrustAnchors;
import org.chancery.pki.path.ValidatedPath;
import org.chancery.pki.path.ValidationRequest;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `client import`: the signed chain into the keystore that has its key, and the root pinned beside it.
@Command(
        name = "import",
        description = "Puts the signed certificate to the key it was requested for, and pins the root.",
        footer = {
            "  client import --keystore alice.p12 --trust root.pem alice.pem",
            "  client import --keystore alice.p12 --trust root.pem --passphrase-file p alice.pem"
        })
final class ImportCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Parameters(paramLabel = "CERT", description = "the certificate, then its issuers; PEM or DER")
    private Path certificate;

    @Option(
            names = "--trust",
            paramLabel = "FILE",
            required = true,
            description = "the root to pin, compared by its fingerprint with what its owner says; may repeat")
    private List<Path> trust;

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = client.surroundings();
        Path keyStore = client.existingKeyStore();
        List<X509Certificate> presented = InputFile.read(certificate).certificates();
        TrustAnchors roots = roots();
        X509Certificate leaf = presented.getFirst();
        ValidatedPath path = validate(leaf, presented, roots); // before anybody is asked for a passphrase
        Address address = Address.of(path.leaf());
        try (Passphrase passphrase = client.passphrase()) {
            KeyStoreFile file = client.openKeyStore(passphrase);
            if (!leaf.getPublicKey().equals(file.key().publicKey())) {
                throw new CommandException(
                        ExitCode.BAD_INPUT,
                        certificate + " is not for the key in " + keyStore,
                        "import the certificate that was signed from this key's request, and it first in the file");
            }
            KeyStoreFile.create(
                    keyStore,
                    passphrase,
                    new KeyStoreFile.Contents(
                            file.key(), path.chain().certificates(), List.copyOf(roots.certificates())),
                    true,
                    surroundings.random());
            surroundings.out().println("keystore: " + keyStore);
            surroundings.out().println("address:  " + address);
            surroundings.out().println("valid to: " + path.leaf().getNotAfter().toInstant());
            surroundings
                    .out()
                    .println("root:     "
                            + Printable.of(DistinguishedName.of(path.anchor().getSubjectX500Principal())
                                    .toString()));
            surroundings.out().println("SHA-256:  " + Certificates.sha256Fingerprint(path.anchor()));
            surroundings.out().println("next:     client --keystore " + keyStore + " --server HOST:PORT");
        }
        return ExitCode.DONE.code();
    }

    private TrustAnchors roots() throws Exception {
        Set<X509Certificate> roots = new LinkedHashSet<>();
        for (Path file : trust) {
            roots.addAll(
                    InputFile.read(file).authorities("--trust takes the root; the certificate to import stands last"));
        }
        return new TrustAnchors(roots);
    }

    /// The path that the messenger will stand on: judged now, as the relay and everyone else will judge it. Revocation
    /// has nothing to say yet; the relay hands over the lists.
    private ValidatedPath validate(X509Certificate leaf, List<X509Certificate> presented, TrustAnchors roots)
            throws Exception {
        try {
            return new PathValidator(roots)
                    .validate(ValidationRequest.of(leaf)
                            .untrusted(new ArrayList<>(presented.subList(1, presented.size())))
                            .purpose(Purpose.CLIENT)
                            .at(client.surroundings().clock().instant())
                            .revocation(new Revocation.NotChecked()));
        } catch (PathValidationException e) {
            throw new CommandException(
                    ExitCode.NO,
                    certificate + " does not validate: " + e.getMessage() + " (" + e.failure() + ")",
                    hint(e.failure()));
        }
    }

    private static String hint(PathFailure failure) {
        return switch (failure) {
            case NO_PATH -> "the file must also hold the issuing CA, and --trust must be that authority's root";
            case SELF_SIGNED_NOT_TRUSTED -> "have the request signed by the authority (ca sign)";
            case PURPOSE_NOT_ALLOWED -> "ask for a certificate with --profile client";
            case EXPIRED -> "ask for a new certificate";
            case NOT_YET_VALID -> "look at the clock of this machine, and of who signed it";
            case SIGNATURE_INVALID -> "the file is damaged, or --trust is another authority of the same name";
            default -> "ask who signed it";
        };
    }
}
