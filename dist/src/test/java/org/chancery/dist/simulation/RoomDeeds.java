package org.chancery.dist.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.RoomView;
import org.chancery.client.store.Party;
import org.chancery.pki.name.Address;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;

/// What people do with rooms: make them, ask each other in, join, leave, put each other out, and write.
final class RoomDeeds {
    private static final int MOST_ROOMS = 4;

    private final World world;
    private final SplittableRandom dice;
    private int made;

    RoomDeeds(World world, SplittableRandom dice) {
        this.world = world;
        this.dice = dice;
    }

    /// Those in which somebody may write, each as often as there are people: a room is as likely as anybody.
    List<Party> of(Person person) {
        List<Party> parties = new ArrayList<>();
        for (RoomView room : person.rooms()) {
            if (room.state() == RoomView.State.MEMBER) {
                world.people().forEach(_ -> parties.add(Party.room(room.id())));
            }
        }
        return parties;
    }

    /// Somebody does something, by what they know.
    ///
    /// @return what
    String change(Person person) throws IOException {
        List<RoomView> known = person.rooms();
        if (inUse() < MOST_ROOMS && dice.nextInt(4) == 0) {
            made++;
            person.ask(new Command.CreateRoom("room " + made));
            return "room";
        }
        if (known.isEmpty()) {
            return "no room";
        }
        RoomView room = known.get(dice.nextInt(known.size()));
        Person other = world.people().get(dice.nextInt(world.people().size()));
        Act act = act(room, other.address());
        person.ask(new Command.ChangeRoom(room.id(), act));
        return act.getClass().getSimpleName();
    }

    private long inUse() {
        return world.people().stream()
                .flatMap(person -> person.rooms().stream())
                .filter(room -> room.state() == RoomView.State.MEMBER)
                .map(RoomView::id)
                .distinct()
                .count();
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
}
