package org.chancery.server.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chancery.console.CommandRun;
import org.chancery.console.Surroundings;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.keystore.KeyStoreFile;
import org.chancery.pki.keystore.Passphrase;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;
import org.chancery.pki.testing.TestPki;
import org.chancery.protocol.frame.Frame;
import org.chancery.server.testing.TestRelay;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// `docs/json.md` says what the commands print: each of its `server` examples is run, in order, and compared. The
/// page as it ought to be is left in `target`.
@Timeout(120)
class JsonPageTest {

    private static final Pattern EXAMPLE = Pattern.compile("```sh\n(server [^\n]*)\n```\n\n```json\n([^`]*)```");

    private final TestPki pki = TestPki.create();
    private final Identity alice = pki.client("alice@lab.example");

    @TempDir
    private Path directory;

    @Test
    void everyExampleIsWhatTheCommandPrints() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "json.md"));
        certificate();
        StringBuilder checked = new StringBuilder();
        Matcher example = EXAMPLE.matcher(page);
        TestRelay relay = TestRelay.start(pki, directory);
        try {
            relay.greeted(alice).expect(Frame.CaughtUp.class);
            while (example.find()) {
                if (example.group(1).startsWith("server restore")) {
                    Files.move(directory.resolve("data"), directory.resolve("gone"));
                }
                String json = masked(run(example.group(1)));
                example.appendReplacement(
                        checked,
                        Matcher.quoteReplacement("```sh\n" + example.group(1) + "\n```\n\n```json\n" + json + "```"));
            }
        } finally {
            relay.close();
        }
        example.appendTail(checked);
        Files.writeString(Path.of("target", "json.md"), checked);
        assertThat(checked).contains("```sh\nserver ").hasToString(page);
    }

    /// What `server import` imports, and its key.
    private void certificate() throws Exception {
        Identity relay = pki.server("127.0.0.1");
        try (Passphrase none = Passphrase.none()) {
            KeyStoreFile.create(
                    directory.resolve("relay.p12"),
                    none,
                    new KeyStoreFile.Contents(relay.key(), List.of(), List.of()),
                    false,
                    new SecureRandom());
        }
        StringBuilder pem = new StringBuilder();
        relay.chain().certificates().forEach(c -> pem.append(Pem.encode(PemLabel.CERTIFICATE, Certificates.der(c))));
        Files.writeString(directory.resolve("relay.pem"), pem);
    }

    private String run(String command) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8),
                Map.of(),
                directory.resolve("conf"),
                label -> Optional.empty(),
                pki.clock(),
                new SecureRandom(),
                Path.of(""));
        String[] arguments = command.replace("<sha256>", alice.deviceId().hex())
                .replace("$DIR", directory.toString())
                .substring("server ".length())
                .split(" ");
        CommandRun.run(new ServerProgram(surroundings), surroundings, arguments);
        return out.toString(StandardCharsets.UTF_8);
    }

    private String masked(String json) {
        return json.replace(directory.toString(), "$DIR")
                .replaceAll("\"[0-9a-f]{64}\"", "\"<sha256>\"")
                .replaceAll("\"serial\":\"[0-9a-f]+\"", "\"serial\":\"<serial>\"")
                .replaceAll("\"incarnation\":\"[0-9a-f]{32}\"", "\"incarnation\":\"5f0c1f6e0f7d4b6f9b2f6a1c3d5e7f90\"")
                .replaceAll("127\\.0\\.0\\.1:[0-9]+", "127.0.0.1:65432")
                .replaceAll("\"process\":[0-9]+", "\"process\":4711")
                .replaceAll("\"(logBytes|octets)\":[0-9]+", "\"$1\":118784")
                .replaceAll("\"diskFreeBytes\":[0-9]+", "\"diskFreeBytes\":53687091200")
                .replaceAll("\"since\":\"[^\"]*\"", "\"since\":\"2026-11-22T10:00:00Z\"");
    }
}
