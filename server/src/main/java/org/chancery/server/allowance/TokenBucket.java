package org.chancery.server.allowance;

import java.time.Duration;
import java.util.Optional;
import org.chancery.server.config.Rate;

/// A token bucket: full at first, filled at a steady rate, never above its burst. One thread at a time.
///
/// A request larger than the burst is granted when the bucket is full, for else it would be refused for ever;
/// it is paid back before the next.
final class TokenBucket {

    private static final double NANOS_A_SECOND = 1e9;

    private final Rate rate;
    private double tokens;
    private long filledNanos;

    TokenBucket(Rate rate, long nowNanos) {
        this.rate = rate;
        this.tokens = rate.burst();
        this.filledNanos = nowNanos;
    }

    /// Takes `count` if that much is there, or if the bucket is full.
    ///
    /// @return empty if granted; else when it will be, and nothing was taken
    Optional<Duration> take(double count, long nowNanos) {
        fill(nowNanos);
        double wanted = Math.min(count, rate.burst());
        if (tokens >= wanted) {
            tokens -= count;
            return Optional.empty();
        }
        return Optional.of(until(wanted));
    }

    /// Takes `count` whatever is there.
    ///
    /// @return how long to wait until something is there again
    Duration charge(double count, long nowNanos) {
        fill(nowNanos);
        tokens -= count;
        return tokens >= 0 ? Duration.ZERO : until(0);
    }

    /// Whether something is there.
    boolean allows(long nowNanos) {
        fill(nowNanos);
        return tokens >= 1;
    }

    boolean isFull(long nowNanos) {
        fill(nowNanos);
        return tokens >= rate.burst();
    }

    private void fill(long nowNanos) {
        tokens = Math.min(rate.burst(), tokens + (nowNanos - filledNanos) * rate.perSecond() / NANOS_A_SECOND);
        filledNanos = nowNanos;
    }

    private Duration until(double wanted) {
        double nanos = (wanted - tokens) * NANOS_A_SECOND / rate.perSecond();
        return Duration.ofNanos((long) Math.ceil(nanos));
    }
}
