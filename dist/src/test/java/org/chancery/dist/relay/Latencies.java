package org.chancery.dist.relay;

import java.util.Arrays;
import java.util.List;

/// How long each of many things took, in milliseconds.
///
/// @param millis ascending
@SuppressWarnings("ArrayRecordComponent") // never compared
record Latencies(double[] millis) {

    static Latencies of(List<Long> nanos) {
        return new Latencies(
                nanos.stream().mapToDouble(each -> each / 1e6).sorted().toArray());
    }

    int count() {
        return millis.length;
    }

    double percentile(double share) {
        if (millis.length == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        return millis[Math.clamp((int) Math.ceil(share * millis.length) - 1, 0, millis.length - 1)];
    }

    double p50() {
        return percentile(0.5);
    }

    double p99() {
        return percentile(0.99);
    }

    /// The middle one of several figures.
    static double median(List<Double> figures) {
        double[] sorted = figures.stream().mapToDouble(each -> each).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
