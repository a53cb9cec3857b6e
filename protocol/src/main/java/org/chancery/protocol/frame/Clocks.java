package org.chancery.protocol.frame;

import java.time.Duration;
import java.time.Instant;

/// How far the clock of who signs and the clock of who takes what is signed may be apart. Signers, the relay and
/// readers
/// have to agree on it: what the relay takes, readers must not refuse.
public final class Clocks {
    public static final Duration MAX_SKEW = Duration.ofMinutes(5);

    /// For so long after its signature something may be sent. What is older is signed anew, for it might arrive too
    /// late.
    public static final Duration FRESH = MAX_SKEW.minusMinutes(1);

    private Clocks() {}

    /// Whether two times are further apart than clocks may differ.
    public static boolean areApart(Instant one, Instant other) {
        return Duration.between(one, other).abs().compareTo(MAX_SKEW) > 0;
    }
}
