package org.chancery.dist.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.chancery.dist.Strace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The relay dies by SIGKILL at any point of its work, under load: nothing acknowledged is lost, nothing is doubled. A
/// few kills in every build, three hundred by `bin/relay-kill-campaign`.
final class KilledRelayUnderLoadIT {
    private static final int KILLS = Integer.getInteger("relay.kills", 3);
    private static final Path REPORT = Path.of("target", "relay-kills.md");

    @TempDir
    Path directory;

    @Test
    void nothingAcknowledgedIsLostWhereverItIsKilled() throws Exception {
        Strace.require();
        long seed = Long.getLong("seed", System.nanoTime());
        try (KillCampaign campaign = new KillCampaign(directory, seed)) {
            String page = campaign.run(KILLS);
            Files.writeString(REPORT, page + "Seed: " + seed + "\n");
            assertThat(page).contains(" kills under the letters of 20 people");
        }
    }
}
