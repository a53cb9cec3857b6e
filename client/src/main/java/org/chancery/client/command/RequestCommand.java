package org.chancery.client.command;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.KeyTypeConverter;
import org.chancery.console.NewFiles;
import org.chancery.console.PassphraseSource;
import org.chancery.console.Surroundings;
import org.chancery.pki.file.Access;
import org.chancery.pki.file.AtomicFile;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.KeyPairs;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.request.CertificateRequestBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `client request`: a new key, kept in a keystore, and the request to have it certified.
@Command(
        name = "request",
        description = "Makes a key and the request for its certificate.",
        footer = {
            "  client request --address alice@lab.example --name Alice --keystore alice.p12 --out alice.csr",
            "  client request --address alice@lab.example --keystore a.p12 --passphrase-file p --out a.csr"
        })
final class RequestCommand implements Callable<Integer> {
    @ParentCommand
    private ClientCommand client;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            required = true,
            converter = AddressConverter.class,
            description = "who you are, as alice@lab.example")
    private Address address;

    @Option(names = "--name", paramLabel = "NAME", description = "the name people see beside the address")
    private @Nullable String name;

    @Option(
            names = "--key-type",
            paramLabel = "TYPE",
            converter = KeyTypeConverter.class,
            description = "rsa3072, rsa4096, ec-p256 or ec-p384; only RSA can receive. Default: rsa3072")
    private KeyAlgorithm keyType = KeyAlgorithm.RSA_3072;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "where the request goes")
    private Path out;

    @Option(names = "--force", description = "replace the keystore and the request if they are there")
    private boolean force;

    @Override
    public Integer call() throws Exception {
        Surroundings surroundings = client.surroundings();
        Path keyStore = client.keyStore();
        NewFiles.require(keyStore, out, force);
        if (keyType == KeyAlgorithm.RSA_2048) {
            throw new CommandException(
                    ExitCode.REFUSED, "rsa2048 is for reading what others made", "give --key-type rsa3072");
        }
        DistinguishedName subject = DistinguishedName.of(address.value(), Optional.ofNullable(name));
        PassphraseSource passphrases = client.passphrases();
        try (Passphrase passphrase = passphrases.fresh("passphrase for " + keyStore.getFileName())) {
            SigningKey key = KeyPairs.generate(keyType, surroundings.random());
            byte[] request = CertificateRequestBuilder.of(subject)
                    .name(new GeneralName.Rfc822(address.value()))
                    .build(key);
            KeyStoreFile.create(
                    keyStore,
                    passphrase,
                    new KeyStoreFile.Contents(key, List.of(), List.of()),
                    force,
                    surroundings.random());
            String pem = Pem.encode(PemLabel.CERTIFICATE_REQUEST, request);
            AtomicFile.write(out, pem.getBytes(StandardCharsets.US_ASCII), Access.PUBLIC, force);
            surroundings.out().println("keystore: " + keyStore);
            surroundings.out().println("request:  " + out);
            surroundings.out().println("address:  " + address);
            surroundings.out().println("device:   " + key.deviceId());
            surroundings.out().println("next:     ca sign " + out + " --profile client --out CERT, then client import");
        }
        if (passphrases.isNone()) {
            surroundings.report().warning(keyStore + " has no passphrase: the mode of the file is its only protection");
        }
        return ExitCode.DONE.code();
    }
}
