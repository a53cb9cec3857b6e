package org.chancery.client.chat;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.client.store.Party;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;

/// One message of one conversation, as it lies in the store.
///
/// @param id grows with every message stored by this client; its identity in events
/// @param with the other side of the conversation, whoever wrote; empty for a room
/// @param device the sender's; empty where a letter failed before its sender was proved
/// @param mine written by this address, on this device or another of one's own
/// @param text what is said, or what happened, in words; empty where nothing could be read
/// @param body what is said; empty where nothing is, or nothing could be read
/// @param sentAt by the sender's clock
/// @param receivedAt when the relay took it, by the relay's clock; empty for what was sent from this device
/// @param sequence the place in the relay's log of this conversation, once it has one
/// @param failure one sentence, present exactly when `state` is [MessageState#FAILED]
/// @param standing what has come of it since
/// @param changes the id of the message that this one edits, deletes or reacts to, where that is here
public record Message(
        long id,
        ConversationId conversation,
        Optional<Address> with,
        Address from,
        Optional<DeviceId> device,
        boolean mine,
        String text,
        Optional<Body> body,
        Instant sentAt,
        Optional<Instant> receivedAt,
        OptionalLong sequence,
        MessageState state,
        Optional<String> failure,
        Standing standing,
        OptionalLong changes) {
    /// Whether it has a line of its own; else it is about another message, which shows it.
    public boolean isShown() {
        return body.filter(Body.Relation.class::isInstance).isEmpty();
    }

    /// Whom its conversation is with.
    public Party party() {
        return new Party(conversation, with);
    }

    /// Names the message without what it says, so that no log ever holds a conversation.
    @Override
    public String toString() {
        return "Message[id=" + id + ", conversation=" + conversation + ", state=" + state + "]";
    }
}
