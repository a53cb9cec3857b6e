package org.chancery.dist.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.RoomView;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.name.Address;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;

/// What people do about what they read: they ask for what is missing, and owners remove once more those of whom the
/// relay has lost that they had gone.
final class Remedies {
    private static final int ALL = 1_000_000;
    private static final int MOST_ROUNDS = 20;

    private final World world;

    Remedies(World world) {
        this.world = world;
    }

    /// Everybody does all of it, until nothing is left that helps.
    void take() throws Exception {
        Set<String> left = Set.of("");
        for (int round = 0; round < MOST_ROUNDS && !left.isEmpty(); round++) {
            Set<String> before = left;
            left = new LinkedHashSet<>();
            for (Person person : world.people()) {
                removeOnceMore(person, left);
                for (StoredLine line : missing(person, ALL)) {
                    left.add(person.address() + " lacks " + line.id());
                    person.ask(new Command.AskAgain(line.id()));
                }
            }
            world.settle();
            if (left.equals(before)) {
                return;
            }
        }
    }

    /// The lines by which somebody knows that letters are missing.
    ///
    /// @param most of a conversation's newest lines that they look at
    static List<StoredLine> missing(Person person, int most) throws IOException {
        List<StoredLine> missing = new ArrayList<>();
        for (Conversation conversation : person.store().conversations().all()) {
            for (StoredLine line : person.store().history().newest(conversation.id(), 0, most)) {
                if (line.line().failure().isPresent()
                        && person.store().missing().find(line.id()).isPresent()) {
                    missing.add(line);
                }
            }
        }
        return missing;
    }

    private void removeOnceMore(Person person, Set<String> done) throws IOException {
        for (RoomView room : person.rooms()) {
            boolean owner =
                    room.state() == RoomView.State.MEMBER && room.members().get(person.address()) == Role.OWNER;
            if (!owner) {
                continue;
            }
            for (Address member : readmitted(person, room)) {
                if (room.members().containsKey(member)) {
                    done.add(person.address() + " removes " + member + " from " + room.id());
                    person.ask(new Command.ChangeRoom(room.id(), new Act.Remove(member)));
                }
            }
        }
    }

    /// Who is back, as the newest failure in a room says.
    private static List<Address> readmitted(Person person, RoomView room) throws IOException {
        List<Address> readmitted = List.of();
        for (StoredLine line : person.store().history().newest(room.id(), 0, ALL)) {
            Optional<String> failure = line.line().failure();
            if (failure.isPresent()) {
                readmitted = failure.get().endsWith("(READMITTED)")
                        ? List.of(line.line().from())
                        : Fates.lostEnds(failure.get());
            }
        }
        return readmitted;
    }
}
