package org.chancery.client.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.console.CommandRun;
import org.chancery.console.Surroundings;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;

/// The command line in a directory of its own, at a pinned time, without a terminal.
final class Client {
    /// What one run said and how it ended.
    record Run(int code, String out, String err) {}

    private final Path directory;
    private final Clock clock;

    Client(Path directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    Path path(String name) {
        return directory.resolve(name);
    }

    /// Runs the command line; an argument `@name` stands for the file of that name in the directory.
    Run run(String... arguments) {
        String[] resolved = new String[arguments.length];
        for (int i = 0; i < arguments.length; i++) {
            resolved[i] = arguments[i].startsWith("@")
                    ? path(arguments[i].substring(1)).toString()
                    : arguments[i];
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(),
                directory.resolve("conf"),
                _ -> Optional.empty(),
                clock,
                new SecureRandom(),
                Path.of(""));
        int code = CommandRun.run(new ClientProgram(surroundings), surroundings, resolved)
                .code();
        return new Run(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /// A keystore as `request` leaves it.
    void pendingKeyStore(String name, Identity identity, Passphrase passphrase) throws IOException {
        write(name, passphrase, new KeyStoreFile.Contents(identity.key(), List.of(), List.of()));
    }

    /// A keystore as `import` leaves it, without a passphrase.
    void keyStore(String name, Identity identity, X509Certificate root) throws IOException {
        write(
                name,
                Passphrase.none(),
                new KeyStoreFile.Contents(identity.key(), identity.chain().certificates(), List.of(root)));
    }

    private void write(String name, Passphrase passphrase, KeyStoreFile.Contents contents) throws IOException {
        KeyStoreFile.create(path(name), passphrase, contents, true, new SecureRandom());
    }

    void pem(String name, List<X509Certificate> certificates) throws IOException {
        StringBuilder pem = new StringBuilder();
        for (X509Certificate certificate : certificates) {
            pem.append(Pem.encode(PemLabel.CERTIFICATE, Certificates.der(certificate)));
        }
        Files.writeString(path(name), pem);
    }
}
