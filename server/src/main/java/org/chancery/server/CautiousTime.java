package org.chancery.server;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The time by which letters are let go of. What goes by mistake does not come back when the clock is set right, so a
/// leap forward counts only once it has stood for a day of the clock that nobody sets. That one stands still while a
/// machine is suspended: then letters stay a day longer, no more. One thread.
final class CautiousTime {

    private static final Logger LOG = LoggerFactory.getLogger(CautiousTime.class);

    /// By less than this the clock is set without a word: letters are kept for days.
    static final Duration LEAP = Duration.ofHours(1);

    /// For somebody to see that the clock is wrong.
    static final Duration PROOF = Duration.ofDays(1);

    private static final int MOST_REMEMBERED = 64;

    /// @param by more than an hour, forward or, negative, back
    private record Leap(long atNanos, Duration by) {
        Leap then(Leap later) {
            return new Leap(later.atNanos, by.plus(later.by));
        }
    }

    /// Of the last day.
    private final Deque<Leap> leaps = new ArrayDeque<>();

    private Instant last;
    private long lastNanos;

    /// @param newest when the last letter was taken, if one is kept: what the clock says of the time since may be
    ///     wrong, so it counts as a leap
    CautiousTime(Instant now, long nowNanos, Optional<Instant> newest) {
        last = now;
        lastNanos = nowNanos;
        newest.map(before -> Duration.between(before, now))
                .filter(away -> away.compareTo(LEAP) > 0)
                .ifPresent(away -> leaps.add(new Leap(nowNanos, away)));
    }

    /// What the clock says, less what it has leapt in the last day. Never later than the clock.
    Instant by(Instant now, long nowNanos) {
        Duration elapsed = Duration.ofNanos(nowNanos - lastNanos);
        Duration leap = Duration.between(last, now).minus(elapsed);
        if (leap.abs().compareTo(LEAP) > 0) {
            LOG.error(
                    "the clock leapt from {} to {} within {} s. No letter is let go of for that before it has stood for"
                            + " a day: if it is wrong, set it right till then",
                    last,
                    now,
                    elapsed.toSeconds());
            leaps.add(new Leap(nowNanos, leap));
        }
        last = now;
        lastNanos = nowNanos;
        while (!leaps.isEmpty() && nowNanos - leaps.getFirst().atNanos() >= PROOF.toNanos()) {
            leaps.removeFirst();
        }
        if (leaps.size() > MOST_REMEMBERED) {
            leaps.addFirst(leaps.removeFirst().then(leaps.removeFirst()));
        }
        Duration unproved = leaps.stream().map(Leap::by).reduce(Duration.ZERO, Duration::plus);
        return unproved.isPositive() ? now.minus(unproved) : now;
    }
}
