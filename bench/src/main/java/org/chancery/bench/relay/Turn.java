package org.chancery.bench.relay;

import java.util.Arrays;
import java.util.Locale;

/// What one contestant did in one turn.
///
/// @param count deliveries, messages or handshakes
/// @param seconds by the clock
/// @param serverCpu seconds of the server
/// @param generatorCpu seconds of the generator
/// @param otherCores how many processors others kept busy meanwhile; with much of that, only CPU times mean something
/// @param latencies sorted, in nanoseconds; none where they are not measured
@SuppressWarnings("ArrayRecordComponent") // never compared
record Turn(
        Contestant contestant,
        long count,
        double seconds,
        double serverCpu,
        double generatorCpu,
        double otherCores,
        long[] latencies) {

    double serverMicros() {
        return serverCpu * 1e6 / count;
    }

    double rate() {
        return count / seconds;
    }

    /// In microseconds; not a number where nothing was measured.
    double latencyMicros(double quantile) {
        return latencies.length == 0
                ? Double.NaN
                : latencies[(int) Math.min(latencies.length - 1, latencies.length * quantile)] / 1e3;
    }

    /// One line of the raw runs.
    String text() {
        String line = String.format(
                Locale.ROOT,
                "%-12s n=%d in %.2f s, %.0f/s; server %.2f us each (%.2f cores), generator %.2f us each, others %.2f cores",
                contestant.title(),
                count,
                seconds,
                rate(),
                serverMicros(),
                serverCpu / seconds,
                generatorCpu * 1e6 / count,
                otherCores);
        return latencies.length == 0
                ? line
                : line
                        + String.format(
                                Locale.ROOT,
                                "; p50 %.0f us, p99 %.0f us, p99.9 %.0f us",
                                latencyMicros(.5),
                                latencyMicros(.99),
                                latencyMicros(.999));
    }

    /// Reads the clocks at the beginning of a turn.
    static final class Watch {

        private final Contestant contestant;
        private final long pid;
        private final double server;
        private final double generator;
        private final double machine;
        private final long startNanos;

        Watch(Contestant contestant, long pid) {
            this.contestant = contestant;
            this.pid = pid;
            this.machine = ProcessFigures.machineBusySeconds();
            this.server = ProcessFigures.of(pid).cpuSeconds();
            this.generator = ProcessFigures.self().cpuSeconds();
            this.startNanos = System.nanoTime();
        }

        Turn stop(long count, long... latencies) {
            double seconds = (System.nanoTime() - startNanos) / 1e9;
            double serverCpu = ProcessFigures.of(pid).cpuSeconds() - server;
            double generatorCpu = ProcessFigures.self().cpuSeconds() - generator;
            double all = ProcessFigures.machineBusySeconds() - machine;
            long[] sorted = latencies.clone();
            Arrays.sort(sorted);
            return new Turn(
                    contestant,
                    count,
                    seconds,
                    serverCpu,
                    generatorCpu,
                    Math.max(0, (all - serverCpu - generatorCpu) / seconds),
                    sorted);
        }
    }
}
