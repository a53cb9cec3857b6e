package org.chancery.dist.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.chancery.client.chat.Command;
import org.chancery.client.store.Line;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.Test;

/// What becomes of honest people's letters where the relay's log is an earlier copy of what it was.
final class RestoredLogTest extends ThreePeople {
    @Test
    void whoeverHasALetterThatTheLogLostGetsNoOtherUnderItsNumber() throws Exception {
        Party two = Party.person(alice.address(), bob.address());
        says(alice, two, "before");
        world.relay().copy();
        alice.ask(new Command.SendText(two, "taken, read and lost"));
        relayHears(alice);
        alice.link().breakConnection(); // before the answer
        world.settle(List.of(bob));
        restored();
        says(alice, two, "after");

        assertThat(Agreement.faults(world)).isEmpty();
        assertThat(texts(bob, two)).containsExactly("before", "taken, read and lost", "taken, read and lost", "after");
        assertThat(texts(alice, two)).containsExactly("before", "taken, read and lost", "after");
    }

    @Test
    void aLetterIsHandedOnOnlyToWhomItWasWrittenAsTheRecordStands() throws Exception {
        ConversationId room = room();
        comesIn(room, bob);
        says(alice, Party.room(room), "to the two of us");
        world.relay().copy();
        bob.gone();
        comesIn(List.of(alice, carol), room, carol);
        alice.ask(new Command.SendText(Party.room(room), "to the three of us, lost"));
        world.settle(List.of(alice, carol));
        restored();
        says(alice, Party.room(room), "after");
        new Remedies(world).take();

        assertThat(Agreement.faults(world)).isEmpty();
        for (Person person : List.of(alice, bob, carol)) {
            assertThat(failures(person, Party.room(room))).noneMatch(it -> it.contains("MEMBERSHIP_MISMATCH"));
        }
    }

    @Test
    void aRoomInWhichOneDevicesKeyIsNotTheNewestIsToldSo() throws Exception {
        ConversationId room = room();
        comesIn(room, bob);
        world.relay().copy();
        world.days(8);
        world.settle();
        says(alice, Party.room(room), "to the newest key");
        bob.gone();
        restored();
        alice.ask(new Command.SendText(Party.room(room), "while he is away"));
        world.settle(List.of(alice));

        assertThat(failures(alice, Party.room(room))).anyMatch(it -> it.contains("until it has been online again"));
    }

    /// Nobody is brought what they have said themselves.
    @Test
    void aPlaceOfOnesOwnInTheCopyIsNotMissed() throws Exception {
        Party two = Party.person(alice.address(), bob.address());
        Party back = Party.person(bob.address(), alice.address());
        alice.link().inward(frame -> frame instanceof Frame.Deliver ? List.of() : List.of(frame));
        says(bob, back, "first");
        says(alice, two, "second");
        says(bob, back, "third");
        alice.link().inward(List::of);
        world.relay().copy();
        restored();
        world.settle();

        assertThat(Agreement.faults(world)).isEmpty();
        assertThat(texts(alice, two)).containsExactlyInAnyOrder("first", "second", "third");
    }

    private ConversationId room() throws Exception {
        alice.ask(new Command.CreateRoom("lab"));
        world.settle();
        return alice.rooms().getFirst().id();
    }

    private void comesIn(ConversationId room, Person person) throws Exception {
        comesIn(world.people(), room, person);
    }

    private void comesIn(List<Person> there, ConversationId room, Person person) throws Exception {
        alice.ask(new Command.ChangeRoom(room, new Act.Invite(person.address(), Role.MEMBER)));
        world.settle(there);
        person.ask(new Command.ChangeRoom(room, new Act.Accept()));
        world.settle(there);
    }

    private void says(Person person, Party to, String text) throws Exception {
        person.ask(new Command.SendText(to, text));
        world.settle();
    }

    private void restored() throws Exception {
        world.people().forEach(person -> person.link().breakConnection());
        world.relay().restore();
    }

    private static void relayHears(Person person) throws Exception {
        while (!person.link().hasBeenTaken()) {
            if (person.link().hasForRelay()) {
                person.link().arriveAtRelay();
            } else {
                person.arriveAtClient(0);
            }
        }
    }

    private static List<Line> lines(Person person, Party party) throws Exception {
        return person.store().history().newest(party.conversation(), 0, 100).stream()
                .map(StoredLine::line)
                .toList();
    }

    private static List<String> texts(Person person, Party party) throws Exception {
        return lines(person, party).stream()
                .flatMap(line -> line.body().stream())
                .filter(Body.Text.class::isInstance)
                .map(body -> ((Body.Text) body).text())
                .toList();
    }

    private static List<String> failures(Person person, Party party) throws Exception {
        return lines(person, party).stream()
                .map(Line::failure)
                .flatMap(Optional::stream)
                .toList();
    }
}
