package org.chancery.ca.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `docs/json.md` says what the commands print: each of its `ca` examples is run, in order, and compared. The
/// page as it ought to be is left in `target`.
class JsonPageTest {
    private static final Pattern EXAMPLE = Pattern.compile("```sh\n(ca [^\n]*)\n```\n\n```json\n([^`]*)```");

    @TempDir
    Path directory;

    @Test
    void everyExampleIsWhatTheCommandPrints() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "json.md"));
        CommandScript script = new CommandScript(directory);
        script.play("@ request alice.csr alice name=Alice email:alice@lab.example");
        script.play("@ request relay.csr relay dns:chat.lab.example ip:127.0.0.1");

        StringBuilder checked = new StringBuilder();
        Matcher example = EXAMPLE.matcher(page);
        while (example.find()) {
            String json = document(script.play("$ " + example.group(1)));
            example.appendReplacement(
                    checked,
                    Matcher.quoteReplacement("```sh\n" + example.group(1) + "\n```\n\n```json\n" + json + "\n```"));
        }
        example.appendTail(checked);
        Files.writeString(Path.of("target", "json.md"), checked);

        assertThat(page).contains("```json\n");
        assertThat(checked).hasToString(page);
    }

    /// The one line of standard output.
    private static String document(String transcript) {
        return transcript
                .lines()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(2))
                .reduce((one, more) -> {
                    throw new AssertionError("more than one document: " + more);
                })
                .orElseThrow();
    }
}
