package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Names stay what they are where no locale is set, as under cron or in a container.
final class LocaleIT {
    private static final Path CA = Path.of("..", "bin", "ca").toAbsolutePath().normalize();

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(strings = {"C", "POSIX"})
    void takesAndPrintsNamesInUtf8(String locale) throws Exception {
        // Octets from printf: what this JVM makes of such an argument depends on its own locale.
        String command = "cp bob.csr \"$(printf 'bj\\303\\266rn.csr')\" && " + CA
                + " sign \"$(printf 'bj\\303\\266rn.csr')\" --home ca --profile client --dry-run --json"
                + " --name \"$(printf 'Bj\\303\\266rn')\"";
        try (Lab lab = Lab.in(directory);
                Program sign = Program.start(
                        "ca", lab.path("."), Map.of("LC_ALL", locale), List.of("/bin/sh", "-c", command))) {
            assertThat(sign.awaitExit()).isZero();
            assertThat(sign.outputLines()).singleElement().asString().contains("\"displayName\":\"Björn\"");
        }
    }
}
