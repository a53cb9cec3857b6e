package org.chancery.bench.messenger;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.chancery.bench.relay.ProcessFigures;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.MessageState;
import org.chancery.client.chat.RoomView;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;

/// Ten thousand letters of one room, and members who were away when they were written: each comes back once,
/// while nobody else does anything.
final class CatchUp {
    private static final int WRITERS = 4;
    private static final long MAX_SEALS = 150;

    /// What one member who was away says.
    ///
    /// @param otherCores what all other processes kept busy meanwhile, the relay not among them
    private record Run(
            boolean started,
            double firstMillis,
            double toldMillis,
            double acknowledgedMillis,
            double cpuSeconds,
            double relayCpuSeconds,
            double otherCores) {
        String line() {
            return String.format(
                    Locale.ROOT,
                    "| %s | %.0f | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
                    started ? "started" : "open",
                    firstMillis,
                    toldMillis / 1000,
                    acknowledgedMillis / 1000,
                    cpuSeconds,
                    relayCpuSeconds,
                    otherCores);
        }
    }

    private final Path home;
    private final House house;
    private final int letters;

    private CatchUp(Path home, House house, int letters) {
        this.home = home;
        this.house = house;
        this.letters = letters;
    }

    /// Measures so many members who come back to so many letters.
    ///
    /// @return Markdown
    static String measure(Path home, int letters, int runs) throws Exception {
        try (House house = House.open(home)) {
            return new CatchUp(home, house, letters).measure(runs);
        }
    }

    private String measure(int runs) throws Exception {
        List<Path> absent = new ArrayList<>();
        ConversationId room = fill(absent, runs);
        long seals;
        try (RelayLog log = RelayLog.open(house.database())) {
            seals = log.seals(room);
        }
        if (seals > MAX_SEALS) {
            throw new IOException(seals + " seals, at most " + MAX_SEALS);
        }
        List<Run> all = new ArrayList<>();
        for (int i = 0; i < absent.size(); i += 2) {
            all.addAll(comeBack(absent.subList(i, i + 2), room));
        }
        return page(all, seals);
    }

    /// Makes the room, and has its writers fill it while the others are away.
    private ConversationId fill(List<Path> absent, int runs) throws Exception {
        List<Messenger> writers = new ArrayList<>();
        try {
            for (int i = 0; i < WRITERS; i++) {
                writers.add(come(house.person("writer" + i)));
            }
            Messenger host = writers.getFirst();
            ConversationId room = host.room("ten thousand letters");
            for (Messenger writer : writers.subList(1, WRITERS)) {
                admit(host, writer, room);
            }
            for (int i = 0; i < 2 * runs; i++) {
                Path keystore = house.person("absent" + i);
                absent.add(keystore);
                try (Messenger reader = come(keystore)) {
                    admit(host, reader, room);
                }
            }
            write(writers, room);
            return room;
        } finally {
            for (Messenger writer : writers) {
                writer.close();
            }
        }
    }

    private Messenger come(Path keystore) throws Exception {
        Messenger messenger = Messenger.open(keystore, house.relay().port());
        messenger.start();
        messenger.awaitReceiving();
        return messenger;
    }

    private static void admit(Messenger host, Messenger guest, ConversationId room) throws Exception {
        host.change(room, new Act.Invite(guest.address(), Role.MEMBER));
        guest.awaitRoom(room, view -> view.state() == RoomView.State.INVITED);
        guest.change(room, new Act.Accept());
        guest.awaitRoom(room, view -> view.state() == RoomView.State.MEMBER);
        host.awaitRoom(room, view -> view.members().containsKey(guest.address()));
    }

    private void write(List<Messenger> writers, ConversationId room) throws Exception {
        long begun = System.nanoTime();
        for (int i = 0; i < letters; i++) {
            writers.get(i % WRITERS).submit(new Command.SendText(Party.room(room), "line " + i + " of a long night"));
        }
        for (int i = 0; i < WRITERS; i++) {
            int own = (letters - i + WRITERS - 1) / WRITERS;
            for (int count = 0; count < own; count++) {
                writers.get(i)
                        .await(
                                Event.MessageChanged.class,
                                changed -> changed.message().state() == MessageState.PUBLISHED);
            }
        }
        System.err.printf(Locale.ROOT, "written in %d s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun));
    }

    /// Has some come back, one after the other in one process.
    private List<Run> comeBack(List<Path> keystores, ConversationId room) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=" + home.resolve("conf/logback-client.xml")));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Absentee.class.getName()));
        command.addAll(
                List.of(String.valueOf(house.relay().port()), house.database().toString(), room.hex(), "" + letters));
        keystores.forEach(keystore -> command.add(keystore.toString()));
        List<Run> runs = new ArrayList<>();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
            double busy = ProcessFigures.machineBusySeconds();
            double ours = ours(process);
            double relay = relaySeconds();
            long begun = System.nanoTime();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                double others = ProcessFigures.machineBusySeconds() - busy - (ours(process) - ours);
                double[] figures = Arrays.stream(line.split(" ", -1))
                        .mapToDouble(Double::parseDouble)
                        .toArray();
                runs.add(new Run(
                        runs.isEmpty(),
                        figures[0],
                        figures[1],
                        figures[2],
                        figures[3],
                        relaySeconds() - relay,
                        Math.max(0, others / ((System.nanoTime() - begun) / 1e9))));
                System.err.print(runs.getLast().line());
                busy = ProcessFigures.machineBusySeconds();
                ours = ours(process);
                relay = relaySeconds();
                begun = System.nanoTime();
            }
        }
        if (process.waitFor() != 0 || runs.size() < keystores.size()) {
            throw new IOException("one that was away failed");
        }
        return runs;
    }

    private double relaySeconds() {
        return ProcessFigures.of(house.relay().pid()).cpuSeconds();
    }

    /// What the two processes and this one have used.
    private double ours(Process process) {
        double reader = process.isAlive() ? ProcessFigures.of(process.pid()).cpuSeconds() : 0;
        return reader + relaySeconds() + ProcessFigures.self().cpuSeconds();
    }

    private String page(List<Run> runs, long seals) {
        StringBuilder page = new StringBuilder("""
                ## Catching up

                %,d letters in one room by %d people, under %d seals; members who were away come back one after the other. Seconds from when a
                messenger begins to connect. "Started" is one whose process has just started, so that the JVM compiles meanwhile what it runs; "open"
                one whose process has done the same before.

                | messenger | first letter, ms | all stored and told, s | acknowledged on the relay's disk, s | messenger's CPU, s | relay's CPU, s | other cores busy |
                | --- | --- | --- | --- | --- | --- | --- |
                """.formatted(letters, WRITERS, seals));
        runs.forEach(run -> page.append(run.line()));
        for (boolean started : List.of(true, false)) {
            List<Run> some =
                    runs.stream().filter(run -> run.started() == started).toList();
            page.append(String.format(
                    Locale.ROOT,
                    "%nMedian, %s: %.2f s until all is told, %.2f s until all is acknowledged.%n",
                    started ? "started" : "open",
                    median(some, Run::toldMillis) / 1000,
                    median(some, Run::acknowledgedMillis) / 1000));
        }
        return page.toString();
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> what) {
        double[] sorted = runs.stream().mapToDouble(what).sorted().toArray();
        return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    }
}
