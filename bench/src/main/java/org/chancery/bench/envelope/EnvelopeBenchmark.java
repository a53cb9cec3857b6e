package org.chancery.bench.envelope;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/// One act as this project does it, and the same act's primitives by the JDK: one after the other, now this first and
/// now that, and the processor's time of each. On a machine that does other work too, two runs one after the other have
/// nothing to do with each other, and neither has what a clock on the wall says.
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class EnvelopeBenchmark {
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    /// What is measured.
    @State(Scope.Benchmark)
    public static class Measured {
        @Param("SEAL")
        private Act act = Act.SEAL;

        private boolean oursFirst;
    }

    /// The processor's time in an iteration, and how often.
    @AuxCounters(AuxCounters.Type.EVENTS)
    @State(Scope.Thread)
    public static class Spent {
        public long oursNanos;
        public long theirsNanos;
        public long pairs;
    }

    /// A pair of acts.
    @Benchmark
    public void pair(Measured measured, Household household, Spent spent, Blackhole blackhole) throws Exception {
        measured.oursFirst = !measured.oursFirst;
        long begun = THREADS.getCurrentThreadCpuTime();
        blackhole.consume(measured.oursFirst ? measured.act.ours(household) : measured.act.theJdks(household));
        long between = THREADS.getCurrentThreadCpuTime();
        blackhole.consume(measured.oursFirst ? measured.act.theJdks(household) : measured.act.ours(household));
        long ended = THREADS.getCurrentThreadCpuTime();
        long first = between - begun;
        long second = ended - between;
        spent.oursNanos += measured.oursFirst ? first : second;
        spent.theirsNanos += measured.oursFirst ? second : first;
        spent.pairs++;
    }
}
