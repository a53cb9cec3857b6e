package org.chancery.client.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.chancery.client.chat.RoomView;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.junit.jupiter.api.Test;

/// Whoever was out of a room for a while.
final class EngineRoomReturnTest extends Lab {
    @Test
    void missesNothingOfWhatWasSaidAmongOthersMeanwhile() throws Exception {
        TestClient a = online(alice);
        TestClient b = online(bob);
        ConversationId room = room(a, b);
        exchange(room, a, b, "while he is here");
        a.change(room, new Act.Remove(BOB));
        b.awaitRoom(room, view -> view.state() == RoomView.State.LEFT);

        a.send(room, "among us");
        join(room, a, b);
        exchange(room, a, b, "welcome back");
        assertThat(b.failures(room)).isEmpty();
    }
}
