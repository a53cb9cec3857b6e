package org.chancery.client.store;

import java.util.Optional;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;

/// Whom a conversation is with: one other person, oneself on other devices, or the members of a room.
///
/// @param person the other side; empty for a room
public record Party(ConversationId conversation, Optional<Address> person) {
    /// The conversation between `self` and `other`; with oneself where both are one.
    public static Party person(Address self, Address other) {
        return new Party(ConversationId.direct(self, other), Optional.of(other));
    }

    public static Party room(ConversationId room) {
        return new Party(room, Optional.empty());
    }

    public boolean isRoom() {
        return person.isEmpty();
    }
}
