package org.chancery.dist.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.chancery.client.chat.Command;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoredLine;
import org.chancery.protocol.content.Body;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A store that is a backup again, in a world that has gone on.
final class RestoredStoreTest extends ThreePeople {
    private Party party;

    @BeforeEach
    void conversation() {
        party = Party.person(alice.address(), bob.address());
    }

    /// Places of a log that the relay has lost since are other letters' by now.
    @Test
    void fetchesWhatLiesAtPlacesThatItKnewInAnotherLog() throws Exception {
        says("first");
        world.relay().copy();
        says("second");
        says("third");
        alice.backUp();
        world.people().forEach(person -> person.link().breakConnection());
        world.relay().restore();
        world.settle();
        says("fourth");
        alice.restore();
        world.settle();
        assertThat(texts(alice)).containsExactly("first", "second", "third", "fourth");
    }

    /// What is said before the first connection makes a conversation known, and says nothing of what was said in it.
    @Test
    void fetchesWhatBeganSinceWhereSomethingHasBeenSaidAlready() throws Exception {
        alice.backUp();
        says("first");
        alice.restore();
        alice.boot();
        alice.ask(new Command.SendText(party, "second"));
        world.settle();
        says("third");
        assertThat(texts(alice)).containsExactlyInAnyOrder("first", "second", "third");
        assertThat(Agreement.faults(world)).isEmpty();
    }

    /// The relay has lost how far its keys had come as well: others have not, and take no lower number.
    @Test
    void receivesWithAKeyThatNobodyTakesForAnOldOne() throws Exception {
        alice.backUp();
        world.relay().copy();
        for (int key = 2; key <= 4; key++) {
            world.days(8);
            world.settle();
            says("to key " + key);
        }
        world.people().forEach(person -> person.link().breakConnection());
        world.relay().restore();
        alice.restore();
        world.settle();
        says("to the next");
        assertThat(texts(alice)).contains("to the next");
    }

    /// Nor for the one that it had before it was lost a second time, in the same minute.
    @Test
    void receivesWithAnotherKeyHoweverSoonItIsLostAgain() throws Exception {
        alice.backUp();
        world.relay().copy();
        alice.restore();
        alice.boot();
        alice.connect();
        World.arrive(alice);
        bob.ask(new Command.SendText(Party.person(bob.address(), alice.address()), "to the first key"));
        World.arrive(bob);
        world.people().forEach(person -> person.link().breakConnection());
        world.clock().pass(Duration.ofSeconds(10));
        world.relay().restore();
        alice.restore();
        world.settle();
        says("to the second");
        assertThat(texts(alice)).contains("to the second");
    }

    private void says(String text) throws Exception {
        bob.ask(new Command.SendText(Party.person(bob.address(), alice.address()), text));
        world.settle();
    }

    private List<String> texts(Person person) throws Exception {
        return person.store().history().newest(party.conversation(), 0, 100).stream()
                .map(StoredLine::line)
                .flatMap(line -> line.body().stream())
                .filter(Body.Text.class::isInstance)
                .map(body -> ((Body.Text) body).text())
                .toList();
    }
}
