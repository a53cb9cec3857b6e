package org.chancery.dist.relay;

import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// Every attack several times on a relay as it is shipped, and then on one without the defence, where there is an
/// option that takes it away. Figures are medians of the runs; quiet and attacked times take turns in one process, so
/// that whatever else the machine does meets both.
final class HostilityCampaign {

    /// What an attack may do to the letters of honest clients: no more than this factor, or this many milliseconds.
    private static final double FACTOR = 2;

    private static final double ALWAYS_FINE_MILLIS = 50;

    private final Path directory;
    private final Duration length;
    private final Map<Attack, List<Outcome>> defended = new EnumMap<>(Attack.class);
    private final Map<Attack, List<Outcome>> undefended = new EnumMap<>(Attack.class);
    private final List<Attack> begun = new ArrayList<>();

    private int runs;

    /// @param directory empty
    /// @param length of a quiet time, and of an attack
    HostilityCampaign(Path directory, Duration length) {
        this.directory = directory;
        this.length = length;
    }

    void run(int times, List<Attack> attacks) throws Exception {
        runs = times;
        begun.addAll(attacks);
        for (Attack attack : attacks) {
            stages(attack, true, times, defended);
            if (!attack.undefended().isEmpty()) {
                stages(attack, false, 1, undefended);
            }
        }
    }

    /// A stage that fails, as one does in which honest clients are not served, has no figure; why is printed.
    private void stages(Attack attack, boolean defence, int times, Map<Attack, List<Outcome>> into) throws Exception {
        Path place = Files.createDirectories(directory.resolve(attack + (defence ? "" : "-undefended")));
        List<Outcome> outcomes = new ArrayList<>();
        try (Scene scene = new Scene(place, defence ? List.of() : attack.undefended())) {
            for (int run = 0; run < times; run++) {
                Outcome outcome = scene.stage(attack, length, defence);
                System.out.println((defence ? "" : "undefended ") + outcome);
                outcomes.add(outcome);
            }
            into.put(attack, outcomes);
        } catch (AssertionError | HttpTimeoutException e) {
            System.out.println(attack + (defence ? "" : " undefended") + " failed: " + e);
        }
    }

    /// The attacks that did more to honest clients than they may.
    List<Attack> hurt() {
        return begun.stream().filter(attack -> !fine(attack)).toList();
    }

    private boolean fine(Attack attack) {
        List<Outcome> outcomes = defended.getOrDefault(attack, List.of());
        return !outcomes.isEmpty()
                && median(outcomes, outcome -> outcome.attacked().letters().p99())
                        <= Math.max(
                                ALWAYS_FINE_MILLIS,
                                FACTOR
                                        * median(
                                                outcomes,
                                                outcome -> outcome.quiet()
                                                        .letters()
                                                        .p99()));
    }

    private static double median(List<Outcome> outcomes, ToDoubleFunction<Outcome> figure) {
        return Latencies.median(outcomes.stream().mapToDouble(figure).boxed().toList());
    }

    String page() {
        StringBuilder page = new StringBuilder();
        page.append("""
                # Attackers beside honest clients

                Written by `bin/relay-hostility-campaign`. The relay is a process with the options that are shipped. %d pairs of honest
                clients write %d letters a second, and one more comes in anew every second; attackers are a process of their own and come
                from other addresses. A letter's time counts from when it was due until its reader has it. Each attack has %d runs of
                %d s, each after as long a quiet time, on one relay; figures are medians (of the contrast, one run). Honest clients must never be refused or sent
                away, which ends the campaign; their p99 may be twice its quiet value or %.0f ms, whichever is more. Memory is the
                relay's resident set when the attack ends, CPU its share of one core. All on one machine, two processors, the attackers
                at a lower priority, for elsewhere they would have their own.

                | attack | p50 ms, quiet | attacked | p99 ms, quiet | attacked | newcomers ms, quiet | attacked | CPU %%, quiet | attacked | MiB | refused in a run as | without the defence |
                | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- | --- |
                """.formatted(Bystanders.PAIRS, Bystanders.RATE, runs, length.toSeconds(), ALWAYS_FINE_MILLIS));
        begun.forEach(attack -> page.append(row(attack)));
        return page.toString();
    }

    private String row(Attack attack) {
        List<Outcome> outcomes = defended.getOrDefault(attack, List.of());
        if (outcomes.isEmpty()) {
            return "| " + attack.words() + " **(the run failed)** |" + " |".repeat(11) + "\n";
        }
        return String.format(
                Locale.ROOT,
                "| %s%s | %.1f | %.1f | %.1f | %.1f | %.0f | %.0f | %.0f | %.0f | %.0f | %s | %s |%n",
                attack.words(),
                fine(attack) ? "" : " **(too much)**",
                median(outcomes, outcome -> outcome.quiet().letters().p50()),
                median(outcomes, outcome -> outcome.attacked().letters().p50()),
                median(outcomes, outcome -> outcome.quiet().letters().p99()),
                median(outcomes, outcome -> outcome.attacked().letters().p99()),
                median(outcomes, outcome -> outcome.quiet().newcomers().p50()),
                median(outcomes, outcome -> outcome.attacked().newcomers().p50()),
                median(outcomes, outcome -> 100 * outcome.quietCpu()),
                median(outcomes, outcome -> 100 * outcome.attackedCpu()),
                median(outcomes, Outcome::rssMib),
                refusals(outcomes),
                contrast(attack));
    }

    private static String refusals(List<Outcome> outcomes) {
        List<String> named = new ArrayList<>();
        for (String name : outcomes.getFirst().refused().keySet()) {
            named.add(String.format(
                    Locale.ROOT,
                    "`%s` %.0f",
                    name,
                    median(outcomes, outcome -> outcome.refused().getOrDefault(name, 0L))));
        }
        return String.join(", ", named);
    }

    private String contrast(Attack attack) {
        if (attack.undefended().isEmpty()) {
            return "";
        }
        List<Outcome> outcomes = undefended.getOrDefault(attack, List.of());
        if (outcomes.isEmpty()) {
            return "`" + String.join(" ", attack.undefended()) + "`: the run failed";
        }
        return String.format(
                Locale.ROOT,
                "`%s`: p99 %.1f ms, CPU %.0f %%, %.0f MiB",
                String.join(" ", attack.undefended()),
                median(outcomes, outcome -> outcome.attacked().letters().p99()),
                median(outcomes, outcome -> 100 * outcome.attackedCpu()),
                median(outcomes, Outcome::rssMib));
    }
}
