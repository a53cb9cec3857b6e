package org.chancery.ca.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `conf/ca.properties` as it is delivered: read without complaint, and every key it shows is an option.
class ConfigPageTest {
    private static final Pattern KEY = Pattern.compile("(?m)^#([a-z-]+)=");

    @TempDir
    Path directory;

    @Test
    void everyKeyItShowsIsAnOption() throws Exception {
        String delivered = Files.readString(Path.of("..", "conf", "ca.properties"));
        CommandScript script = new CommandScript(directory);
        Path conf = directory.resolve("conf").resolve("ca.properties");
        Files.writeString(conf, delivered);
        assertThat(script.play("$ ca list")).contains("= 0");

        Matcher key = KEY.matcher(delivered);
        assertThat(key.results()).hasSizeGreaterThan(10).allSatisfy(shown -> {
            Files.writeString(conf, shown.group(1) + "=\n");
            assertThat(script.play("$ ca")).doesNotContain("unknown key");
        });
    }
}
