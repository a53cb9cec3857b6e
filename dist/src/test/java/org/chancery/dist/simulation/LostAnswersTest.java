package org.chancery.dist.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.RoomView;
import org.chancery.client.engine.EngineByHand.Cryptography;
import org.chancery.client.store.Line;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.record.EncodedRecord;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the relay has taken, and whoever asked for it has not been told.
final class LostAnswersTest {
    @TempDir
    private Path directory;

    private World world;
    private Person alice;
    private Person bob;

    @BeforeEach
    void twoPeople() throws Exception {
        world = new World(Cryptography.HASHED, directory, 1);
        alice = world.person("alice@lab.example");
        bob = world.person("bob@lab.example");
        world.settle();
    }

    @AfterEach
    void end() throws Exception {
        world.close();
    }

    @Test
    void theNextProcessLearnsOfTheRoomThatTheLastOneMade() throws Exception {
        alice.ask(new Command.CreateRoom(""));
        relayHears(alice);
        alice.gone();
        world.settle();
        assertThat(alice.rooms()).extracting(RoomView::state).containsExactly(RoomView.State.MEMBER);
    }

    @Test
    void aLetterThatWasTakenIsNotCalledUnsentWhereNobodyIsThereAnyLonger() throws Exception {
        alice.ask(new Command.SendText(Party.person(alice.address(), bob.address()), "hello"));
        relayHears(alice);
        bob.gone();
        world.days(40);
        comesBackAlone(alice);
        assertThat(lines(alice, Party.person(alice.address(), bob.address())))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.failure()).isEmpty();
                    assertThat(line.sequence()).hasValue(1);
                });
    }

    /// The relay has an earlier letter of the message than the newest that was signed: its author can hand it on.
    @Test
    void theLetterThatWasTakenIsTheOneThatIsProved() throws Exception {
        Party party = Party.person(alice.address(), bob.address());
        alice.ask(new Command.SendText(party, "hello"));
        relayHears(alice);
        alice.link().breakConnection();
        world.clock().pass(Duration.ofMinutes(10));
        world.settle();
        assertThat(proof(alice, party)).isPresent().isEqualTo(proof(bob, party));
    }

    private static Optional<String> proof(Person person, Party party) throws Exception {
        StoredLine line =
                person.store().history().newest(party.conversation(), 0, 100).getFirst();
        return person.store().history().evidence(line.id()).map(HexFormat.of()::formatHex);
    }

    @Test
    void whoLeftAndDidNotHearOfItMissesNothingOfTheTimeAfter() throws Exception {
        alice.ask(new Command.CreateRoom(""));
        world.settle();
        ConversationId room = alice.rooms().getFirst().id();
        comesIn(room);
        says(room, "among us two");
        bob.ask(new Command.ChangeRoom(room, new Act.Leave()));
        relayHears(bob);
        bob.gone();
        world.settle();
        says(room, "without him");
        comesIn(room);
        says(room, "with him again");
        List<Line> lines = lines(bob, Party.room(room));
        assertThat(lines).allSatisfy(line -> assertThat(line.failure()).isEmpty());
        assertThat(lines)
                .extracting(Line::body)
                .contains(Optional.of(new Body.Text("with him again")))
                .doesNotContain(Optional.of(new Body.Text("without him")));
    }

    @Test
    void anActThatWasTakenIsNotDoneOnceMoreHoweverLongTheAnswerIsAway() throws Exception {
        Set<EncodedRecord> acts = new HashSet<>();
        alice.link().outward(frame -> {
            if (frame instanceof Frame.SubmitMembership submitted) {
                acts.add(submitted.record());
            }
            return List.of(frame);
        });
        alice.ask(new Command.CreateRoom("lab"));
        takenAndLost(alice);
        assertThat(alice.rooms()).extracting(RoomView::title).containsExactly("lab");
        assertThat(acts).hasSize(1);
        ConversationId room = alice.rooms().getFirst().id();
        comesIn(room);
        alice.news();
        acts.clear();
        alice.ask(new Command.ChangeRoom(room, new Act.Remove(bob.address())));
        takenAndLost(alice);
        assertThat(failedActs(alice)).isEmpty();
        assertThat(acts).hasSize(1);
    }

    private void takenAndLost(Person person) throws Exception {
        relayHears(person);
        person.link().breakConnection();
        world.clock().pass(Duration.ofMinutes(5));
        world.settle();
    }

    private static List<String> failedActs(Person person) {
        return person.news().stream()
                .filter(Event.RoomActed.class::isInstance)
                .flatMap(event -> ((Event.RoomActed) event).failure().stream())
                .toList();
    }

    @Test
    void anActThatARelayRefusedBecauseItStopsIsDoneWhenItIsBack() throws Exception {
        boolean[] stops = {true};
        alice.link().outward(frame -> {
            if (frame instanceof Frame.SubmitMembership submitted && stops[0]) {
                stops[0] = false;
                alice.link()
                        .hear(Frame.Refused.request(submitted.id(), ProtocolError.SHUTTING_DOWN, "the relay stops"));
                return List.of();
            }
            return List.of(frame);
        });
        alice.ask(new Command.CreateRoom(""));
        everythingArrives();
        alice.link().breakConnection();
        world.settle();
        assertThat(failedActs(alice)).isEmpty();
        assertThat(alice.rooms()).hasSize(1);
    }

    private void everythingArrives() throws Exception {
        for (boolean any = true; any; ) {
            any = false;
            for (Person person : world.people()) {
                while (person.link().hasForRelay() || person.link().hasForClient()) {
                    any = true;
                    if (person.link().hasForRelay()) {
                        person.link().arriveAtRelay();
                    } else {
                        person.arriveAtClient(0);
                    }
                }
            }
        }
    }

    /// How long one waits for what was first counts from the refusal, and not from an earlier one of another act.
    @Test
    void anActWaitsForWhatWasFirstAsLongAsAnyOther() throws Exception {
        alice.ask(new Command.CreateRoom(""));
        world.settle();
        ConversationId room = alice.rooms().getFirst().id();
        alice.ask(new Command.ChangeRoom(room, new Act.Invite(bob.address(), Role.OWNER)));
        world.settle();
        bob.ask(new Command.ChangeRoom(room, new Act.Accept()));
        world.settle();
        alice.news();
        List<Frame> held = new ArrayList<>();
        overtaken(room, held, "carol@lab.example", "dan@lab.example");
        passes(Duration.ofSeconds(1));
        held.forEach(alice.link()::hear);
        everythingArrives();
        held.clear();
        passes(Duration.ofSeconds(7));
        overtaken(room, held, "eve@lab.example", "fred@lab.example");
        passes(Duration.ofSeconds(3));
        held.forEach(alice.link()::hear);
        everythingArrives();
        assertThat(failedActs(alice)).isEmpty();
    }

    private void passes(Duration time) throws Exception {
        world.clock().pass(time);
        alice.timePassed();
        everythingArrives();
    }

    /// Bob asks somebody in, which alice does not hear of; and she somebody else.
    private void overtaken(ConversationId room, List<Frame> held, String his, String hers) throws Exception {
        alice.link()
                .inward(frame -> (frame instanceof Frame.DeliverMembership || frame instanceof Frame.MembershipAnswer)
                                && held.add(frame)
                        ? List.of()
                        : List.of(frame));
        bob.ask(new Command.ChangeRoom(room, new Act.Invite(new Address(his), Role.MEMBER)));
        everythingArrives();
        alice.ask(new Command.ChangeRoom(room, new Act.Invite(new Address(hers), Role.MEMBER)));
        everythingArrives();
        alice.link().inward(List::of);
    }

    @Test
    void theNumberOfALetterThatWasTakenIsNotUsedAgainWhereItWasDeletedMeanwhile() throws Exception {
        Party two = Party.person(alice.address(), bob.address());
        alice.ask(new Command.SendText(two, "said"));
        relayHears(alice);
        alice.gone();
        alice.boot();
        for (StoredLine line : alice.store().history().newest(two.conversation(), 0, 100)) {
            alice.store().history().forget(line); // as another device of hers tells
        }
        world.clock().pass(Duration.ofMinutes(5));
        world.settle();
        alice.ask(new Command.SendText(two, "next"));
        world.settle();
        assertThat(lines(alice, two)).allSatisfy(line -> {
            assertThat(line.failure()).isEmpty();
            assertThat(line.sequence()).isPresent();
        });
    }

    @Test
    void aLetterThatTheRelayHasNoRoomForIsKeptOnceHoweverLongThatTakes() throws Exception {
        Party two = Party.person(alice.address(), bob.address());
        alice.link().outward(frame -> {
            if (frame instanceof Frame.Publish publish) {
                alice.link().hear(Frame.Refused.letter(publish.key(), ProtocolError.OUT_OF_SPACE, "full"));
                return List.of();
            }
            return List.of(frame);
        });
        alice.ask(new Command.SendText(two, "waits"));
        for (int minute = 0; minute < 30; minute++) {
            passes(Duration.ofMinutes(1));
        }
        assertThat(alice.store().outbox().entries().getFirst().letters()).hasSizeLessThan(3);
        alice.link().outward(List::of);
        world.settle();
        assertThat(alice.store().outbox().entries()).isEmpty();
    }

    private void comesIn(ConversationId room) throws Exception {
        alice.ask(new Command.ChangeRoom(room, new Act.Invite(bob.address(), Role.MEMBER)));
        world.settle();
        bob.ask(new Command.ChangeRoom(room, new Act.Accept()));
        world.settle();
    }

    private void says(ConversationId room, String text) throws Exception {
        alice.ask(new Command.SendText(Party.room(room), text));
        world.settle();
    }

    /// The answers of the relay stay on their way.
    private static void relayHears(Person person) throws Exception {
        while (person.link().hasForRelay() || person.link().hasForClient()) {
            if (person.link().hasForRelay()) {
                person.link().arriveAtRelay();
                if (person.link().hasBeenTaken()) {
                    return;
                }
            } else {
                person.arriveAtClient(0);
            }
        }
        throw new AssertionError("the relay has taken nothing");
    }

    private void comesBackAlone(Person person) throws Exception {
        for (int second = 0; second < 60; second++) {
            if (person.wantsConnection() && !person.link().hasForClient()) {
                person.connect();
            }
            while (person.link().hasForRelay() || person.link().hasForClient()) {
                if (person.link().hasForClient()) {
                    person.arriveAtClient(0);
                } else {
                    person.link().arriveAtRelay();
                }
            }
            world.clock().pass(Duration.ofSeconds(1));
            person.timePassed();
        }
    }

    private static List<Line> lines(Person person, Party party) throws Exception {
        return person.store().history().newest(party.conversation(), 0, 100).stream()
                .map(StoredLine::line)
                .toList();
    }
}
