package org.chancery.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs the benchmarks at each number of threads and prints what matters: the ratio.
public final class Bench {
    private Bench() {}

    /// The numbers of threads, else 2, 4 and 16.
    public static void main(String[] arguments) throws RunnerException {
        List<Integer> threads = arguments.length == 0
                ? List.of(2, 4, 16)
                : Stream.of(arguments).map(Integer::valueOf).toList();
        StringBuilder table = new StringBuilder("threads  signatures/s  certificates/s  ratio\n");
        for (int count : threads) {
            Collection<RunResult> results = new Runner(new OptionsBuilder()
                            .include(IssuanceBenchmark.class.getName())
                            .threads(count)
                            .forks(1)
                            .warmupIterations(2)
                            .warmupTime(TimeValue.seconds(5))
                            .measurementIterations(4)
                            .measurementTime(TimeValue.seconds(5))
                            .jvmArgsAppend("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
                            .build())
                    .run();
            double signatures = score(results, "signatures");
            double certificates = score(results, "certificates");
            table.append(String.format(
                    Locale.ROOT,
                    "%7d  %12.0f  %14.0f  %5.2f%n",
                    count,
                    signatures,
                    certificates,
                    certificates / signatures));
        }
        System.out.print(table);
    }

    private static double score(Collection<RunResult> results, String name) {
        return results.stream()
                .map(RunResult::getPrimaryResult)
                .filter(result -> result.getLabel().equals(name))
                .findFirst()
                .orElseThrow()
                .getScore();
    }
}
