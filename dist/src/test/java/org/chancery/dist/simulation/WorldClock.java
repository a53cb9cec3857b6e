package org.chancery.dist.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

/// The one clock of a simulation, which goes when it is told to.
final class WorldClock extends Clock {
    private final Instant begun;
    private Instant now;

    WorldClock(Instant begun) {
        this.begun = begun;
        this.now = begun;
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    long nanos() {
        return Duration.between(begun, now).toNanos();
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("there is one clock");
    }
}
