package org.chancery.dist.relay;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.ToLongFunction;
import org.chancery.dist.Program;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.keystore.Identity;
import org.chancery.pki.name.Address;
import org.chancery.pki.sealing.RecipientKey;

/// Twenty people who write to each other, in pairs and in rooms of five that people leave and are asked into, through
/// whatever becomes of their relay; and everything that they and its database know of it.
final class Company {
    /// Of one person, to be greeted.
    private static final int ATTEMPTS = 3;

    static final int PEOPLE = 20;
    private static final int IN_A_ROOM = 5;

    private final RelayHouse house;
    private final Notary notary;
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final Map<Address, Correspondent> people = new HashMap<>();
    private final List<Address> addresses = new ArrayList<>();
    private StoredPlaces stored;
    private int restorations;
    private int rooms;

    Company(RelayHouse house, Random random) throws Exception {
        this.house = house;
        List<Identity> identities = house.people(PEOPLE);
        this.notary = new Notary(house.pki(), identities.getFirst().chain().issuers());
        this.stored = new StoredPlaces(notary);
        Map<Address, RecipientKey> devices = new HashMap<>();
        for (Identity identity : identities) {
            addresses.add(identity.address());
            devices.put(identity.address(), RecipientKey.of(identity.chain().leaf()));
        }
        var directory =
                new Correspondence.Directory(devices, notary, house.pki().now());
        for (Identity identity : identities) {
            people.put(
                    identity.address(),
                    new Correspondent(house.pki(), identity, directory, random.nextLong(), faults::add));
        }
        for (int i = 0; i < PEOPLE; i += 2) {
            person(i).converse(addresses.get(i + 1));
            person(i + 1).converse(addresses.get(i));
        }
        foundRooms();
    }

    private Correspondent person(int number) {
        return Objects.requireNonNull(people.get(addresses.get(number)));
    }

    /// Begins a room for each five of them, each time with the next of the five as its owner.
    void foundRooms() {
        for (int first = 0; first < PEOPLE; first += IN_A_ROOM) {
            person(first + rooms / (PEOPLE / IN_A_ROOM) % IN_A_ROOM).found(addresses.subList(first, first + IN_A_ROOM));
            rooms++;
        }
    }

    /// Connects everybody once, so that everybody can be written to.
    void introduce() throws Exception {
        Program first = house.start();
        joinAndWait();
        first.kill();
        awaitParting();
    }

    void talk(Duration pace) {
        people.values().forEach(person -> person.talk(pace));
    }

    void beQuiet() throws InterruptedException {
        for (Correspondent person : people.values()) {
            person.beQuiet();
        }
    }

    void join() {
        people.values().forEach(person -> person.join(house.port()));
    }

    void joinAndWait() throws InterruptedException {
        join();
        awaitGreeting();
    }

    void awaitGreeting() throws InterruptedException {
        for (Correspondent person : people.values()) {
            boolean greeted = person.awaitGreeting();
            for (int again = 1; again < ATTEMPTS && !greeted; again++) {
                person.join(house.port()); // its handshake was not over in time, on a busy machine
                greeted = person.awaitGreeting();
            }
            assertThat(greeted).as("greeted").isTrue();
        }
    }

    void awaitParting() throws InterruptedException {
        for (Correspondent person : people.values()) {
            person.awaitParting();
        }
    }

    /// What the dead relay has left of what was not answered.
    ///
    /// @param stored some is in the log
    /// @param missing some is not
    record Unanswered(boolean stored, boolean missing) {}

    /// Looks at what the dead relay has left: everything answered has to be there, where the answer said, and nothing
    /// that was refused.
    Unanswered look() throws SQLException {
        stored.read(house.database());
        boolean there = false;
        boolean missing = false;
        for (Correspondent person : people.values()) {
            for (String waiting : person.waiting()) {
                there |= stored.has(waiting);
                missing |= !stored.has(waiting);
            }
        }
        compareWithStore();
        assertThat(faults).isEmpty();
        return new Unanswered(there, missing);
    }

    private void compareWithStore() {
        people.forEach((address, person) -> person.each(each -> {
            each.seen().places().forEach((place, known) -> {
                if (stored.at(each.conversation(), place).filter(known::equals).isEmpty()) {
                    faults.add("known to a client, and not stored: place " + place + ", " + known.name());
                }
            });
            each.seen().late().forEach((place, what) -> {
                if (stored.isFor(address, each.conversation(), place)) {
                    faults.add(what);
                }
            });
            for (String hash : each.letters().abandoned()) {
                if (stored.hasHash(hash)) {
                    faults.add("refused, and stored: " + hash);
                }
            }
        }));
    }

    /// How far anybody knows each conversation to go.
    Map<ConversationId, Long> heads() {
        Map<ConversationId, Long> heads = new HashMap<>();
        people.values()
                .forEach(person -> person.each(
                        each -> heads.merge(each.conversation(), each.seen().head(), Math::max)));
        return heads;
    }

    /// The relay that comes next runs on a copy. What anybody knew when that was begun is in it, as it was known; what
    /// lies behind it is lost, and everybody is told so when they come.
    ///
    /// @param before what was known when the copy was begun
    /// @return how many letters and entries the log had, and the copy has not
    int restored(Map<ConversationId, Long> before) throws SQLException {
        int had = stored.letters() + stored.entries();
        stored = new StoredPlaces(notary);
        stored.read(house.database());
        before.forEach((conversation, head) -> {
            if (stored.head(conversation) < head) {
                faults.add("known before the copy was begun, and not in it: place " + head + " of " + conversation.hex()
                        + ", which goes to " + stored.head(conversation));
            }
        });
        ToLongFunction<ConversationId> heads = stored::head;
        people.values().forEach(person -> person.expectAnotherLog(heads));
        restorations++;
        compareWithStore();
        stored.checkTranscripts(faults::add);
        assertThat(faults).isEmpty();
        return had - stored.letters() - stored.entries();
    }

    /// Two last lives, without a kill: in the first everything that waits is answered, in the second everything is
    /// brought. Then everybody has what is theirs, and everybody has the same.
    void settle() throws Exception {
        Program relay = house.start();
        joinAndWait();
        for (Correspondent person : people.values()) {
            person.awaitAnswers();
        }
        stop(relay);
        relay = house.start();
        joinAndWait();
        for (Correspondent person : people.values()) {
            person.awaitBacklog();
            person.awaitAnswers();
        }
        stop(relay);
        stored.read(house.database());
        compareWithStore();
        stored.checkTranscripts(faults::add);
        people.forEach(this::checkWhole);
        assertThat(faults).isEmpty();
        for (Correspondent person : people.values()) {
            assertThat(person.toldOfAnotherLog()).as("told of another log").isEqualTo(restorations);
        }
    }

    private void stop(Program relay) throws InterruptedException {
        relay.terminate();
        assertThat(relay.awaitExit()).isZero();
        awaitParting();
    }

    /// Everything that is for somebody is there, and no letter that is not; where the room stands, they know.
    private void checkWhole(Address address, Correspondent person) {
        Map<ConversationId, Correspondence> known = new HashMap<>();
        person.each(each -> known.put(each.conversation(), each));
        known.values().forEach(each -> each.seen().checkTranscript());
        for (ConversationId conversation : stored.conversations()) {
            Correspondence own = known.get(conversation);
            stored.places(conversation).forEach((place, placed) -> {
                boolean theirs = (own != null || stored.room(conversation).isPresent())
                        && stored.isFor(address, conversation, place);
                boolean there = own != null && own.seen().places().containsKey(place);
                if (theirs && !there) {
                    faults.add(address + " lacks place " + place + " of " + conversation.hex() + ": " + placed.name());
                } else if (!theirs && there && !placed.isEntry()) {
                    faults.add(address + " was brought a letter that is not for them: place " + place + " of "
                            + conversation.hex());
                }
            });
            stored.room(conversation).map(Attendance::last).ifPresent(room -> {
                if (room.knows(address)
                        && (own == null || !own.book().membership().equals(Optional.of(room)))) {
                    faults.add(address + " does not know where the room stands: " + room);
                }
            });
        }
    }

    /// What was written and done, and what it took.
    ///
    /// @param letters answered, also those that a copy did not have
    /// @param deeds membership entries answered
    /// @param rewritten letters refused, mostly for a seal that was outdated by then, and written anew
    /// @param late membership entries refused, for there was another one before them
    /// @param retries letters sent again
    /// @param again letters and entries brought again
    record Figures(long letters, long deeds, long rewritten, long late, long retries, long again, int rooms) {}

    Figures figures() {
        long[] sums = new long[6];
        people.values()
                .forEach(person -> person.each(each -> {
                    sums[0] += each.letters().published();
                    sums[1] += each.deeds().done();
                    sums[2] += each.letters().abandoned().size();
                    sums[3] += each.deeds().late();
                    sums[4] += each.letters().retries();
                    sums[5] += each.seen().deliveredAgain();
                }));
        return new Figures(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], rooms);
    }
}
