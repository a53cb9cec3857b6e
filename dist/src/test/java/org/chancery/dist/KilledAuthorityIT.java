package org.chancery.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.chancery.pki.testing.Defends;
import org.chancery.pki.testing.Threat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The authority dies by SIGKILL at any point of `sign` and `revoke`: no certificate is outside the ledger, no serial
/// number given twice, no revocation lost, and CRL numbers rise. A few kills in every build, five hundred by
/// `bin/kill-campaign`.
final class KilledAuthorityIT {
    private static final int KILLS = Integer.getInteger("kills", 16);
    private static final Path REPORT = Path.of("target", "kills.md");

    @TempDir
    Path directory;

    @Test
    @Defends({Threat.KILLED_ON_THE_WAY, Threat.SERIAL_GUESSED_OR_REPEATED, Threat.REVOCATION_FORGOTTEN})
    void nothingIsLostOrDoubledWhereverItIsKilled() throws Exception {
        Strace.require();
        long seed = Long.getLong("seed", System.nanoTime());
        String page = new KillCampaign(directory, seed).run(KILLS);
        Files.writeString(REPORT, page + "Seed of the random times: " + seed + "\n");
        assertThat(page).contains(KILLS + " kills.");
    }
}
