package org.chancery.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Runs the benchmark at each number of threads and prints what matters: the ratio of each pair of turns.
public final class Bench {
    /// Even, so that measuring begins with the signatures; and long: the JDK's compiler takes a minute of issuance to
    /// come to rest.
    private static final int WARM_UP_TURNS = 26;

    private static final int TURNS = 20;
    private static final int SECONDS = 5;

    private Bench() {}

    /// The numbers of threads, else 32 and 64.
    public static void main(String[] arguments) throws RunnerException {
        List<Integer> threads = arguments.length == 0
                ? List.of(32, 64)
                : Stream.of(arguments).map(Integer::valueOf).toList();
        StringBuilder table = new StringBuilder("""
                medians of %d pairs of turns, %d s each
                threads  signatures/s  certificates/s  ratio (lowest to highest)
                """.formatted(TURNS / 2, SECONDS));
        for (int count : threads) {
            table.append(row(count, run(count)));
        }
        System.out.print(table);
    }

    private static List<Double> run(int threads) throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .include(IssuanceBenchmark.class.getName())
                        .threads(threads)
                        .forks(1)
                        .warmupIterations(WARM_UP_TURNS)
                        .warmupTime(TimeValue.seconds(SECONDS))
                        .measurementIterations(TURNS)
                        .measurementTime(TimeValue.seconds(SECONDS))
                        .jvmArgsAppend("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
                        .build())
                .runSingle();
        return result.getBenchmarkResults().iterator().next().getIterationResults().stream()
                .map(IterationResult::getPrimaryResult)
                .map(turn -> turn.getScore())
                .toList();
    }

    private static String row(int threads, List<Double> turns) {
        List<Double> signatures = new ArrayList<>();
        List<Double> certificates = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < turns.size(); i += 2) {
            signatures.add(turns.get(i));
            certificates.add(turns.get(i + 1));
            ratios.add(turns.get(i + 1) / turns.get(i));
        }
        return String.format(
                Locale.ROOT,
                "%7d  %12.0f  %14.0f  %5.2f (%.2f to %.2f)%n",
                threads,
                median(signatures),
                median(certificates),
                median(ratios),
                ratios.stream().min(Double::compare).orElseThrow(),
                ratios.stream().max(Double::compare).orElseThrow());
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
