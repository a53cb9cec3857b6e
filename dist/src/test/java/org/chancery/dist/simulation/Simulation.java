package org.chancery.dist.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.chancery.client.chat.Command;
import org.chancery.client.engine.EngineByHand;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoredLine;

/// One run: so many steps, each drawn from a seed, and at the end everybody is heard.
///
/// A step is one thing that happens somewhere: somebody says or reads something or changes a room, a frame arrives, a
/// connection breaks, a process ends between two things it does or in the midst of a commit, the relay starts anew,
/// time passes.
final class Simulation implements AutoCloseable {
    /// All certificates are good for longer.
    private static final int MOST_DAYS = 360;

    private static final int MOST_JUMPS = 100;
    private static final int FORTNIGHT = 14;

    /// Lines of a conversation that somebody has before their eyes.
    private static final int SCREEN = 20;

    /// What kind of run it is.
    ///
    /// @param second how many of them have a second device
    /// @param rooms whether rooms are made and changed
    /// @param days whether days pass, so that keys are renewed
    /// @param restores whether the relay's log becomes an earlier copy now and then
    /// @param losses whether somebody loses a store now and then, and goes on with its backup
    record Plan(
            EngineByHand.Cryptography cryptography,
            int people,
            int second,
            boolean rooms,
            boolean days,
            boolean restores,
            boolean losses) {
        /// With all of it.
        static Plan whole(EngineByHand.Cryptography cryptography, int people, int second) {
            return new Plan(cryptography, people, second, true, true, true, true);
        }
    }

    private final Plan plan;
    private final World world;
    private final SplittableRandom dice;
    private final RoomDeeds rooms;
    private final Remedies remedies;
    private final Map<String, Integer> done = new TreeMap<>();
    private int said;
    private int daysGone;
    private int unheard; // for so many days some letters may have waited

    /// @param plan how many there are, and what they do
    Simulation(Plan plan, Path directory, long seed) throws Exception {
        this.plan = plan;
        this.world = new World(plan.cryptography(), directory, seed);
        this.dice = new SplittableRandom(seed);
        this.rooms = new RoomDeeds(world, dice);
        this.remedies = new Remedies(world);
        for (int i = 0; i < plan.people(); i++) {
            world.person(address(i)).boot();
        }
        world.settle(); // everybody is known to the relay
        for (int i = 0; i < plan.second(); i++) {
            Person second = world.person(address(i));
            second.boot();
            world.settle();
            world.people()
                    .get(i)
                    .ask(new Command.ApproveDevice(second.identity().deviceId()));
            world.settle();
        }
    }

    private static String address(int person) {
        return "p%02d@lab.example".formatted(person);
    }

    World world() {
        return world;
    }

    /// What was done how often.
    Map<String, Integer> done() {
        return done;
    }

    void run(int steps) throws Exception {
        int jump = Math.max(100, steps / MOST_JUMPS);
        for (int i = 0; i < steps; i++) {
            if (plan.days() && i % jump == jump - 1 && daysGone < MOST_DAYS) {
                int days = 1 + dice.nextInt(2 * MOST_DAYS / MOST_JUMPS);
                count("days");
                daysGone += days;
                unheard += days;
                if (unheard > FORTNIGHT) { // the relay keeps letters for thirty days
                    world.settle();
                    unheard = days;
                }
                world.days(days);
            }
            step();
            world.people().forEach(Person::news); // nobody asks for it later
        }
        world.settle();
    }

    /// Everybody asks for what they miss, and does once more what was lost.
    void remedy() throws Exception {
        remedies.take();
    }

    private void step() throws Exception {
        int draw = dice.nextInt(1000);
        if (draw < 720) {
            arrive();
        } else if (draw < 860) {
            say();
        } else if (draw < 890) {
            if (plan.rooms()) {
                pick(Person::runs, person -> count(rooms.change(person)));
            }
        } else if (draw < 915) {
            pick(person -> person.link().isConnected(), person -> {
                count("break");
                person.link().breakConnection();
            });
        } else if (draw < 930) {
            pick(Person::runs, person -> {
                count("crash");
                person.gone();
            });
        } else if (draw < 945) {
            pick(Person::runs, person -> {
                count("crash armed");
                if (dice.nextBoolean()) {
                    person.crashAtWrite(dice.nextInt(6));
                } else {
                    person.link().crashAtSend(dice.nextInt(4));
                }
            });
        } else if (draw < 948) {
            relay();
        } else if (draw < 949) {
            store();
        } else if (draw < 954) {
            askAgain();
        } else if (draw < 966) {
            count("time");
            world.clock().pass(Duration.ofMillis(dice.nextInt(20_000)));
            for (Person person : world.people()) {
                person.timePassed();
            }
        } else if (draw < 974) {
            read();
        } else {
            comeBack();
        }
    }

    /// Somebody looks at a conversation: what is in it is read.
    private void read() throws Exception {
        pick(Person::runs, person -> {
            count("read");
            person.ask(new Command.OpenConversation(anyOf(person)));
        });
    }

    /// One of the conversations that somebody may have.
    private Party anyOf(Person person) {
        List<Party> parties = new ArrayList<>();
        for (Person other : world.people()) {
            parties.add(Party.person(person.address(), other.address()));
        }
        parties.addAll(rooms.of(person));
        return parties.get(dice.nextInt(parties.size()));
    }

    /// Somebody reads that something is missing, and asks for it.
    private void askAgain() throws Exception {
        pick(Person::runs, person -> {
            List<StoredLine> missing = Remedies.missing(person, SCREEN);
            if (!missing.isEmpty()) {
                count("ask");
                person.ask(new Command.AskAgain(
                        missing.get(dice.nextInt(missing.size())).id()));
            }
        });
    }

    /// Its process ends, and another one starts on what the disk holds; or, its disk lost, on a copy.
    private void relay() throws Exception {
        for (Person person : world.people()) {
            person.link().breakConnection();
        }
        int draw = dice.nextInt(4);
        if (draw == 0 && plan.restores()) {
            count("relay copy");
            world.relay().copy();
        } else if (draw == 1 && plan.restores() && world.relay().hasCopy()) {
            count("relay restore");
            world.relay().restore();
        } else {
            count("relay restart");
            world.relay().restart();
        }
    }

    /// Somebody makes a backup, or loses all else and goes on with the last one.
    private void store() throws Exception {
        if (!plan.losses()) {
            return;
        }
        pick(_ -> true, person -> {
            if (dice.nextBoolean()) {
                count("store backup");
                person.backUp();
            } else if (person.disk().hasBackup()) {
                count("store restore");
                person.restore();
            }
        });
    }

    private void count(String what) {
        done.merge(what, 1, Integer::sum);
    }

    /// Something to do with somebody.
    private interface Deed {
        void with(Person person) throws Exception;
    }

    private void pick(Predicate<Person> whom, Deed deed) throws Exception {
        List<Person> candidates = world.people().stream().filter(whom).toList();
        if (!candidates.isEmpty()) {
            deed.with(candidates.get(dice.nextInt(candidates.size())));
        }
    }

    private void arrive() throws Exception {
        List<Person> candidates = world.people().stream()
                .filter(person -> person.link().hasForClient() || person.link().hasForRelay())
                .toList();
        if (candidates.isEmpty()) {
            comeBack();
            return;
        }
        count("frame");
        Person person = candidates.get(dice.nextInt(candidates.size()));
        if (person.link().hasForClient() && (!person.link().hasForRelay() || dice.nextBoolean())) {
            person.arriveAtClient(dice.nextInt(2) * dice.nextInt(8));
        } else {
            person.link().arriveAtRelay();
        }
    }

    private void comeBack() throws Exception {
        pick(
                person -> !person.runs()
                        || (person.wantsConnection() && !person.link().hasForClient()),
                person -> {
                    if (person.runs()) {
                        count("connect");
                        person.connect();
                    } else {
                        count("start");
                        person.boot();
                    }
                });
    }

    private void say() throws Exception {
        pick(Person::runs, person -> {
            count("say");
            person.ask(new Command.SendText(anyOf(person), "text " + said++));
        });
    }

    @Override
    public void close() throws IOException {
        world.close();
    }
}
