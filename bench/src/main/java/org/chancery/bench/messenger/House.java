package org.chancery.bench.messenger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chancery.bench.relay.BenchAuthority;
import org.chancery.bench.relay.Server;
import org.chancery.pki.key.KeyAlgorithm;
import org.chancery.pki.key.KeyPairs;
import org.chancery.pki.key.SigningKey;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.revocation.Crl;

/// An authority, and a relay with empty data that goes by its revocation lists: started as `bin/server` does, its
/// bounds the default ones but for those on who writes much.
final class House implements AutoCloseable {
    private static final SecureRandom RANDOM = new SecureRandom();

    /// Bounds on the one who fills the room, who is not what is measured.
    private static final List<String> GENEROUS = List.of(
            "--letter-rate",
            "1000000/1000000",
            "--query-rate",
            "1000000/1000000",
            "--frame-rate",
            "1000000/1000000",
            "--max-connections-per-source",
            "2000");

    private final BenchAuthority authority;
    private final Path work;
    private final Server relay;

    private House(BenchAuthority authority, Path work, Server relay) {
        this.authority = authority;
        this.work = work;
        this.relay = relay;
    }

    /// @param home the project's directory
    static House open(Path home) throws IOException, KeyStoreFileException, InterruptedException {
        Path kept = home.resolve("bench/target/relay");
        BenchAuthority authority = BenchAuthority.in(kept);
        Path work = Files.createTempDirectory(Files.createDirectories(home.resolve("bench/target")), "messengers");
        List<String> lists = new ArrayList<>();
        for (Crl crl : authority.crls()) {
            Path file = work.resolve("crl" + lists.size() + ".pem");
            Files.writeString(file, Pem.encode(PemLabel.X509_CRL, crl.der()), StandardCharsets.US_ASCII);
            lists.add(file.toString());
        }
        int port = Server.freePort();
        List<String> command =
                new ArrayList<>(List.of(home.resolve("bin/server").toString(), "run", "--no-passphrase"));
        command.addAll(List.of(
                "--listen", "127.0.0.1:" + port, "--data", work.resolve("data").toString()));
        command.addAll(List.of("--keystore", kept.resolve("relay.p12").toString()));
        command.addAll(List.of("--trust", kept.resolve("root.pem").toString()));
        command.addAll(List.of("--crl", String.join(",", lists)));
        command.addAll(GENEROUS);
        return new House(authority, work, Server.start(command, Map.of(), work, port));
    }

    BenchAuthority authority() {
        return authority;
    }

    Server relay() {
        return relay;
    }

    /// The relay's database.
    Path database() {
        return work.resolve("data/relay.db");
    }

    /// Somebody new with a key of their own, whose keystore holds what their messenger needs.
    ///
    /// @return the keystore
    Path person(String name) throws IOException {
        return person(name, KeyPairs.generate(KeyAlgorithm.RSA_3072, RANDOM));
    }

    private Path person(String name, SigningKey key) throws IOException {
        return keep(name, authority.device(key, name + "@lab.example"));
    }

    /// A keystore for a device.
    Path keep(String name, Identity identity) throws IOException {
        Path file = work.resolve(name + ".p12");
        try (Passphrase none = Passphrase.none()) {
            KeyStoreFile.create(
                    file,
                    none,
                    new KeyStoreFile.Contents(
                            identity.key(), identity.chain().certificates(), List.of(authority.rootCertificate())),
                    false,
                    RANDOM);
        }
        return file;
    }

    @Override
    public void close() throws IOException {
        relay.close();
        try (Stream<Path> files = Files.walk(work)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
