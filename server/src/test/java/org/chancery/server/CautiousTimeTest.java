package org.chancery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.server.testing.LogLines;
import org.junit.jupiter.api.Test;

/// Both clocks are the test's.
class CautiousTimeTest {

    private static final Instant START = Instant.parse("2026-11-22T10:00:00Z");
    private static final Duration MONTH = Duration.ofDays(31);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration DAY = Duration.ofDays(1);

    private Instant wall = START;
    private long nanos = Long.MAX_VALUE - 1_000_000_000; // it may be any, and go over
    private CautiousTime time = new CautiousTime(wall, nanos, Optional.empty());

    private Instant after(Duration elapsed) {
        return after(elapsed, Duration.ZERO);
    }

    private Instant after(Duration elapsed, Duration leap) {
        wall = wall.plus(elapsed).plus(leap);
        nanos += elapsed.toNanos();
        return time.by(wall, nanos);
    }

    @Test
    void isTheClocksWhileThatIsSteady() {
        for (int round = 0; round < 10; round++) {
            assertThat(after(Duration.ofMinutes(10))).isEqualTo(wall);
        }
        assertThat(after(Duration.ZERO, HOUR)).isEqualTo(wall);
        assertThat(after(Duration.ZERO, HOUR.negated())).isEqualTo(wall);
        assertThat(after(Duration.ofDays(90))).as("a round that took long").isEqualTo(wall);
    }

    @Test
    void passesOverALeapThatIsUndone() throws Exception {
        try (LogLines lines = LogLines.open()) {
            assertThat(after(HOUR, MONTH)).isEqualTo(START.plus(HOUR));
            assertThat(lines.await("ERROR", "the clock leapt"))
                    .contains("from " + START + " to " + wall + " within 3600 s");
            assertThat(after(HOUR)).isEqualTo(START.plus(HOUR.multipliedBy(2)));
            assertThat(lines.drain()).as("said once").isEmpty();
        }
        assertThat(after(HOUR, MONTH.negated())).isEqualTo(wall);
        assertThat(after(DAY.minus(HOUR))).isEqualTo(wall);
        assertThat(after(HOUR)).isEqualTo(wall);
    }

    @Test
    void believesALeapThatHasStoodForADay() {
        after(Duration.ZERO, MONTH);
        assertThat(after(DAY.minusNanos(1))).isEqualTo(wall.minus(MONTH));
        assertThat(after(Duration.ofNanos(1))).isEqualTo(wall);
    }

    /// A machine that sleeps at night is behind by a night or two, and never by more.
    @Test
    void fallsNoFurtherBehindEveryNight() {
        for (int night = 0; night < 30; night++) {
            after(Duration.ofHours(16));
            assertThat(after(Duration.ZERO, Duration.ofHours(8))).isBetween(wall.minus(Duration.ofHours(16)), wall);
        }
    }

    @Test
    void isNeverLaterThanTheClock() {
        assertThat(after(HOUR, MONTH.negated())).isEqualTo(wall);
        assertThat(after(HOUR, MONTH)).as("set right again").isEqualTo(wall);
    }

    @Test
    void addsUpWhatIsTooMuchToRememberSingly() {
        Duration all = Duration.ZERO;
        for (int leap = 0; leap < 100; leap++) {
            all = all.plus(MONTH);
            assertThat(after(Duration.ofSeconds(1), MONTH)).isEqualTo(wall.minus(all));
        }
        after(DAY);
        assertThat(after(Duration.ZERO)).isEqualTo(wall);
    }

    /// Where it starts with a wrong clock there is nothing but what lies there to tell.
    @Test
    void beginsAtTheNewestLetter() {
        time = new CautiousTime(wall, nanos, Optional.of(START.minus(MONTH)));
        assertThat(after(HOUR)).isEqualTo(START.minus(MONTH).plus(HOUR));
        assertThat(after(DAY)).isEqualTo(wall);

        for (Instant newest : List.of(START.minus(HOUR), START, START.plus(MONTH))) {
            wall = START;
            time = new CautiousTime(wall, nanos, Optional.of(newest));
            assertThat(after(Duration.ofMinutes(1))).isEqualTo(wall);
        }
    }
}
