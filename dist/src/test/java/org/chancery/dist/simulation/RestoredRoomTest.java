package org.chancery.dist.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.Event;
import org.chancery.client.chat.RoomView;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.frame.MembershipPlace;
import org.chancery.protocol.frame.ProtocolError;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.Test;

/// What becomes of a room whose record is asked for anew, whatever the relay answers.
final class RestoredRoomTest extends ThreePeople {
    /// The question for all of it is put off by a busy relay, and another, for the end alone, is answered meanwhile.
    @Test
    void isNotLostWhereOneAnswerShowsNothingBehindItsEnd() throws Exception {
        ConversationId room = room();
        world.relay().copy();
        invites(room, bob);
        boolean[] busy = {true};
        alice.link().outward(frame -> {
            if (frame instanceof Frame.MembershipQuery query && busy[0]) {
                busy[0] = false;
                alice.link()
                        .hear(Frame.Refused.request(query.id(), ProtocolError.TOO_MANY, "busy")
                                .retryAfter(Optional.of(Duration.ofSeconds(1))));
                return List.of();
            }
            return List.of(frame);
        });
        restored();
        alice.ask(new Command.ChangeRoom(room, new Act.Invite(carol.address(), Role.MEMBER)));
        world.settle();

        assertThat(alice.rooms()).extracting(RoomView::id).containsExactly(room);
        assertThat(alice.rooms().getFirst().invited()).containsOnlyKeys(bob.address(), carol.address());
    }

    @Test
    void endsWhereTheLastEntryIsThatHolds() throws Exception {
        ConversationId room = room();
        List<MembershipPlace> elsewhere = new ArrayList<>();
        alice.link().outward(frame -> {
            if (frame instanceof Frame.SubmitMembership submitted) {
                elsewhere.add(new MembershipPlace(9, world.clock().instant(), submitted.record()));
            }
            return List.of(frame);
        });
        room();
        world.relay().copy();
        invites(room, bob);
        alice.link()
                .inward(frame -> frame instanceof Frame.MembershipAnswer answer
                        ? more(answer, elsewhere.getFirst())
                        : List.of(frame));
        restored();
        world.settle();
        alice.ask(new Command.SendText(Party.room(room), "still here"));
        world.settle();

        assertThat(alice.rooms()).extracting(RoomView::id).contains(room);
        assertThat(alice.messages(Party.room(room)))
                .anyMatch(message -> message.text().equals("still here")
                        && message.sequence().isPresent());
    }

    /// Else whoever comes after the first who cannot be judged would be taken for lost.
    @Test
    void waitsForTheListsByWhichItsEntriesAreJudged() throws Exception {
        ConversationId room = room();
        invites(room, bob);
        world.relay().copy();
        invites(room, carol);
        Duration longerThanListsHold = Duration.ofDays(20);
        world.clock().pass(longerThanListsHold);
        world.pki().advance(longerThanListsHold);
        restored();
        world.settle();
        assertThat(problems(alice)).anyMatch(it -> it.contains("changes of a room's members wait"));
        world.relay().publish(world.pki().crlsAnew());
        world.settle();

        assertThat(problems(alice)).noneMatch(it -> it.contains("has lost the room"));
        assertThat(alice.rooms().getFirst().invited()).containsOnlyKeys(bob.address(), carol.address());
    }

    /// What was refused because its sender was back by the relay's word alone can be asked for once they have been
    /// asked
    /// in anew.
    @Test
    void whatSomebodySaidInBetweenIsShownInItsPlaceOnceTheyAreAskedInAnew() throws Exception {
        ConversationId room = room();
        comesIn(room, bob);
        comesIn(room, carol);
        world.relay().copy();
        bob.gone();
        alice.ask(new Command.ChangeRoom(room, new Act.Remove(bob.address())));
        world.settle(List.of(alice, carol));
        restored();
        bob.boot();
        bob.ask(new Command.SendText(Party.room(room), "in between"));
        world.settle(List.of(bob, carol));
        assertThat(texts(carol, room)).isEmpty();
        world.settle();
        comesIn(room, bob);
        bob.ask(new Command.SendText(Party.room(room), "afterwards"));
        world.settle();
        for (StoredLine line : Remedies.missing(carol, 100)) {
            carol.ask(new Command.AskAgain(line.id()));
        }
        world.settle();

        assertThat(texts(carol, room)).containsExactly("in between", "afterwards");
    }

    private void comesIn(ConversationId room, Person person) throws Exception {
        invites(room, person);
        person.ask(new Command.ChangeRoom(room, new Act.Accept()));
        world.settle();
    }

    private static List<String> texts(Person person, ConversationId room) throws Exception {
        return person.store().history().newest(room, 0, 100).stream()
                .flatMap(line -> line.line().body().stream())
                .filter(Body.Text.class::isInstance)
                .map(body -> ((Body.Text) body).text())
                .toList();
    }

    private static List<String> problems(Person person) {
        return person.told().stream()
                .filter(Event.Problem.class::isInstance)
                .map(event -> ((Event.Problem) event).sentence())
                .toList();
    }

    private static List<Frame> more(Frame.MembershipAnswer answer, MembershipPlace last) {
        List<MembershipPlace> entries = new ArrayList<>(answer.entries());
        entries.add(last);
        return List.of(new Frame.MembershipAnswer(answer.id(), answer.conversation(), entries, false));
    }

    private ConversationId room() throws Exception {
        alice.ask(new Command.CreateRoom("lab"));
        world.settle();
        return alice.rooms().getFirst().id();
    }

    private void invites(ConversationId room, Person person) throws Exception {
        alice.ask(new Command.ChangeRoom(room, new Act.Invite(person.address(), Role.MEMBER)));
        world.settle();
    }

    private void restored() throws Exception {
        world.people().forEach(person -> person.link().breakConnection());
        world.relay().restore();
    }
}
