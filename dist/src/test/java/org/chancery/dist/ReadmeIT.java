package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The session that the README shows is one that works, in a place that looks like a checkout.
final class ReadmeIT {
    private static final Pattern BY_HAND = Pattern.compile("## By hand\\n.*?```\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path checkout;

    @Test
    void theSessionByHandWorksInACheckout() throws Exception {
        Path house = Path.of("..").toAbsolutePath().normalize();
        Matcher readme = BY_HAND.matcher(Files.readString(house.resolve("README.md")));
        assertThat(readme.find()).as("README.md has a session").isTrue();
        Files.createDirectory(checkout.resolve("bin"));
        for (String name : List.of("ca", "client", "server")) { // a program and the sources of its module
            Files.createDirectories(checkout.resolve(name).resolve("src"));
            Files.createSymbolicLink(
                    checkout.resolve("bin").resolve(name), house.resolve("bin").resolve(name));
        }
        Files.writeString(checkout.resolve("passphrase"), "correct horse\n");
        try (Program shell = Program.start(
                "the session",
                checkout,
                Map.of(
                        "CHANCERY_PASSPHRASE_FILE",
                        checkout.resolve("passphrase").toString()),
                List.of("/bin/sh", "-e", "-c", readme.group(1)))) {
            shell.endInput();
            int code = shell.awaitExit();
            assertThat(code).as("%s", shell.errorLines()).isZero();
            assertThat(shell.outputLines()).anyMatch(line -> line.startsWith("revoked "));
        }
    }
}
