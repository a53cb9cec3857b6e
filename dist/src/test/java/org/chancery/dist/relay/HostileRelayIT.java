package org.chancery.dist.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Attackers beside honest clients: nobody honest is refused, sent away or left waiting, and whatever is
/// refused has its name in the metrics and in the log. Some attacks in every build; all of them, several times,
/// and with the defence taken away for contrast, by `bin/relay-hostility-campaign`.
final class HostileRelayIT {
    private static final int RUNS = Integer.getInteger("hostility.runs", 0);
    private static final Path PAGE = Path.of("..", "docs", "hostility.md");

    /// One for each kind of attacker.
    private static final List<Attack> IN_EVERY_BUILD =
            List.of(Attack.LETTER_FLOOD, Attack.TINY_RECORDS, Attack.HALF_OPEN);

    /// A build runs beside other work, on few processors, for a moment: that letters arrive is what it holds.
    private static final double WORST_MILLIS = 5_000;

    private static final Duration MOMENT = Duration.ofSeconds(1);
    private static final Duration LENGTH = Duration.ofSeconds(Integer.getInteger("hostility.seconds", 5));

    @TempDir
    Path directory;

    @Test
    void nobodyHonestIsHurt() throws Exception {
        if (RUNS > 0) {
            HostilityCampaign campaign = new HostilityCampaign(directory, LENGTH);
            campaign.run(RUNS, chosen());
            Files.writeString(PAGE, campaign.page());
            assertThat(campaign.hurt()).as("attacks that hurt honest clients").isEmpty();
            return;
        }
        try (Scene scene = new Scene(directory, List.of())) {
            for (Attack attack : IN_EVERY_BUILD) {
                Outcome outcome = scene.stage(attack, MOMENT, true);
                assertThat(outcome.attacked().letters().p99())
                        .as(() -> outcome.toString())
                        .isLessThan(WORST_MILLIS);
            }
        }
    }

    private static List<Attack> chosen() {
        String names = System.getProperty("hostility.attacks", "");
        List<Attack> chosen = new ArrayList<>();
        for (Attack attack : Attack.values()) {
            if (names.isEmpty() || Arrays.asList(names.split(",")).contains(attack.name())) {
                chosen.add(attack);
            }
        }
        return chosen;
    }
}
