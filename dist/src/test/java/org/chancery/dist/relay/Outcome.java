package org.chancery.dist.relay;

import java.util.Locale;
import java.util.Map;

/// What came of one attack.
///
/// @param quiet before it; `attacked` while it lasted
/// @param quietCpu of one core that the relay took before it; `attackedCpu` while it lasted
/// @param refused by metric, how often while it lasted
/// @param rssMib resident memory of the relay at its end, before there was time to recover
/// @param attempts how often a second attackers did it
record Outcome(
        Attack attack,
        Bystanders.Measured quiet,
        Bystanders.Measured attacked,
        double quietCpu,
        double attackedCpu,
        Map<String, Long> refused,
        long rssMib,
        double attempts) {

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: letters p50 %.1f -> %.1f ms, p99 %.1f -> %.1f ms; newcomers p50 %.0f -> %.0f ms;"
                        + " CPU %.0f -> %.0f %%; %d MiB; %.0f attempts a second; %s",
                attack,
                quiet.letters().p50(),
                attacked.letters().p50(),
                quiet.letters().p99(),
                attacked.letters().p99(),
                quiet.newcomers().p50(),
                attacked.newcomers().p50(),
                100 * quietCpu,
                100 * attackedCpu,
                rssMib,
                attempts,
                refused);
    }
}
