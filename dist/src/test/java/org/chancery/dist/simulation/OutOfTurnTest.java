package org.chancery.dist.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chancery.client.chat.Command;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.protocol.frame.Frame;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;
import org.junit.jupiter.api.Test;

/// What comes while something in front of it waits for an answer.
final class OutOfTurnTest extends ThreePeople {
    @Test
    void anAnswerToAnActIsNoSignThatWhatWaitsIsMissing() throws Exception {
        ConversationId room = room();
        alice.ask(new Command.ChangeRoom(room, new Act.Invite(bob.address(), Role.OWNER)));
        world.settle();
        bob.ask(new Command.ChangeRoom(room, new Act.Accept()));
        world.settle();
        List<Frame> held = new ArrayList<>();
        bob.link()
                .inward(frame ->
                        frame instanceof Frame.DirectoryAnswer && held.add(frame) ? List.of() : List.of(frame));
        carol.ask(new Command.SendText(Party.person(carol.address(), bob.address()), "from a stranger"));
        world.settle();
        alice.ask(new Command.SendText(Party.room(room), "waits behind it"));
        world.settle();
        bob.ask(new Command.ChangeRoom(room, new Act.Invite(carol.address(), Role.MEMBER)));
        world.settle();
        bob.link().inward(List::of);
        held.forEach(bob.link()::hear);
        world.settle();

        assertThat(held).isNotEmpty();
        assertThat(Agreement.faults(world)).isEmpty();
    }

    @Test
    void anEntryWaitsForTheRecordWhateverItIsLookedAtAgainFor() throws Exception {
        ConversationId room = room();
        alice.ask(new Command.ChangeRoom(room, new Act.Invite(bob.address(), Role.MEMBER)));
        bob.link().outward(frame -> frame instanceof Frame.MembershipQuery ? List.of() : List.of(frame));
        world.settle(); // bob's question has not arrived
        world.clock().pass(Duration.ofHours(1));
        world.pki().advance(Duration.ofHours(1));
        world.relay().publish(world.pki().crlsAnew());
        world.settle();
        bob.link().outward(List::of);
        bob.link().breakConnection();
        world.settle();

        assertThat(Agreement.faults(world)).isEmpty();
        assertThat(bob.rooms()).hasSize(1);
    }

    private ConversationId room() throws Exception {
        alice.ask(new Command.CreateRoom("lab"));
        world.settle();
        return alice.rooms().getFirst().id();
    }
}
