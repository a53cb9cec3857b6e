package org.chancery.client.engine;

import java.util.Map;
import java.util.Optional;
import org.chancery.client.room.Room;
import org.chancery.client.room.RoomBook;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;
import org.chancery.client.store.StoredLine;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.protocol.content.Body;
import org.chancery.protocol.membership.Role;

/// What rooms are called: by the last of their owners to say so, in the order of the log; before one belongs to
/// a room, by the owner who asked one in.
final class Titles {
    /// An invitation that came before its room is among the last of what its sender said.
    private static final int LOOKED_THROUGH = 100;

    private final Desk desk;
    private final RoomBook rooms;
    private final Overview overview;

    Titles(Desk desk, RoomBook rooms, Overview overview) {
        this.desk = desk;
        this.rooms = rooms;
        this.overview = overview;
    }

    /// Something was said. Part of a commit.
    void said(Party where, Address from, Body body) throws StoreException {
        switch (body) {
            case Body.Title(String text) -> {
                if (isOwner(where.conversation(), from)) {
                    put(where.conversation(), text);
                }
            }
            case Body.Invitation(ConversationId room, String title) -> {
                boolean untitled = desk.store()
                        .conversations()
                        .find(room)
                        .map(Conversation::title)
                        .orElse("")
                        .isEmpty();
                if (untitled && !title.isEmpty() && isOwner(room, from)) {
                    put(room, title);
                }
            }
            default -> {} // says nothing of titles
        }
    }

    /// One has been asked into a room: what its owners have called it may have come before the record did.
    void known(ConversationId id) throws StoreException {
        Optional<Room> room =
                rooms.find(id).filter(it -> it.membership().invited().containsKey(desk.self()));
        if (room.isEmpty()) {
            return;
        }
        for (Map.Entry<Address, Role> member : room.get().membership().members().entrySet()) {
            if (member.getValue() == Role.OWNER) {
                ConversationId between = desk.person(member.getKey()).conversation();
                for (StoredLine line : desk.store()
                        .history()
                        .newest(between, 0, LOOKED_THROUGH)
                        .reversed()) {
                    if (line.line().from().equals(member.getKey())
                            && line.line().body().orElse(null) instanceof Body.Invitation invitation
                            && invitation.room().equals(id)) {
                        said(line.line().party(), member.getKey(), invitation);
                    }
                }
            }
        }
    }

    private boolean isOwner(ConversationId id, Address address) {
        Optional<Room> room = rooms.find(id);
        return room.isPresent() && room.get().membership().members().get(address) == Role.OWNER;
    }

    private void put(ConversationId room, String title) throws StoreException {
        desk.store().conversations().put(desk.conversation(Party.room(room)).titled(title));
        overview.titled(room, title);
    }
}
