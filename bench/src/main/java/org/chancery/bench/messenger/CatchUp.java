package org.chancery.bench.messenger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import org.chancery.bench.relay.ProcessFigures;
import org.chancery.client.engine.Command;
import org.chancery.client.engine.Event;
import org.chancery.client.engine.MessageState;
import org.chancery.client.engine.RoomView;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;

/// Ten thousand letters of one room, and members who were away when they were written: each comes back once, in a
/// process of its own that has just started, while nobody else does anything.
final class CatchUp {
    private static final int WRITERS = 4;
    private static final long MAX_SEALS = 150;

    /// What one member who was away says.
    ///
    /// @param otherCores what all other processes kept busy meanwhile, the relay not among them
    private record Run(
            double firstMillis,
            double toldMillis,
            double acknowledgedMillis,
            double cpuSeconds,
            double relayCpuSeconds,
            double otherCores) {
        String line(int number) {
            return String.format(
                    Locale.ROOT,
                    "| %d | %.0f | %.2f | %.2f | %.2f | %.2f | %.2f |%n",
                    number,
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
        for (Path keystore : absent) {
            all.add(comeBack(keystore, room));
            System.err.print(all.getLast().line(all.size()));
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
            for (int i = 0; i < runs; i++) {
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

    private Run comeBack(Path keystore, ConversationId room) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "--enable-native-access=ALL-UNNAMED",
                "-Dlogback.configurationFile=" + home.resolve("conf/logback-client.xml")));
        command.addAll(List.of(System.getProperty("messenger.jvm", "").trim().split("\\s+", -1)));
        command.removeIf(String::isEmpty);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Absentee.class.getName()));
        command.addAll(List.of(keystore.toString(), String.valueOf(house.relay().port())));
        command.addAll(List.of(house.database().toString(), room.hex(), String.valueOf(letters)));
        double busyBefore = ProcessFigures.machineBusySeconds();
        double relayBefore = ProcessFigures.of(house.relay().pid()).cpuSeconds();
        double selfBefore = ProcessFigures.self().cpuSeconds();
        long begun = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        if (process.waitFor() != 0) {
            throw new IOException("the one that was away failed");
        }
        double[] figures = Arrays.stream(said.trim().split(" ", -1))
                .mapToDouble(Double::parseDouble)
                .toArray();
        double seconds = (System.nanoTime() - begun) / 1e9;
        double relay = ProcessFigures.of(house.relay().pid()).cpuSeconds() - relayBefore;
        double ours = relay + figures[4] + ProcessFigures.self().cpuSeconds() - selfBefore;
        double others = (ProcessFigures.machineBusySeconds() - busyBefore - ours) / seconds;
        return new Run(figures[0], figures[1], figures[2], figures[3], relay, Math.max(0, others));
    }

    private String page(List<Run> runs, long seals) {
        StringBuilder page = new StringBuilder("""
                ## Catching up

                %,d letters in one room by %d people, under %d seals; a member who was away comes back, with a messenger that has just started.
                Seconds from when it begins to connect.

                | member | first letter, ms | all stored and told, s | acknowledged on the relay's disk, s | messenger's CPU, s | relay's CPU, s | other cores busy |
                | --- | --- | --- | --- | --- | --- | --- |
                """.formatted(letters, WRITERS, seals));
        for (int i = 0; i < runs.size(); i++) {
            page.append(runs.get(i).line(i + 1));
        }
        page.append(String.format(
                Locale.ROOT,
                "%nMedian: %.2f s until all is told, %.2f s until all is acknowledged.%n",
                median(runs, Run::toldMillis) / 1000,
                median(runs, Run::acknowledgedMillis) / 1000));
        return page.toString();
    }

    private static double median(List<Run> runs, ToDoubleFunction<Run> what) {
        double[] sorted = runs.stream().mapToDouble(what).sorted().toArray();
        return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    }
}
