package org.chancery.bench.relay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Runs scenarios, prints every turn, and writes the page. The relay and its peers are processes of their own; this
/// one is the generator of all of them.
public final class RelayBench {

    private static final int FIRST_HANDSHAKES = 200;

    private final Roster roster;
    private final Stage.Surroundings surroundings;
    private final Plan plan;
    private final List<Contestant> contestants;
    private final Page page = new Page();

    private RelayBench(Roster roster, Stage.Surroundings surroundings, Plan plan, List<Contestant> contestants) {
        this.roster = roster;
        this.surroundings = surroundings;
        this.plan = plan;
        this.contestants = contestants;
    }

    /// `[--quick] [--page FILE] [SCENARIO...]`, in the project's directory. Without a scenario all of them.
    public static void main(String[] arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of(arguments));
        Plan plan = words.remove("--quick") ? Plan.QUICK : Plan.FULL;
        Path page = null;
        int at = words.indexOf("--page");
        if (at >= 0) {
            page = Path.of(words.remove(at + 1));
            words.remove(at);
        }
        List<Scenario> scenarios = new ArrayList<>();
        for (String word : words) {
            scenarios.add(Scenario.of(word)
                    .orElseThrow(() -> new IllegalArgumentException("no scenario " + word + "; there are "
                            + Stream.of(Scenario.values())
                                    .map(Scenario::argument)
                                    .toList())));
        }
        if (scenarios.isEmpty()) {
            Collections.addAll(scenarios, Scenario.values());
        }
        run(plan, scenarios, page);
        System.exit(0); // readers are daemons, and pools may still hold threads of a failed scenario
    }

    private static void run(Plan plan, List<Scenario> scenarios, @Nullable Path file) throws Exception {
        Path home = Path.of("").toAbsolutePath();
        Path kept = home.resolve("bench/target/relay");
        BenchAuthority authority = BenchAuthority.in(kept);
        Roster roster = Roster.of(authority, kept.resolve("people"), plan.people());
        Path work = Files.createTempDirectory(home.resolve("bench/target"), "work");
        List<Contestant> present =
                Stream.of(Contestant.values()).filter(Contestant::present).toList();
        RelayBench bench = new RelayBench(
                roster, new Stage.Surroundings(home, kept, work, System.getProperty("relay.jvm", "")), plan, present);
        String limits = Machine.limits(work);
        System.out.println(limits);
        Stream.of(Contestant.values())
                .filter(contestant -> !contestant.present())
                .forEach(absent -> bench.page.say(absent.title() + " is not on this machine, and was not measured."));
        for (Scenario scenario : scenarios) {
            bench.measure(scenario);
        }
        Files.delete(work);
        if (file != null) {
            Files.writeString(file, bench.page.text(introduction(plan, limits)));
        }
    }

    private static String introduction(Plan plan, String limits) {
        return """
                # The relay beside mosquitto and nats-server

                Written by `bin/bench relay`; what it means is in [performance.md](performance.md). CPU is the server's own, user and
                system, for each delivery, message or handshake; a ratio is ours to the peer's, the median over turns that took place one
                after the other. Turns of %s s. The machine: %s.
                """.formatted(plan.turnSeconds(), limits);
    }

    /// One that fails is said, and the others are measured.
    private void measure(Scenario scenario) throws InterruptedException {
        System.out.println("== " + scenario.argument());
        try {
            switch (scenario) {
                case COLD -> cold(scenario);
                case IDLE -> idle(scenario);
                case RECONNECT -> reconnect(scenario);
                case FAN, FAN_RATE, PAIRS, PAIRS_RATE, DURABLE, HANDSHAKES ->
                    turns(scenario, scenario.load().orElseThrow());
            }
        } catch (IOException e) {
            e.printStackTrace();
            page.run(scenario, "FAILED: " + e);
            page.say("**" + scenario.title() + "** failed: " + e.getMessage());
        }
    }

    /// Each in turn, and the order turns, too: nobody always has the same neighbour.
    private void turns(Scenario scenario, Load.Maker maker) throws IOException, InterruptedException {
        List<Stage> stages = new ArrayList<>();
        try {
            List<Load> loads = new ArrayList<>();
            for (Contestant contestant : contestants) {
                Stage stage = Stage.set(contestant, roster, surroundings, scenario.durable());
                stages.add(stage);
                Load load = maker.on(stage);
                loads.add(load);
                load.turn(plan.warmSeconds());
            }
            List<List<Turn>> rounds = new ArrayList<>();
            for (int round = 0; round < plan.turns(); round++) {
                List<Turn> turns = new ArrayList<>();
                for (int i = 0; i < loads.size(); i++) {
                    Turn turn = loads.get((round + i) % loads.size()).turn(plan.turnSeconds());
                    page.run(scenario, turn.text());
                    turns.add(turn);
                }
                rounds.add(turns);
            }
            page.turns(scenario, rounds);
        } finally {
            for (Stage stage : stages) {
                stage.close();
            }
        }
    }

    private void cold(Scenario scenario) throws IOException, InterruptedException {
        List<List<Turn>> rounds = new ArrayList<>();
        for (int start = 0; start < plan.starts(); start++) {
            List<Turn> turns = new ArrayList<>();
            for (Contestant contestant : contestants) {
                try (Stage stage = Stage.set(contestant, roster, surroundings, false)) {
                    Turn turn = new Handshakes(stage).times(FIRST_HANDSHAKES);
                    page.run(
                            scenario,
                            turn.text()
                                    + String.format(
                                            Locale.ROOT,
                                            "; to start took %.2f s of CPU",
                                            stage.server().startCpuSeconds()));
                    turns.add(turn);
                }
            }
            rounds.add(turns);
        }
        page.turns(scenario, rounds);
    }

    private void idle(Scenario scenario) throws IOException, InterruptedException {
        List<String> rows = new ArrayList<>();
        for (Contestant contestant : contestants) {
            try (Stage stage = Stage.set(contestant, roster, surroundings, false)) {
                for (Idle.Level level : Idle.measure(stage, plan.idleLevels())) {
                    String row = String.format(
                            Locale.ROOT,
                            "%s | %d | %d | %.1f | %.2f",
                            contestant.title(),
                            level.connections(),
                            level.residentKb() / 1024,
                            level.perConnectionKb(),
                            level.openMillis());
                    page.run(scenario, row);
                    rows.add(row);
                }
            }
        }
        page.table(scenario, "system | connections | resident, MiB | KiB a connection | CPU to open one, ms", rows);
    }

    private void reconnect(Scenario scenario) throws IOException, InterruptedException {
        List<String> rows = new ArrayList<>();
        for (int people : plan.reconnecting()) {
            try (Stage stage = Stage.set(Contestant.CHANCERY, roster, surroundings, false)) {
                Reconnect.Result result = Reconnect.measure(stage, people);
                String row = String.format(
                        Locale.ROOT,
                        "%d | %.1f | %.2f | %d",
                        result.people(),
                        result.seconds(),
                        result.cpuMillis(),
                        result.lettersMissing());
                page.run(scenario, row);
                rows.add(row);
            }
        }
        page.table(scenario, "people | all back after, s | relay CPU each, ms | letters missing", rows);
    }
}
