package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The window as people use it: one types, presses Enter, and the other reads it in a window of their own.
final class TwoWindowsIT {
    private static final Path DISPLAY_SERVER = Path.of("/usr/bin/Xvfb");
    private static final Path PICTURE = Path.of("target", "screenshots", "two-windows.png");

    @TempDir
    Path directory;

    @Test
    void whatIsTypedInOneArrivesInTheOther() throws Exception {
        assumeTrue(Files.isExecutable(DISPLAY_SERVER), "the windows are not driven: /usr/bin/Xvfb is missing");
        Files.createDirectories(PICTURE.toAbsolutePath().getParent());
        Files.deleteIfExists(PICTURE);
        Lab lab = Lab.in(directory);
        try (Program display = startDisplay()) {
            Lab.RunningRelay relay = lab.startRelay();
            // Standard output of the server is the number of the display it found free.
            String number = display.awaitLine(line -> !line.isBlank(), "its display", Program.PATIENCE);
            try (Program people = startPeople(lab, ":" + number.strip(), relay.address())) {
                people.awaitLine(line -> line.equals("arrived"), "arrived", Duration.ofMinutes(2));
                assertThat(people.awaitExit()).isZero();
            }
        } finally {
            lab.close();
        }
        assertThat(PICTURE).isNotEmptyFile();
    }

    private Program startDisplay() throws Exception {
        String size = 2 * TwoWindows.WIDTH + "x" + TwoWindows.HEIGHT + "x24";
        return Program.start(
                "Xvfb",
                directory,
                Map.of(),
                List.of(DISPLAY_SERVER.toString(), "-displayfd", "1", "-screen", "0", size, "-nolisten", "tcp"));
    }

    private Program startPeople(Lab lab, String display, String relay) throws Exception {
        return Program.start(
                "two windows",
                directory,
                Map.of(
                        "DISPLAY",
                        display,
                        "CHANCERY_PASSPHRASE_FILE",
                        lab.path("passphrase").toString()),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        TwoWindows.class.getName(),
                        relay,
                        PICTURE.toAbsolutePath().toString()));
    }
}
