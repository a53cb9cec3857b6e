package org.chancery.client.engine;

import java.util.Optional;
import org.chancery.client.room.Room;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;

/// What this device does when a room has another membership: what waits to be written there goes on, and
/// whoever it asked in learns what the room is called. The relay does not: a title is in letters, never in the
/// record.
final class RoomNews {
    private final Desk desk;
    private final Outgoing outgoing;
    private final Titles titles;

    RoomNews(Desk desk, Outgoing outgoing, Titles titles) {
        this.desk = desk;
        this.outgoing = outgoing;
        this.titles = titles;
    }

    void applied(Room room, Amendment amendment) throws StoreException {
        changed(room.id());
        if (!(amendment.entry() instanceof MembershipEntry.Change change)) {
            return;
        }
        switch (change.act()) {
            case Act.Invite(var address, var _) -> {
                if (amendment.device().equals(desk.device()) && !address.equals(desk.self())) {
                    outgoing.say(desk.person(address), new Body.Invitation(room.id(), title(room)));
                }
            }
            case Act.Accept() -> {
                boolean ours = room.inviter(amendment.actor()).equals(Optional.of(desk.device()));
                if (ours && room.belongs(desk.self()) && !title(room).isEmpty()) {
                    outgoing.say(Party.room(room.id()), new Body.Title(title(room)));
                }
            }
            case Act.Leave() -> {}
            case Act.Remove _ -> {}
        }
    }

    /// What waits to be written in a room can go on, and what was said of it can be understood.
    void changed(ConversationId room) throws StoreException {
        titles.known(room);
        outgoing.roomChanged(room);
    }

    private String title(Room room) throws StoreException {
        return desk.store()
                .conversations()
                .find(room.id())
                .map(Conversation::title)
                .orElse("");
    }
}
