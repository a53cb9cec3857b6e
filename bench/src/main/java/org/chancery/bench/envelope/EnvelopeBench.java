package org.chancery.bench.envelope;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/// Measures each act at each number of devices, prints the ratios, and writes the page.
public final class EnvelopeBench {
    private static final List<Integer> DEVICES = List.of(1, 10, 100, 1000);
    private static final double SECOND_NANOS = 1e9;

    private record Plan(int warmUpTurns, int turns, int seconds) {}

    private static final Plan QUICK = new Plan(3, 5, 2);
    private static final Plan FULL = new Plan(6, 15, 4);

    /// A stretch of pairs.
    private record Turn(double theirsNanos, double oursNanos) {
        static Turn of(IterationResult result) {
            double pairs = counted(result, "pairs");
            return new Turn(counted(result, "theirsNanos") / pairs, counted(result, "oursNanos") / pairs);
        }

        private static double counted(IterationResult result, String counter) {
            return Objects.requireNonNull(result.getSecondaryResults().get(counter))
                    .getScore();
        }

        double ratio() {
            return theirsNanos / oursNanos;
        }
    }

    private record Row(Act act, int devices, List<Turn> turns) {
        double median(ToDoubleFunction<Turn> what) {
            double[] sorted = turns.stream().mapToDouble(what).sorted().toArray();
            return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
        }

        String line() {
            double[] ratios = turns.stream().mapToDouble(Turn::ratio).sorted().toArray();
            return String.format(
                    Locale.ROOT,
                    "| %s | %d | %.1f | %.1f | %.2f (%.2f to %.2f) |%n",
                    act.title(),
                    devices,
                    SECOND_NANOS / median(Turn::theirsNanos),
                    SECOND_NANOS / median(Turn::oursNanos),
                    median(Turn::ratio),
                    ratios[0],
                    ratios[ratios.length - 1]);
        }
    }

    private EnvelopeBench() {}

    /// `[--quick] [--page FILE]`.
    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(arguments));
        Plan plan = words.remove("--quick") ? QUICK : FULL;
        List<Row> rows = new ArrayList<>();
        for (int devices : DEVICES) {
            rows.add(new Row(Act.SEAL, devices, run(Act.SEAL, devices, plan)));
        }
        rows.add(new Row(Act.NEXT_SEAL, 1, run(Act.NEXT_SEAL, 1, plan)));
        for (int devices : DEVICES) {
            rows.add(new Row(Act.OPEN, devices, run(Act.OPEN, devices, plan)));
        }
        rows.add(new Row(Act.NEXT_OPEN, 1, run(Act.NEXT_OPEN, 1, plan)));
        String text = page(plan, rows);
        System.out.print(text);
        if (words.size() == 2 && words.getFirst().equals("--page")) {
            Files.writeString(Path.of(words.getLast()), text);
        }
    }

    private static List<Turn> run(Act act, int devices, Plan plan) throws RunnerException {
        RunResult result = new Runner(new OptionsBuilder()
                        .include(EnvelopeBenchmark.class.getName())
                        .param("act", act.name())
                        .param("devices", String.valueOf(devices))
                        .threads(1)
                        .forks(1)
                        .warmupIterations(plan.warmUpTurns())
                        .warmupTime(TimeValue.seconds(plan.seconds()))
                        .measurementIterations(plan.turns())
                        .measurementTime(TimeValue.seconds(plan.seconds()))
                        .jvmArgsAppend("-XX:+UseSerialGC", "--enable-native-access=ALL-UNNAMED")
                        .build())
                .runSingle();
        return result.getBenchmarkResults().iterator().next().getIterationResults().stream()
                .map(Turn::of)
                .toList();
    }

    private static String page(Plan plan, List<Row> rows) {
        StringBuilder page = new StringBuilder("""
                # Sealing and opening beside the JDK's own primitives

                Written by `bin/bench seal`; what it means is in [performance.md](performance.md). A second is one of the processor's; medians
                of %d turns of %d s, one thread, %d processors, Java %s. A ratio is that of one turn, lowest to highest in brackets.

                | what | devices | the JDK's, a second | ours, a second | ratio |
                | --- | --- | --- | --- | --- |
                """.formatted(
                        plan.turns(), plan.seconds(), Runtime.getRuntime().availableProcessors(), Runtime.version()));
        rows.forEach(row -> page.append(row.line()));
        return page.toString();
    }
}
