package org.chancery.server.command;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.chancery.console.CommandException;
import org.chancery.console.ExitCode;
import org.chancery.console.Json;
import org.chancery.console.JsonArray;
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
import org.chancery.pki.name.DistinguishedName;
import org.chancery.pki.name.DomainName;
import org.chancery.pki.name.GeneralName;
import org.chancery.pki.name.IpLiteral;
import org.chancery.pki.name.MalformedNameException;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.request.CertificateRequestBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/// `server request`: a key in a keystore, and a request for its certificate.
@Command(
        name = "request",
        description = "Makes a key and a request for its certificate.",
        footer = {
            "  server request --ip 127.0.0.1 --keystore server.p12 --out server.csr",
            "  server request --dns chat.lab.example --no-passphrase --keystore server.p12 --out server.csr"
        })
final class RequestCommand implements Callable<Integer> {

    @ParentCommand
    private ServerCommand server;

    @Option(names = "--dns", paramLabel = "HOST", description = "a name that clients dial; may repeat")
    private List<String> hosts = List.of();

    @Option(names = "--ip", paramLabel = "IP", description = "an IP address that clients dial; may repeat")
    private List<String> ips = List.of();

    @Option(
            names = "--key-type",
            paramLabel = "TYPE",
            converter = KeyTypeConverter.class,
            description = "ec-p256 (default; a relay signs every handshake), ec-p384, rsa3072, rsa4096")
    private KeyAlgorithm keyType = KeyAlgorithm.EC_P256;

    @Option(names = "--keystore", paramLabel = "FILE", required = true, description = "where the key goes, PKCS #12")
    private Path keyStore;

    @Option(names = "--out", paramLabel = "FILE", required = true, description = "where the request goes, PEM")
    private Path out;

    @Option(names = "--force", description = "replace the files if they exist, and the key in them for ever")
    private boolean force;

    @Option(names = "--json", description = "one JSON document")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (hosts.isEmpty() && ips.isEmpty()) {
            throw new CommandException(
                    ExitCode.USAGE, "a relay needs a name to be dialled by", "give --dns HOST or --ip IP");
        }
        NewFiles.require(keyStore, out, force);
        List<GeneralName> names = names();
        CertificateRequestBuilder request = CertificateRequestBuilder.of(subject(names));
        names.forEach(request::name);
        Surroundings surroundings = server.surroundings();
        SigningKey key = KeyPairs.generate(keyType, surroundings.random());
        byte[] der = request.build(key);
        PassphraseSource passphrases = server.passphrases();
        try (Passphrase passphrase = passphrases.fresh("passphrase for " + keyStore)) {
            KeyStoreFile.create(
                    keyStore,
                    passphrase,
                    new KeyStoreFile.Contents(key, List.of(), List.of()),
                    force,
                    surroundings.random());
        }
        AtomicFile.write(
                out,
                Pem.encode(PemLabel.CERTIFICATE_REQUEST, der).getBytes(StandardCharsets.US_ASCII),
                Access.PUBLIC,
                force);
        if (passphrases.isNone()) {
            surroundings.report().warning(keyStore + " is protected by its file mode only");
        }
        if (json) {
            JsonArray list = Json.array();
            names.forEach(name -> list.add(name.toString()));
            surroundings
                    .out()
                    .println(Json.object()
                            .put("keystore", keyStore.toString())
                            .put("keyType", keyType.cliName())
                            .put("request", out.toString())
                            .put("names", list)
                            .text());
        } else {
            surroundings.out().println("key:      " + keyStore + " (" + keyType.cliName() + ")");
            surroundings.out().println("request:  " + out);
            surroundings.out().println("next:     ca sign " + out + " --profile server --out server.pem");
        }
        return ExitCode.DONE.code();
    }

    private List<GeneralName> names() throws CommandException {
        List<GeneralName> names = new ArrayList<>();
        for (String host : hosts) {
            names.add(new GeneralName.Dns(host(host).value()));
        }
        for (String ip : ips) {
            names.add(new GeneralName.Ip(address(ip)));
        }
        return names;
    }

    /// CN is the first host, or there is none.
    private static DistinguishedName subject(List<GeneralName> names) throws MalformedNameException {
        return names.getFirst() instanceof GeneralName.Dns(String host)
                ? DistinguishedName.of(host)
                : DistinguishedName.EMPTY;
    }

    /// What the authority would refuse is refused before there is a key.
    private static DomainName host(String text) throws CommandException {
        DomainName host;
        try {
            host = DomainName.parse(text);
        } catch (MalformedNameException e) {
            throw new CommandException(
                    ExitCode.USAGE, "--dns " + text + ": " + e.getMessage(), "give an IP address with --ip");
        }
        if (host.isLocalhost()) {
            throw new CommandException(
                    ExitCode.REFUSED,
                    "localhost is every machine's own name",
                    "use --ip 127.0.0.1 or a name of the domain, like chat.lab.example");
        }
        return host;
    }

    private static InetAddress address(String ip) throws CommandException {
        try {
            return IpLiteral.parse(ip);
        } catch (MalformedNameException e) {
            throw new CommandException(ExitCode.USAGE, ip + " is no IP address", "give a name with --dns");
        }
    }
}
