package org.chancery.client.connection;

import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: exponential back-off with full jitter.
///
/// The bound doubles from `first` to `most`, and the wait is drawn evenly from zero to the bound: a relay that comes
/// back meets its thousand clients spread over the whole interval instead of all at once.
public record ReconnectPolicy(Duration first, Duration most) {
    /// Half a second at first: a relay that restarts is back sooner than a person notices. Thirty seconds at most:
    /// longer, and people press the button instead.
    public static final ReconnectPolicy DEFAULT = new ReconnectPolicy(Duration.ofMillis(500), Duration.ofSeconds(30));

    /// Who asks for more has made a mistake, or wants us to stay away.
    private static final Duration LONGEST_ASKED = Duration.ofHours(1);

    /// 2^20 times any first wait is beyond any bound; more doublings would only overflow.
    private static final int MAX_DOUBLINGS = 20;

    public ReconnectPolicy {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("first wait " + first + ", most " + most);
        }
    }

    /// How many attempts in a row have failed, after `failures` and one that lasted for `duration`. Only one that
    /// lasted longer than any wait sets the count back: a relay that lets everybody in and drops them at once is
    /// no better off than one that lets nobody in, and is not to be called twice a second.
    int failuresAfter(int failures, Duration duration) {
        return duration.compareTo(most) > 0 ? 1 : failures + 1;
    }

    /// The wait after `failures` attempts in a row that failed (1 after the first).
    ///
    /// @param comeBackIn what the relay asked for when it said goodbye; up to an hour the wait is never
    ///     shorter, and jitter is added to it so that not everybody comes back in the same instant
    public Duration waitAfter(int failures, Optional<Duration> comeBackIn, RandomGenerator random) {
        if (failures < 1) {
            throw new IllegalArgumentException(failures + " failures");
        }
        Duration bound = first.multipliedBy(1L << Math.min(failures - 1, MAX_DOUBLINGS));
        if (bound.compareTo(most) > 0) {
            bound = most;
        }
        Duration jitter = Duration.ofMillis(random.nextLong(bound.toMillis() + 1));
        return comeBackIn
                .filter(asked -> !asked.isNegative())
                .map(asked -> asked.compareTo(LONGEST_ASKED) < 0 ? asked : LONGEST_ASKED)
                .orElse(Duration.ZERO)
                .plus(jitter);
    }
}
