package org.chancery.client.chat;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.protocol.membership.Role;

/// A room, as of one moment, by what its members have signed.
///
/// @param title what its people call it; empty where nobody has said
/// @param members who belongs to it, and as what
/// @param invited who is asked in and has not answered
/// @param last the newest message
/// @param unread how many messages of others came since it was last opened
public record RoomView(
        ConversationId id,
        String title,
        State state,
        SortedMap<Address, Role> members,
        SortedMap<Address, Role> invited,
        Optional<Message> last,
        int unread) {
    /// What one is to it.
    public enum State {
        INVITED,
        MEMBER,
        /// One has left it, or was removed.
        LEFT
    }

    public RoomView {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        invited = Collections.unmodifiableSortedMap(new TreeMap<>(invited));
    }
}
