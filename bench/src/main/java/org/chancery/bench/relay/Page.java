package org.chancery.bench.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/// What was measured, as Markdown: a table a scenario, and every run behind it.
final class Page {

    private final StringBuilder tables = new StringBuilder();
    private final StringBuilder raw = new StringBuilder();

    /// Words under the last table.
    void say(String text) {
        tables.append(text).append("\n\n");
    }

    /// One line of what is printed as it is.
    void run(Scenario scenario, String line) {
        System.out.println(line);
        raw.append(scenario.argument()).append(": ").append(line).append('\n');
    }

    /// The table of a scenario in turns. A ratio is the median of the ratios of turns that followed each other.
    void turns(Scenario scenario, List<List<Turn>> rounds) {
        tables.append("## ").append(scenario.title()).append("\n\n");
        tables.append("| system | server CPU, us | ours to it | a second | p50, us | p99, us |\n");
        tables.append("| --- | --- | --- | --- | --- | --- |\n");
        for (Turn some : rounds.getFirst()) {
            List<Turn> turns = of(some.contestant(), rounds);
            tables.append("| %s | %s | %s | %s | %s | %s |\n"
                    .formatted(
                            some.contestant().title(),
                            number(median(turns, Turn::serverMicros), 2),
                            number(ratio(rounds, some.contestant(), Turn::serverMicros), 2),
                            number(median(turns, Turn::rate), 0),
                            number(median(turns, turn -> turn.latencyMicros(.5)), 0),
                            number(median(turns, turn -> turn.latencyMicros(.99)), 0)));
        }
        double others = rounds.stream()
                .flatMap(List::stream)
                .mapToDouble(Turn::otherCores)
                .average()
                .orElse(0);
        tables.append("\nMedians of %d turns, for each of the %s. Others kept %s processors busy meanwhile.%s\n\n"
                .formatted(
                        rounds.size(),
                        scenario.unit(),
                        number(others, 2),
                        scenario.durable()
                                ? " The rate ours to theirs: " + rates(rounds)
                                        + "; neither of the peers waits for the disk."
                                : ""));
    }

    private static String rates(List<List<Turn>> rounds) {
        List<String> rates = new ArrayList<>();
        for (Turn some : rounds.getFirst()) {
            if (some.contestant() != Contestant.CHANCERY) {
                rates.add(some.contestant().title() + " " + number(ratio(rounds, some.contestant(), Turn::rate), 2));
            }
        }
        return String.join(", ", rates);
    }

    private static List<Turn> of(Contestant contestant, List<List<Turn>> rounds) {
        return rounds.stream()
                .flatMap(List::stream)
                .filter(turn -> turn.contestant() == contestant)
                .toList();
    }

    private static double ratio(List<List<Turn>> rounds, Contestant to, ToDoubleFunction<Turn> what) {
        List<Turn> ours = of(Contestant.CHANCERY, rounds);
        List<Turn> theirs = of(to, rounds);
        double[] ratios = new double[ours.size()];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = what.applyAsDouble(ours.get(i)) / what.applyAsDouble(theirs.get(i));
        }
        return median(ratios);
    }

    private static double median(List<Turn> turns, ToDoubleFunction<Turn> what) {
        return median(turns.stream().mapToDouble(what).toArray());
    }

    private static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static String number(double value, int decimals) {
        return Double.isNaN(value) ? "" : String.format(Locale.ROOT, "%." + decimals + "f", value);
    }

    /// A table of another form.
    void table(Scenario scenario, String head, List<String> rows) {
        tables.append("## ")
                .append(scenario.title())
                .append("\n\n| ")
                .append(head)
                .append(" |\n");
        tables.append("| --- ".repeat(head.split("\\|", -1).length)).append("|\n");
        rows.forEach(row -> tables.append("| ").append(row).append(" |\n"));
        tables.append('\n');
    }

    /// The whole.
    String text(String introduction) {
        return introduction + "\n" + tables + "## Every run\n\n```\n" + raw + "```\n";
    }
}
