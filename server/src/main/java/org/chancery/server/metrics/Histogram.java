package org.chancery.server.metrics;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/// How large things were: how many up to each bound, how many in all, and their sum. Thread safe.
public final class Histogram {

    static final double NANOS = 1e9;

    private final double[] bounds;
    private final LongAdder[] counts; // the last: larger than every bound
    private final DoubleAdder sum = new DoubleAdder();

    /// @param bounds in rising order, each included below itself
    Histogram(double... bounds) {
        this.bounds = bounds.clone();
        this.counts = new LongAdder[bounds.length + 1];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = new LongAdder();
            if (i > 0 && i < bounds.length && bounds[i] <= bounds[i - 1]) {
                throw new IllegalArgumentException("bounds do not rise at " + bounds[i]);
            }
        }
    }

    /// One of this size.
    public void observe(double value) {
        int bucket = 0;
        while (bucket < bounds.length && value > bounds[bucket]) {
            bucket++;
        }
        counts[bucket].increment();
        sum.add(value);
    }

    /// A time, where the bounds are seconds.
    public void observeNanos(long nanos) {
        observe(nanos / NANOS);
    }

    void write(Exposition out) {
        long below = 0;
        for (int i = 0; i < bounds.length; i++) {
            below += counts[i].sum();
            out.sample("_bucket", "le", Exposition.number(bounds[i]), (double) below);
        }
        below += counts[bounds.length].sum();
        out.sample("_bucket", "le", "+Inf", (double) below);
        out.sample("_sum", sum.sum());
        out.sample("_count", (double) below); // what the buckets hold, whoever counts meanwhile
    }
}
