package org.chancery.server.command;

import java.io.PrintStream;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.Callable;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.InputFile;
import org.chancery.console.Json;
import org.chancery.console.Printable;
import org.chancery.console.Surroundings;
import org.chancery.pki.certificate.CertificateChain;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.DistinguishedName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// `server import`: the signed chain into the keystore that has its key.
@Command(
        name = "import",
        description = "Puts the signed certificate, with its issuers, to the key it was requested for.",
        footer = {
            "  server import --keystore server.p12 server.pem",
            "  server import --keystore server.p12 --passphrase-file server.pass server.pem"
        })
final class ImportCommand implements Callable<Integer> {

    @ParentCommand
    private ServerCommand server;

    @Parameters(paramLabel = "CERT", description = "the certificate, then its issuers, PEM or DER")
    private Path certificates;

    @Option(names = "--keystore", paramLabel = "FILE", required = true, description = "the keystore with the key")
    private Path keyStore;

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = server.surroundings();
        CertificateChain chain = InputFile.read(certificates).chain();
        X509Certificate leaf = chain.leaf();
        try (Passphrase passphrase = server.passphrases().existing("passphrase of " + keyStore)) {
            KeyStoreFile file = KeyStoreFile.open(keyStore, passphrase);
            if (!leaf.getPublicKey().equals(file.key().publicKey())) {
                throw new CommandException(
                        ExitCode.BAD_INPUT,
                        certificates + " is not for the key in " + keyStore,
                        "import the certificate that was signed from this key's request");
            }
            var contents = new KeyStoreFile.Contents(
                    file.key(), chain.certificates(), List.copyOf(file.anchors().certificates()));
            KeyStoreFile.create(keyStore, passphrase, contents, true, surroundings.random());
        }
        print(leaf);
        return ExitCode.DONE.code();
    }

    private void print(X509Certificate leaf) {
        PrintStream out = server.surroundings().out();
        String issuer = DistinguishedName.of(leaf.getIssuerX500Principal()).toString();
        if (json) {
            out.println(Json.object()
                    .put("keystore", keyStore.toString())
                    .put("serial", SerialNumber.of(leaf).hex())
                    .put("issuer", issuer)
                    .put("notAfter", leaf.getNotAfter().toInstant())
                    .put("fingerprint", Certificates.sha256Fingerprint(leaf))
                    .text());
            return;
        }
        out.println("keystore: " + keyStore);
        out.println("issuer:   " + Printable.of(issuer));
        out.println("valid to: " + leaf.getNotAfter().toInstant());
        out.println("next:     server run --keystore " + keyStore
                + " --trust root.pem --crl crl/issuing.pem --crl crl/root.pem");
    }
}
