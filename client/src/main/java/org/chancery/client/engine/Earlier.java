package org.chancery.client.engine;

import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.store.Conversation;
import org.chancery.client.store.Line;
import org.chancery.client.store.Party;
import org.chancery.client.store.StoreException;

/// The places on a new device for what was said before it was there: its own lines begin behind them.
final class Earlier {
    private Earlier() {}

    /// While it waits to be approved, and has stored nothing.
    static void leaveRoom(Desk desk) throws StoreException {
        Line nothing = new Line(
                desk.person(desk.self()),
                desk.self(),
                Optional.of(desk.device()),
                true,
                Optional.empty(),
                desk.clock().instant(),
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
        desk.store().commit(() -> desk.store().history().leaveFree(HandingOver.MAX_LETTERS, nothing));
    }

    /// Where the next older line goes; 0 where there is no room before what is here.
    static long place(Desk desk) throws StoreException {
        return desk.store().history().lastFree();
    }

    /// What was said before the device was there counts as read on it. Part of a commit.
    static void read(Desk desk, Party party, long place) throws StoreException {
        Conversation conversation = desk.conversation(party);
        if (place > conversation.readUpTo()) {
            desk.store().conversations().put(conversation.read(place));
        }
    }
}
