package org.chancery.ca.doctor;

import java.time.Duration;
import java.time.Instant;

/// How much of the life of a certificate is over.
final class Life {
    /// From here on somebody should know, plan, act.
    static final int KNOW = 50;

    static final int PLAN = 75;
    static final int ACT = 90;

    private Life() {}

    /// Over 100 once it has ended.
    static long percent(Instant notBefore, Instant notAfter, Instant now) {
        long life = Math.max(1, Duration.between(notBefore, notAfter).toSeconds());
        long lived = Duration.between(notBefore, now).toSeconds();
        return now.isAfter(notAfter) ? 101 : lived * 100 / life;
    }
}
