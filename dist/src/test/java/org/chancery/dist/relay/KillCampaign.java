package org.chancery.dist.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.chancery.dist.Program;
import org.chancery.pki.envelope.ConversationId;

/// Kills a relay again and again under the letters of twenty people and the changes of their rooms, at the calls by
/// which it writes its log and speaks to clients, and holds everybody's view to what the relay promises: what was
/// answered is there, once, in one order, for everybody. Now and then its data are gone with it, and a copy takes their
/// place.
final class KillCampaign implements AutoCloseable {
    private static final int KILLED = 128 + 9;
    /// Some 500 letters a second, many in each commit.
    private static final Duration PACE = Duration.ofMillis(40);
    /// So slow that each commit has a letter or two, and everything is answered before the next.
    private static final Duration SLOW = Duration.ofMillis(300);
    /// A life is over after at most so many calls, beyond those of the start, of the kind it dies at, on one thread.
    private static final int LONGEST = 150;

    /// The writer takes its locks so slowly that it is mostly found between taking a letter and writing it.
    private static final int LOCK_MICROS = 8000;
    /// The lines on standard output before anybody writes a letter.
    private static final int WRITES_OF_THE_START = 30;
    /// A kill from outside comes at most so long after everybody is there.
    private static final int LATEST_MILLIS = 1500;
    private static final int KILLS_A_COPY = 30;
    private static final int KILLS_A_ROOM = 30;

    private static final String COPY = "relay.backup";

    private final RelayHouse house;
    private final Path trace;
    private final Random random;
    private final Company company;
    private final Map<Moment, Integer> moments = new EnumMap<>(Moment.class);
    private final Map<String, Integer> calls = new TreeMap<>();
    private int kills;
    private int copies;
    private int lost;

    /// @param directory empty
    /// @param seed of the places of the kills and of the clients' pace, as far as a busy machine keeps to it
    KillCampaign(Path directory, long seed) throws Exception {
        house = RelayHouse.in(directory);
        trace = house.path("trace");
        random = new Random(seed);
        company = new Company(house, random);
    }

    /// Kills that often, and more until a tenth of them has fallen into each moment, but at most twice as often.
    ///
    /// @return where they fell, as a page
    String run(int wanted) throws Exception {
        company.introduce();
        int atLeast = wanted / 10;
        while (kills < wanted || (moments.getOrDefault(rarest(), 0) < atLeast && kills < 2 * wanted)) {
            live();
            if (kills % KILLS_A_ROOM == 0) {
                company.foundRooms();
            }
            if (kills % KILLS_A_COPY == Math.min(wanted, KILLS_A_COPY) - 1) {
                loseTheDisk();
            }
        }
        company.beQuiet();
        company.settle();
        return page();
    }

    /// One life of a relay, up to its kill.
    private void live() throws Exception {
        Moment aim = rarest();
        company.talk(aim == Moment.AFTER_ANSWER ? SLOW : PACE);
        Injury injury = injuryFor(aim);
        Program relay = house.startBelow(injury.strace(trace));
        boolean accepted = house.awaitListening(relay);
        if (accepted) {
            company.join();
        }
        if (injury.fromOutside()) {
            company.awaitGreeting();
            TimeUnit.MILLISECONDS.sleep(random.nextInt(LATEST_MILLIS));
            relay.killChildren();
        }
        int code = relay.awaitExit();
        company.awaitParting();
        assertThat(code).as(() -> "exit code; " + relay.errorLines()).isEqualTo(KILLED);
        look(accepted);
    }

    /// One life of a relay that is copied under load, and gone with its data some time later.
    private void loseTheDisk() throws Exception {
        company.talk(PACE);
        Program relay = house.start();
        company.joinAndWait();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LATEST_MILLIS));
        Map<ConversationId, Long> before = company.heads();
        house.copyLog(COPY);
        TimeUnit.MILLISECONDS.sleep(random.nextInt(LATEST_MILLIS));
        relay.kill();
        company.awaitParting();
        company.look();
        house.restore(COPY);
        lost += company.restored(before);
        copies++;
    }

    /// The moment that has had the fewest kills.
    private Moment rarest() {
        return Stream.of(Moment.BEFORE_APPEND, Moment.BEFORE_FSYNC, Moment.BEFORE_ANSWER, Moment.AFTER_ANSWER)
                .min(Comparator.comparing(moment -> moments.getOrDefault(moment, 0)))
                .orElseThrow();
    }

    /// What most often makes a kill fall into a moment.
    private Injury injuryFor(Moment moment) {
        boolean even = random.nextBoolean();
        int nth = 1 + random.nextInt(LONGEST);
        return switch (moment) {
            case BEFORE_APPEND -> new Injury("fcntl:delay_enter=" + LOCK_MICROS, true);
            case BEFORE_FSYNC -> Injury.killedAt(even ? "fsync" : "pwrite64", nth);
            case AFTER_ANSWER -> even ? Injury.killedAt("write", WRITES_OF_THE_START + nth) : new Injury("", true);
            // Opening the log takes some hundred locks: with this few, it dies there.
            default ->
                random.nextInt(10) == 0
                        ? Injury.killedAt("fcntl", nth)
                        : Injury.killedAt("write", WRITES_OF_THE_START + nth);
        };
    }

    /// How a relay is brought to its end.
    ///
    /// @param injection as `strace` wants it; empty for none
    /// @param fromOutside killed at a random time, not by `strace`
    private record Injury(String injection, boolean fromOutside) {
        static Injury killedAt(String call, int nth) {
            return new Injury(call + ":signal=SIGKILL:when=" + nth, false);
        }

        List<String> strace(Path trace) {
            return injection.isEmpty() ? LogTrace.strace(trace) : LogTrace.strace(trace, injection);
        }
    }

    private void look(boolean accepted) throws IOException, SQLException {
        Company.Unanswered left = company.look();
        LogTrace seen = LogTrace.read(trace);
        kills++;
        moments.merge(accepted ? seen.moment(left.stored(), left.missing()) : Moment.AT_START, 1, Integer::sum);
        calls.merge(seen.last(), 1, Integer::sum);
        // What an earlier life had written and not synced is answered for from now on: it has to be synced first.
        assertThat(seen.spokeBeforeSync())
                .as("spoke to clients before what was found in the log was synced")
                .isFalse();
    }

    private String page() {
        Company.Figures figures = company.figures();
        StringBuilder page = new StringBuilder("# Where the kills of the relay fell\n\n");
        page.append(String.format(
                Locale.ROOT,
                "%d kills under the letters of %d people in pairs and in %d rooms. Answered: %d letters and %d"
                        + " membership entries, each at its place with everybody whom it is for; refused as outdated %d"
                        + " letters and %d entries; sent again %d letters, brought again %d places.%n%n",
                kills,
                Company.PEOPLE,
                figures.rooms(),
                figures.letters(),
                figures.deeds(),
                figures.rewritten(),
                figures.late(),
                figures.retries(),
                figures.again()));
        page.append(String.format(
                Locale.ROOT,
                "%d times the disk was lost and a copy took its place, made under load: with it %d letters and entries"
                        + " that came after it; everybody was told each time.%n%n",
                copies,
                lost));
        page.append("| Moment | kills |\n| --- | ---: |\n");
        for (Moment moment : Moment.values()) {
            page.append(String.format("| %s | %d |%n", moment.words(), moments.getOrDefault(moment, 0)));
        }
        page.append("\n| Died at, or last did | kills |\n| --- | ---: |\n");
        calls.forEach((call, count) -> page.append(String.format("| %s | %d |%n", call, count)));
        return page.append('\n').toString();
    }

    @Override
    public void close() {
        try {
            company.beQuiet();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            house.close();
        }
    }
}
