package org.chancery.ca.command;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.chancery.ca.issuance.TestAuthorityHome;
import org.chancery.ca.profile.TestProfiles;
import org.chancery.console.CommandRun;
import org.chancery.console.Surroundings;
import org.chancery.pki.certificate.Certificates;
import org.chancery.pki.certificate.SerialNumber;
import org.chancery.pki.pem.Pem;
import org.chancery.pki.pem.PemLabel;

/// Plays a script of commands and writes down what they say. A script, line by line:
///
/// | line | means |
/// | --- | --- |
/// | `# ...` | a remark |
/// | `@ request FILE KEY [name=N] [ca] NAMES...` | makes a request, see [ScriptRequest] |
/// | `@ mkdir DIR` | makes a directory |
/// | `@ write FILE TEXT` | makes a file; `\t` and `\n` are what they look like |
/// | `$ ca ...` | runs a command |
/// | `\| ...` | a line of its standard output |
/// | `! ...` | a line of its standard error |
/// | `= N` | its exit code |
///
/// Files are below `$DIR`, where an authority is founded as `ca`, which is the default. What differs from run
/// to run is written `<serial>`, `<sha256>` and `<base64>`, and any gap as two blanks. `{serial:FILE}` in a
/// command is the serial number of a certificate.
final class CommandScript {
    private static final Pattern ARGUMENT = Pattern.compile("\"([^\"]*)\"|(\\S+)");
    private static final Pattern SERIAL_OF = Pattern.compile("\\{serial:([^}]+)}");

    private final Path directory;

    CommandScript(Path directory) throws IOException {
        this.directory = directory;
        TestAuthorityHome.copyTo(directory.resolve("ca"));
        Files.writeString(directory.resolve("passphrase"), TestAuthorityHome.PASSPHRASE + "\n");
        copyProfiles(Files.createDirectories(directory.resolve("conf").resolve("profiles")));
    }

    private static void copyProfiles(Path to) throws IOException {
        try (Stream<Path> files = Files.list(TestProfiles.CONF.resolve("profiles"))) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /// The script with what the commands really say.
    String play(String script) throws Exception {
        StringBuilder transcript = new StringBuilder();
        for (String line : script.lines().toList()) {
            if (line.startsWith("$ ca")) {
                transcript.append(line).append('\n');
                run(line.substring("$ ca".length()), transcript);
            } else if (!line.startsWith("| ")
                    && !line.startsWith("! ")
                    && !line.startsWith("= ")
                    && !line.equals("|")) {
                transcript.append(line).append('\n');
                prepare(line);
            }
        }
        return transcript.toString();
    }

    private void prepare(String line) throws Exception {
        if (line.startsWith("@ request ")) {
            ScriptRequest.make(directory, arguments(line.substring("@ request ".length())));
        } else if (line.startsWith("@ mkdir ")) {
            Files.createDirectory(directory.resolve(line.substring("@ mkdir ".length())));
        } else if (line.startsWith("@ write ")) {
            String[] words = line.split(" ", 4);
            String text = words[3].replace("\\t", "\t").replace("\\n", "\n");
            Files.writeString(directory.resolve(words[2]), text.replace("$DIR", directory.toString()));
        }
    }

    private void run(String commandLine, StringBuilder transcript) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(new byte[0]),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                Map.of(
                        "PATH", System.getenv().getOrDefault("PATH", ""),
                        "CHANCERY_HOME", directory.resolve("ca").toString(),
                        "CHANCERY_PASSPHRASE_FILE",
                                directory.resolve("passphrase").toString()),
                directory.resolve("conf"),
                label -> Optional.empty(),
                TestAuthorityHome.CLOCK,
                new SecureRandom(),
                Path.of(""));
        int code = CommandRun.run(
                        new CaProgram(surroundings),
                        surroundings,
                        arguments(commandLine).toArray(String[]::new))
                .code();
        append(transcript, "|", out);
        append(transcript, "!", err);
        transcript.append("= ").append(code).append('\n');
    }

    private List<String> arguments(String text) throws Exception {
        List<String> arguments = new ArrayList<>();
        Matcher matcher = ARGUMENT.matcher(text.replace("$DIR", directory.toString()));
        while (matcher.find()) {
            String argument = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
            Matcher serial = SERIAL_OF.matcher(argument);
            arguments.add(serial.matches() ? serialOf(directory.resolve(serial.group(1))) : argument);
        }
        return arguments;
    }

    private static String serialOf(Path file) throws Exception {
        byte[] der = Pem.derOf(Files.readAllBytes(file), PemLabel.CERTIFICATE).getFirst();
        return SerialNumber.of(Certificates.parse(der)).hex();
    }

    private void append(StringBuilder transcript, String mark, ByteArrayOutputStream stream) {
        steady(stream.toString(StandardCharsets.UTF_8))
                .lines()
                .forEach(line ->
                        transcript.append((mark + " " + line).stripTrailing()).append('\n'));
    }

    private String steady(String text) {
        return text.replace(directory.toString(), "$DIR")
                .replaceAll("\\b[0-9a-f]{64}\\b", "<sha256>")
                .replaceAll("\\b[0-9a-f]{32,40}\\b", "<serial>")
                .replaceAll("(?s)(-----BEGIN [A-Z0-9 ]+-----)(\\\\n|\n).*?(-----END)", "$1$2<base64>$2$3")
                .replaceAll(" {2,}", "  ");
    }
}
