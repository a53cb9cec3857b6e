package org.chancery.client.engine;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.client.chat.Command;
import org.chancery.client.chat.ProblemKind;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Party;
import org.chancery.client.store.RoomEntry;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.MembershipEntry;

/// Where the relay's log has become another one, it may have lost the last entries of rooms. Each room's record
/// is asked for anew; until it has come nothing is written in the room, and nothing of it shown.
///
/// What is lost was done by somebody, whose device does it once more. Until then whoever had left or been removed gets
/// nothing, whatever the relay says: a log that only pretends to be restored lets nobody in.
final class Restoration {
    private final Desk desk;
    private final RoomBook rooms;
    private final Overview overview;
    private final Set<ConversationId> unsure = new LinkedHashSet<>();
    private final Deque<Command.ChangeRoom> again = new ArrayDeque<>();
    private Optional<String> seen = Optional.empty(); // the incarnation that is remembered once all is settled

    Restoration(Desk desk, RoomBook rooms, Overview overview) {
        this.desk = desk;
        this.rooms = rooms;
        this.overview = overview;
        for (Room room : rooms.all()) {
            finish(room); // what an earlier process has not come to
        }
    }

    /// Somebody whom this device removed, or who left by it, does not belong to the room because the relay has lost
    /// that.
    private void finish(Room room) {
        for (MembershipEntry.Act act : room.undone(desk.device())) {
            Command.ChangeRoom change = new Command.ChangeRoom(room.id(), act);
            if (!again.contains(change)) {
                again.add(change);
            }
        }
    }

    /// The relay's log is another one than was seen before. It is remembered as seen once every room is sure again: a
    /// start in between begins anew.
    void begin(String incarnation) throws StoreException {
        seen = Optional.of(incarnation);
        desk.store().conversations().begunAnotherLog();
        desk.store().readMarks().forget();
        rooms.all().forEach(room -> unsure.add(room.id()));
        remember();
    }

    private void remember() throws StoreException {
        if (unsure.isEmpty() && seen.isPresent()) {
            desk.store().settings().putIncarnation(seen.get());
            seen = Optional.empty();
        }
    }

    /// Those whose record is to be asked for.
    Set<ConversationId> unsure() {
        return new LinkedHashSet<>(unsure);
    }

    boolean isUnsure(ConversationId conversation) {
        return unsure.contains(conversation);
    }

    /// A room's record has been shown up to its end.
    ///
    /// @param last the hash of its last entry; empty where the relay shows none
    void settled(ConversationId id, Optional<Digest> last) throws StoreException {
        unsure.remove(id);
        Optional<Room> room = rooms.find(id);
        if (room.isPresent() && last.isEmpty()) {
            desk.store().commit(() -> rooms.lose(id));
            desk.problems()
                    .tell(
                            ProblemKind.RELAY_RESTORED,
                            "the relay has lost " + overview.title(Party.room(id)) + "; what was said in it stays here",
                            "make another room: client rooms create");
            overview.roomsMayHaveChanged();
        } else if (room.isPresent()
                && !last.get().equals(room.get().membership().head())) {
            cutBack(id, last.get());
        }
        if (rooms.find(id).isPresent()) {
            finish(rooms.find(id).get());
        }
        remember();
    }

    /// A room's record goes on from here, or ends here: what came after is lost.
    void cutBack(ConversationId id, Digest last) throws StoreException {
        List<RoomEntry> lost = new ArrayList<>();
        desk.store().commit(() -> lost.addAll(rooms.cutBack(id, last)));
        lost.forEach(this::doAgain);
        desk.problems()
                .tell(
                        ProblemKind.RELAY_RESTORED,
                        "the relay has lost " + lost.size() + " changes of the members of "
                                + overview.title(Party.room(id)) + "; who made them makes them again");
        overview.roomsMayHaveChanged();
    }

    private void doAgain(RoomEntry entry) {
        Amendment amendment = entry.amendment();
        if (amendment.device().equals(desk.device()) && amendment.entry() instanceof MembershipEntry.Change change) {
            Command.ChangeRoom act = new Command.ChangeRoom(entry.room(), change.act());
            if (!again.contains(act)) {
                again.add(act);
            }
        }
    }

    /// What this device did and the relay has lost, to be done once more.
    Optional<Command.ChangeRoom> next() throws StoreException {
        Optional<Command.ChangeRoom> next = Optional.ofNullable(again.peek());
        if (next.isPresent() && isUnsure(next.get().room())) {
            return Optional.empty(); // its record comes first
        }
        again.poll();
        return next;
    }
}
