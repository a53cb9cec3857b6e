package org.chancery.dist.relay;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.chancery.dist.Lab;
import org.chancery.dist.Program;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.testing.TestPki;

/// A directory with all that a relay needs, from an authority in memory, and the relay as a process in it, again and
/// again on the same data and port. What was started is ended with it, by process id.
final class RelayHouse implements AutoCloseable {
    private final Path directory;
    private final TestPki pki;
    private final List<String> options;
    private final List<Program> programs = new ArrayList<>();
    private int port;

    private RelayHouse(Path directory, TestPki pki, List<String> options) {
        this.directory = directory;
        this.pki = pki;
        this.options = options;
    }

    /// Lays the files out.
    ///
    /// @param directory empty
    /// @param options of the relay, beside those that it needs
    static RelayHouse in(Path directory, String... options) throws Exception {
        TestPki pki = TestPki.at(Instant.now());
        Identity relay = pki.server("127.0.0.1");
        try (Passphrase none = Passphrase.none()) {
            KeyStoreFile.create(
                    directory.resolve("relay.p12"),
                    none,
                    new KeyStoreFile.Contents(
                            relay.key(),
                            relay.chain().certificates(),
                            List.of(pki.root().certificate())),
                    false,
                    new SecureRandom());
        }
        Files.writeString(
                directory.resolve("root.pem"),
                Pem.encode(PemLabel.CERTIFICATE, pki.root().certificate().getEncoded()));
        int count = 0;
        for (var crl : pki.crls().crls()) {
            Files.writeString(directory.resolve("crl" + count++ + ".pem"), Pem.encode(PemLabel.X509_CRL, crl.der()));
        }
        return new RelayHouse(directory, pki, List.of(options));
    }

    TestPki pki() {
        return pki;
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /// The relay's database.
    Path database() {
        return path("data/relay.db");
    }

    /// People with a device each.
    List<Identity> people(int count) {
        return IntStream.range(0, count)
                .mapToObj("person%02d@lab.example"::formatted)
                .map(pki::client)
                .toList();
    }

    /// Where the relay listens, once it has been up.
    int port() {
        return port;
    }

    /// Starts the relay, and waits until it accepts.
    Program start() throws IOException, InterruptedException {
        Program relay = launch(List.of());
        if (!awaitListening(relay)) {
            throw new AssertionError("the relay ended: " + relay.errorLines());
        }
        return relay;
    }

    /// Starts the relay below `strace`, whose arguments come first.
    Program startBelow(List<String> strace) throws IOException {
        return launch(strace);
    }

    /// Waits until a relay accepts; false if it ends before.
    boolean awaitListening(Program relay) throws InterruptedException {
        Optional<String> line = relay.lineBeforeEnd("[*] Listening on 127.0.0.1:");
        line.ifPresent(text -> port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1)));
        return line.isPresent();
    }

    /// Copies the log of the relay that runs.
    void copyLog(String file) throws IOException, InterruptedException {
        must("backup", file, "--data", "data", "--force");
    }

    /// The data are gone, as with a disk, and a copy takes their place.
    void restore(String file) throws IOException, InterruptedException {
        try (DirectoryStream<Path> lost = Files.newDirectoryStream(path("data"))) {
            for (Path each : lost) {
                if (Files.isRegularFile(each, LinkOption.NOFOLLOW_LINKS) || each.endsWith("control.sock")) {
                    Files.delete(each);
                }
            }
        }
        must("restore", file, "--data", "data");
    }

    private void must(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(Lab.BIN.resolve("server").toString()));
        command.addAll(List.of(arguments));
        Program program = Program.start("server", directory, Map.of(), command);
        programs.add(program);
        if (program.awaitExit() != 0) {
            throw new AssertionError(String.join(" ", command) + ": " + program.errorLines());
        }
    }

    private Program launch(List<String> before) throws IOException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(Lab.BIN.resolve("server").toString(), "run", "--no-passphrase"));
        command.addAll(List.of("--listen", "127.0.0.1:" + port, "--keystore", "relay.p12", "--trust", "root.pem"));
        command.addAll(List.of("--crl", "crl0.pem,crl1.pem", "--data", "data"));
        command.addAll(options);
        Program program = Program.start("relay", directory, Map.of(), command);
        programs.add(program);
        return program;
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
    }
}
