package org.chancery.dist;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.KeyStoreFileException;
import org.chancery.pki.keystore.Passphrase;

/// A directory with an authority for lab.example, a relay's identity and three people's, and the real programs as
/// processes in it. Everything that was started is ended with it, by process id.
public final class Lab implements AutoCloseable {
    static final List<String> PEOPLE = List.of("alice", "bob", "carol");
    public static final Path BIN = Path.of("..", "bin").toAbsolutePath().normalize();
    static final String PASSPHRASE = "correct horse";

    private final Path directory;
    private final List<Program> programs = new ArrayList<>();

    private Lab(Path directory) {
        this.directory = directory;
    }

    /// A copy of the one lab that this test run has made, in a directory of the test's own: keys take seconds to make.
    static Lab in(Path directory) throws IOException {
        copy(Template.DIRECTORY, directory);
        return new Lab(directory);
    }

    /// A lab with nothing in it yet but a passphrase.
    static Lab emptyIn(Path directory) throws IOException {
        Files.writeString(directory.resolve("passphrase"), PASSPHRASE + "\n");
        return new Lab(directory);
    }

    static String address(String person) {
        return person + "@lab.example";
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /// A person's or the relay's keystore, opened.
    KeyStoreFile keystore(String name) throws IOException, KeyStoreFileException {
        try (Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray())) {
            return KeyStoreFile.open(path(name + ".p12"), passphrase);
        }
    }

    void writeKeystore(String name, KeyStoreFile.Contents contents) throws IOException, KeyStoreFileException {
        try (Passphrase passphrase = Passphrase.of(PASSPHRASE.toCharArray())) {
            KeyStoreFile.create(path(name + ".p12"), passphrase, contents, true, new SecureRandom());
        }
    }

    /// Runs a program to its end: `ca`, `server`, `client`, or any command on the PATH.
    Outcome run(String program, String... arguments) throws IOException, InterruptedException {
        try (Program running = start(program, arguments)) {
            running.endInput();
            int code = running.awaitExit();
            return new Outcome(code, running.outputLines(), running.errorLines());
        }
    }

    /// Runs a program that has to succeed.
    Outcome must(String program, String... arguments) throws IOException, InterruptedException {
        Outcome outcome = run(program, arguments);
        if (outcome.code() != 0) {
            throw new AssertionError(program + " " + String.join(" ", arguments) + ": " + outcome);
        }
        return outcome;
    }

    /// Starts a program and leaves it running.
    Program start(String program, String... arguments) throws IOException {
        return startIn(directory, environment(), program, arguments);
    }

    /// Starts a program in another directory, and with what else it is told.
    Program startIn(Path place, Map<String, String> environment, String program, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(
                Files.isExecutable(BIN.resolve(program)) ? BIN.resolve(program).toString() : program);
        command.addAll(List.of(arguments));
        Program started = Program.start(String.join(" ", command), place, environment, command);
        programs.add(started);
        return started;
    }

    /// What every program here is told: where the authority and the passphrase are.
    Map<String, String> environment() {
        return Map.of(
                "CHANCERY_PASSPHRASE_FILE",
                path("passphrase").toString(),
                "CHANCERY_HOME",
                path("ca").toString());
    }

    /// Starts the relay on a port of the system's choice and waits until it accepts.
    RunningRelay startRelay() throws IOException, InterruptedException {
        return startRelay(0);
    }

    /// Brings the authority's CRLs to where the relay watches for them, each at once, as a copying job would.
    void publishCrls() throws IOException {
        Files.createDirectories(path("crl"));
        for (String name : List.of("root.pem", "issuing.pem")) {
            Path arriving = Files.copy(path("ca/crl").resolve(name), path("crl").resolve("." + name + ".new"));
            Files.move(arriving, path("crl").resolve(name), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    RunningRelay startRelay(int port) throws IOException, InterruptedException {
        Program program = start(
                "server",
                "run",
                "--listen",
                "127.0.0.1:" + port,
                "--keystore",
                "relay.p12",
                "--trust",
                "ca/root.pem",
                "--crl",
                "crl/root.pem",
                "--crl",
                "crl/issuing.pem",
                "--data",
                "relay");
        String listening = program.awaitLine("[*] Listening on 127.0.0.1:");
        return new RunningRelay(program, Integer.parseInt(listening.substring(listening.lastIndexOf(':') + 1)));
    }

    /// A relay that accepts.
    record RunningRelay(Program program, int port) {
        String address() {
            return "127.0.0.1:" + port;
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path target = to.resolve(from.relativize(file).toString());
                if (!Files.isDirectory(target)) {
                    Files.copy(file, target, StandardCopyOption.COPY_ATTRIBUTES);
                }
            }
        }
    }

    @Override
    public void close() {
        programs.forEach(Program::close);
    }

    /// Made by the commands that people use, when the first test asks.
    private static final class Template {
        static final Path DIRECTORY = make();

        private static Path make() {
            try {
                Path directory =
                        Files.createTempDirectory(Path.of("target"), "lab").toAbsolutePath();
                try (Lab lab = emptyIn(directory)) {
                    lab.found();
                }
                return directory;
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /// The authority has EC keys only to be quick; people have what they always have.
    private void found() throws IOException, InterruptedException {
        must("ca", "init", "--domain", "lab.example", "--root-key-type", "ec-p256", "--key-type", "ec-p256");
        must(
                "server",
                "request",
                "--dns",
                "chat.lab.example",
                "--ip",
                "127.0.0.1",
                "--keystore",
                "relay.p12",
                "--out",
                "relay.csr");
        must(
                "ca",
                "sign",
                "relay.csr",
                "--profile",
                "server",
                "--dns",
                "chat.lab.example",
                "--ip",
                "127.0.0.1",
                "--out",
                "relay.pem");
        must("server", "import", "--keystore", "relay.p12", "relay.pem");
        for (String person : PEOPLE) {
            request(person);
            must(
                    "ca",
                    "sign",
                    person + ".csr",
                    "--profile",
                    "client",
                    "--address",
                    address(person),
                    "--out",
                    person + ".pem");
            must("client", "import", "--keystore", person + ".p12", "--trust", "ca/root.pem", person + ".pem");
        }
        publishCrls();
    }

    /// A key and a request for a person, pending.
    void request(String person) throws IOException, InterruptedException {
        must(
                "client",
                "request",
                "--address",
                address(person),
                "--keystore",
                person + ".p12",
                "--out",
                person + ".csr");
    }
}
