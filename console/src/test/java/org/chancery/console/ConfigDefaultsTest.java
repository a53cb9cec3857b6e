package org.chancery.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigDefaultsTest {
    private static final Set<String> OPTIONS = Set.of("listen", "passphrase-file", "data");

    @TempDir
    private Path conf;

    @Test
    void takesTheEnvironmentBeforeTheFile() throws IOException, ConfigException {
        write("listen=127.0.0.1:1\npassphrase-file=from-file\n");
        ConfigDefaults defaults = load(Map.of("CHANCERY_PASSPHRASE_FILE", "from-environment"));
        assertThat(defaults.value("passphrase-file")).contains("from-environment");
        assertThat(defaults.value("listen")).contains("127.0.0.1:1");
        assertThat(defaults.value("data")).isEmpty();
    }

    @Test
    void takesAnEmptyVariableForUnset() throws IOException, ConfigException {
        write("listen=127.0.0.1:1\n");
        assertThat(load(Map.of("CHANCERY_LISTEN", "")).value("listen")).contains("127.0.0.1:1");
    }

    @Test
    void doesWithoutFile() throws IOException, ConfigException {
        assertThat(load(Map.of()).value("listen")).isEmpty();
    }

    @Test
    void readsUtf8() throws IOException, ConfigException {
        write("data=/srv/übung \n");
        assertThat(load(Map.of()).value("data")).contains("/srv/übung");
    }

    @Test
    void refusesUnknownKeyNamingKeyAndFile() throws IOException {
        write("listne=127.0.0.1:1\n");
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load(Map.of()))
                .withMessageContaining("\"listne\"")
                .withMessageContaining(conf.resolve("server.properties").toString())
                .extracting(ConfigException::failure)
                .isEqualTo(ConfigException.Failure.UNKNOWN_KEY);
    }

    @Test
    void refusesKeyGivenTwice() throws IOException {
        write("listen=127.0.0.1:1\nlisten=127.0.0.1:2\n");
        assertRefused(ConfigException.Failure.DUPLICATE_KEY);
    }

    @Test
    void refusesMalformedEscape() throws IOException {
        write("listen=\\u00zz\n");
        assertRefused(ConfigException.Failure.MALFORMED);
    }

    @Test
    void refusesOtherEncodings() throws IOException {
        Files.write(conf.resolve("server.properties"), "data=ü\n".getBytes(StandardCharsets.ISO_8859_1));
        assertRefused(ConfigException.Failure.MALFORMED);
    }

    @Test
    void refusesFileAboveTheBound() throws IOException {
        write("#".repeat(64 * 1024 + 1));
        assertRefused(ConfigException.Failure.MALFORMED);
    }

    private void assertRefused(ConfigException.Failure expected) {
        assertThatExceptionOfType(ConfigException.class)
                .isThrownBy(() -> load(Map.of()))
                .extracting(ConfigException::failure)
                .isEqualTo(expected);
    }

    private ConfigDefaults load(Map<String, String> environment) throws IOException, ConfigException {
        return ConfigDefaults.load("server", OPTIONS, conf, environment);
    }

    private void write(String content) throws IOException {
        Files.writeString(conf.resolve("server.properties"), content);
    }
}
