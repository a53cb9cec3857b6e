package org.chancery.ca.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The command line as people meet it: each script under `src/test/resources` is a session that must go
/// exactly so. What really was said is left in `target/scripts`, to be read and, if it is right, taken over.
class CommandScriptsTest {
    @TempDir
    Path directory;

    static Stream<String> scripts() throws IOException, URISyntaxException {
        try (Stream<Path> files = Files.list(resources())) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".script"))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void goesAsWritten(String name) throws Exception {
        String script = Files.readString(resources().resolve(name));
        String transcript = new CommandScript(directory).play(script);
        Path kept = Files.createDirectories(Path.of("target", "scripts")).resolve(name);
        Files.writeString(kept, transcript);

        assertThat(transcript).isEqualTo(script);
    }

    private static Path resources() throws URISyntaxException {
        URL url = Objects.requireNonNull(CommandScriptsTest.class.getResource("/org/chancery/ca/command"));
        return Path.of(url.toURI());
    }
}
