package org.chancery.dist.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.chancery.client.engine.Command;
import org.chancery.client.engine.EngineByHand;
import org.chancery.client.engine.Event;
import org.chancery.client.engine.RoomView;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;

/// One run: so many steps, each drawn from a seed, and at the end everybody is heard.
///
/// A step is one thing that happens somewhere: somebody says something or changes a room, a frame arrives, a connection
/// breaks, a process ends between two things it does or in the midst of a commit, the relay starts anew, time passes.
final class Simulation implements AutoCloseable {
    private static final int MOST_ROOMS = 4;

    /// What kind of run it is.
    ///
    /// @param rooms whether rooms are made and changed
    record Plan(EngineByHand.Cryptography cryptography, int people, boolean rooms) {}

    private final Plan plan;
    private final World world;
    private final SplittableRandom dice;
    private final Map<Person, Map<ConversationId, RoomView>> rooms = new LinkedHashMap<>();
    private final Map<String, Integer> done = new TreeMap<>();
    private int said;
    private int made;

    /// @param plan how many there are, and what they do
    Simulation(Plan plan, Path directory, long seed) throws Exception {
        this.plan = plan;
        this.world = new World(plan.cryptography(), directory, seed);
        this.dice = new SplittableRandom(seed);
        for (int i = 0; i < plan.people(); i++) {
            Person person = world.person("p%02d@lab.example".formatted(i));
            person.boot();
        }
        world.settle(); // everybody is known to the relay
    }

    World world() {
        return world;
    }

    /// What was done how often.
    Map<String, Integer> done() {
        return done;
    }

    void run(int steps) throws Exception {
        for (int i = 0; i < steps; i++) {
            step();
        }
        world.settle();
        look();
    }

    private void step() throws Exception {
        int draw = dice.nextInt(1000);
        if (draw < 720) {
            arrive();
        } else if (draw < 860) {
            say();
        } else if (draw < 890) {
            if (plan.rooms()) {
                changeRoom();
            }
        } else if (draw < 915) {
            pick(Person::isConnected, person -> {
                count("break");
                person.breakConnection();
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
                    person.crashAtSend(dice.nextInt(4));
                }
            });
        } else if (draw < 946) {
            count("relay restart");
            for (Person person : world.people()) {
                person.breakConnection();
            }
            world.relay().restart();
        } else if (draw < 970) {
            count("time");
            world.clock().pass(Duration.ofMillis(dice.nextInt(20_000)));
            for (Person person : world.people()) {
                person.timePassed();
            }
        } else {
            comeBack();
        }
        look();
    }

    private void count(String what) {
        done.merge(what, 1, Integer::sum);
    }

    private Map<ConversationId, RoomView> roomsOf(Person person) {
        return rooms.computeIfAbsent(person, _ -> new LinkedHashMap<>());
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
                .filter(person -> person.hasForClient() || person.hasForRelay())
                .toList();
        if (candidates.isEmpty()) {
            comeBack();
            return;
        }
        count("frame");
        Person person = candidates.get(dice.nextInt(candidates.size()));
        if (person.hasForClient() && (!person.hasForRelay() || dice.nextBoolean())) {
            person.arriveAtClient(dice.nextInt(2) * dice.nextInt(8));
        } else {
            person.arriveAtRelay();
        }
    }

    private void comeBack() throws Exception {
        pick(person -> !person.runs() || (person.wantsConnection() && !person.hasForClient()), person -> {
            if (person.runs()) {
                count("connect");
                person.connect();
            } else {
                count("start");
                roomsOf(person).clear();
                person.boot();
            }
        });
    }

    private void say() throws Exception {
        pick(Person::runs, person -> {
            List<Party> parties = new ArrayList<>();
            for (Person other : world.people()) {
                parties.add(Party.person(person.address(), other.address()));
            }
            roomsOf(person).values().stream()
                    .filter(room -> room.state() == RoomView.State.MEMBER)
                    .forEach(room -> {
                        for (int i = 0; i < world.people().size(); i++) {
                            parties.add(Party.room(room.id())); // as often as to anybody
                        }
                    });
            count("say");
            person.ask(new Command.SendText(parties.get(dice.nextInt(parties.size())), "text " + said++));
        });
    }

    private void changeRoom() throws Exception {
        pick(Person::runs, person -> {
            List<RoomView> known = List.copyOf(roomsOf(person).values());
            if (made < MOST_ROOMS || known.isEmpty()) {
                if (made < MOST_ROOMS) {
                    made++;
                    count("room");
                    person.ask(new Command.CreateRoom("room " + made));
                }
                return;
            }
            RoomView room = known.get(dice.nextInt(known.size()));
            Person other = world.people().get(dice.nextInt(world.people().size()));
            Act act = act(room, other.address());
            count(act.getClass().getSimpleName());
            person.ask(new Command.ChangeRoom(room.id(), act));
        });
    }

    private Act act(RoomView room, Address other) {
        if (room.state() == RoomView.State.INVITED) {
            return new Act.Accept();
        }
        int draw = dice.nextInt(10);
        if (draw < 7) {
            return new Act.Invite(other, dice.nextBoolean() ? Role.OWNER : Role.MEMBER);
        }
        return draw < 9 ? new Act.Remove(other) : new Act.Leave();
    }

    /// Takes in what clients have told of their rooms.
    private void look() {
        for (Person person : world.people()) {
            for (Event event : person.news()) {
                if (event instanceof Event.RoomsChanged(List<RoomView> views)) {
                    Map<ConversationId, RoomView> known = roomsOf(person);
                    known.clear();
                    views.forEach(view -> known.put(view.id(), view));
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        world.close();
    }
}
