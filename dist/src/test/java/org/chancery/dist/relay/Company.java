package org.chancery.dist.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.chancery.dist.Program;
import org.chancery.pki.keystore.Identity;

/// Twenty people who write to each other in pairs, through whatever becomes of their relay, and everything that they
/// and
/// its database know of it.
final class Company {
    /// Of one person, to be greeted.
    private static final int ATTEMPTS = 3;

    static final int PEOPLE = 20;

    private final RelayHouse house;
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<Correspondent> people = new ArrayList<>();
    private final StoredLetters stored = new StoredLetters();

    Company(RelayHouse house, Random random) throws Exception {
        this.house = house;
        for (Identity identity : house.people(PEOPLE)) {
            people.add(new Correspondent(house.pki(), identity, random.nextLong(), faults::add));
        }
        for (int i = 0; i < PEOPLE; i += 2) {
            converse(people.get(i), people.get(i + 1));
        }
    }

    private void converse(Correspondent one, Correspondent other) throws Exception {
        one.take(
                new Correspondence(one.identity(), other.identity(), house.pki().now(), faults::add));
        other.take(
                new Correspondence(other.identity(), one.identity(), house.pki().now(), faults::add));
    }

    /// Connects everybody once, so that everybody can be written to.
    void introduce() throws Exception {
        Program first = house.start();
        joinAndWait();
        first.kill();
        awaitParting();
    }

    void talk(Duration pace) {
        people.forEach(person -> person.talk(pace));
    }

    void beQuiet() throws InterruptedException {
        for (Correspondent person : people) {
            person.beQuiet();
        }
    }

    void join() {
        people.forEach(person -> person.join(house.port()));
    }

    void joinAndWait() throws InterruptedException {
        join();
        awaitGreeting();
    }

    void awaitGreeting() throws InterruptedException {
        for (Correspondent person : people) {
            boolean greeted = person.awaitGreeting();
            for (int again = 1; again < ATTEMPTS && !greeted; again++) {
                person.join(house.port()); // its handshake was not over in time, on a busy machine
                greeted = person.awaitGreeting();
            }
            assertThat(greeted).as("greeted").isTrue();
        }
    }

    void awaitParting() throws InterruptedException {
        for (Correspondent person : people) {
            person.awaitParting();
        }
    }

    /// What the dead relay has left of letters that were not answered.
    ///
    /// @param stored some are in the log
    /// @param missing some are not
    record Unanswered(boolean stored, boolean missing) {}

    /// Looks at what the dead relay has left: everything answered has to be there, where the answer said.
    Unanswered look() throws SQLException {
        stored.read(house.database());
        boolean there = false;
        boolean missing = false;
        for (Correspondent person : people) {
            for (String letter : person.waiting()) {
                there |= stored.has(letter);
                missing |= !stored.has(letter);
            }
        }
        compareWithStore();
        assertThat(faults).isEmpty();
        return new Unanswered(there, missing);
    }

    private void compareWithStore() {
        for (Correspondent person : people) {
            for (Correspondence each : person.conversations()) {
                each.log().forEach((place, known) -> {
                    if (!stored.at(each.conversation(), place)
                            .filter(known::same)
                            .isPresent()) {
                        faults.add("known to a client, and not stored: place " + place + ", " + known.letter());
                    }
                });
            }
        }
    }

    /// A last life, without a kill: everything that waits arrives, and everybody has the same.
    void settle() throws Exception {
        Program relay = house.start();
        joinAndWait();
        for (Correspondent person : people) {
            person.awaitAnswers();
        }
        for (int i = 0; i < PEOPLE; i += 2) {
            Correspondence one = people.get(i).conversations().getFirst();
            Correspondence other = people.get(i + 1).conversations().getFirst();
            long head = Math.max(one.head(), other.head());
            people.get(i).awaitPlace(one.conversation(), head);
            people.get(i + 1).awaitPlace(one.conversation(), head);
        }
        relay.terminate();
        assertThat(relay.awaitExit()).isZero();
        awaitParting();
        stored.read(house.database());
        for (Correspondent person : people) {
            for (Correspondence each : person.conversations()) {
                each.checkWhole();
                assertThat((long) each.log().size()).as("letters stored").isEqualTo(stored.size(each.conversation()));
            }
        }
        compareWithStore();
        assertThat(faults).isEmpty();
    }

    List<Correspondence> conversations() {
        return people.stream().flatMap(each -> each.conversations().stream()).toList();
    }
}
