package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The revoked are gone within a second. `bin/cut-off-campaign` runs it with a thousand.
@Timeout(300)
final class CutOffIT {

    private static final int SESSIONS = Integer.getInteger("sessions", 100);
    private static final int REVOKED = Integer.getInteger("revoked", 20);

    /// What is promised is a second on a machine that has time; a build shares its processors.
    private static final double SLACK = SESSIONS > 100 ? 1 : 3;

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theRevokedAreGoneWithinASecond(boolean byUrl) throws Exception {
        try (CutOff cutOff = new CutOff(directory, byUrl)) {
            CutOff.Result result = cutOff.run(SESSIONS, REVOKED);
            report(result);
            assertThat(result.told()).as("told why").isEqualTo(REVOKED);
            assertThat(result.othersGone()).as("of those who stay").isZero();
            assertThat(result.percentile(0.99)).as(result.toString()).isLessThan(1000 * SLACK);
        }
    }

    private static void report(CutOff.Result result) throws IOException {
        Files.writeString(Path.of("target", result.byUrl() ? "cut-off-url.txt" : "cut-off-file.txt"), result + "\n");
    }
}
