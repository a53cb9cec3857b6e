package org.chancery.dist.simulation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.chancery.client.engine.EngineByHand;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.pki.testing.TestPki;
import org.jspecify.annotations.Nullable;

/// What a simulation takes place in: an authority, a clock, a relay, and people with their devices.
final class World implements AutoCloseable {
    private final SeededKeys keys;
    private final TestPki pki;
    private final WorldClock clock = new WorldClock(TestPki.NOW);
    private final EngineByHand.Cryptography cryptography;
    private final Path directory;
    private final long seed;
    private final RelayByHand relay;
    private final List<Person> people = new ArrayList<>();
    private final Map<String, Address> said = new HashMap<>();
    private @Nullable Consumer<String> trace;

    World(EngineByHand.Cryptography cryptography, Path directory, long seed) throws Exception {
        this.cryptography = cryptography;
        this.directory = directory;
        this.seed = seed;
        this.keys = new SeededKeys(seed);
        this.pki = TestPki.allRsa(keys, new SeededRandom(~seed));
        this.relay = new RelayByHand(pki, clock, directory.resolve("relay.db"), new SeededRandom(seed));
    }

    /// Somebody, whose process has not been started.
    Person person(String address) {
        int number = people.size();
        Person person = new Person(
                pki.client(address),
                this,
                directory.resolve("device" + number),
                seed ^ (number + 1L) * 0x9e3779b97f4a7c15L);
        people.add(person);
        return person;
    }

    /// Somebody says something that nobody has said before.
    void said(String text, Address by) {
        said.put(text, by);
    }

    /// Who said something.
    Optional<Address> speaker(String text) {
        return Optional.ofNullable(said.get(text));
    }

    /// Whose device it is.
    Person holder(DeviceId device) {
        return people.stream()
                .filter(person -> person.identity().deviceId().equals(device))
                .findFirst()
                .orElseThrow();
    }

    /// Tells of everything that happens, a line each.
    void trace(Consumer<String> to) {
        trace = to;
    }

    void note(Supplier<String> what) {
        if (trace != null) {
            trace.accept(what.get());
        }
    }

    SeededKeys keys() {
        return keys;
    }

    TestPki pki() {
        return pki;
    }

    WorldClock clock() {
        return clock;
    }

    EngineByHand.Cryptography cryptography() {
        return cryptography;
    }

    RelayByHand relay() {
        return relay;
    }

    List<Person> people() {
        return people;
    }

    /// Days go by, in which nobody is connected; the authority has published new lists.
    void days(int days) throws IOException {
        people.forEach(person -> person.link().breakConnection());
        Duration time = Duration.ofDays(days);
        clock.pass(time);
        pki.advance(
                Duration.ofSeconds(Duration.between(pki.now(), clock.instant()).toSeconds()));
        relay.publish(pki.crlsAnew());
        for (Person person : people) {
            person.timePassed();
        }
    }

    /// Lets everything arrive that is on the way, whoever is away come back, and what was put off be done,
    /// until nothing more happens.
    void settle() throws Exception {
        settle(people);
    }

    /// The same for some; whoever else is away stays away.
    void settle(List<Person> some) throws Exception {
        boolean busy = true;
        for (int round = 0; busy; round++) {
            if (round > MOST_ROUNDS) {
                throw new AssertionError("it does not come to rest");
            }
            busy = false;
            for (Person person : some) {
                person.spare();
                if (!person.runs()) {
                    person.boot();
                }
                if (person.wantsConnection() && !person.link().hasForClient()) {
                    person.connect();
                }
                busy |= arrive(person);
            }
            if (!busy && round < QUIET_ROUNDS) {
                busy = true;
                clock.pass(Duration.ofSeconds(SECONDS_A_ROUND));
                for (Person person : some) {
                    person.timePassed();
                }
            }
        }
    }

    private static final int MOST_ROUNDS = 100_000;
    private static final int QUIET_ROUNDS = 40;
    private static final int SECONDS_A_ROUND = 5;

    /// Lets everything arrive that is on the way between a device and the relay. No time passes.
    ///
    /// @return whether there was something
    static boolean arrive(Person person) throws Exception {
        boolean any = false;
        while (person.link().hasForClient() || person.link().hasForRelay()) {
            any = true;
            if (person.link().hasForClient()) {
                person.arriveAtClient(0);
            }
            if (person.link().hasForRelay()) {
                person.link().arriveAtRelay();
            }
        }
        return any;
    }

    @Override
    public void close() throws IOException {
        for (Person person : people) {
            person.gone();
        }
        relay.close();
    }
}
