package org.chancery.client.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;

/// One line of a conversation's [History]: a message, or the note that one is missing or was not accepted.
///
/// @param with the other side of the conversation, whoever wrote
/// @param device the sender's; empty where a letter failed before its sender was proved
/// @param sentAt by the sender's clock
/// @param receivedAt by the relay's clock; empty for what was sent from this device
/// @param sequence the place in the relay's log of this conversation, once it has one
/// @param failure why there is no message to read, or why it could not be sent
public record Line(
        ConversationId conversation,
        Address with,
        Address from,
        Optional<DeviceId> device,
        boolean mine,
        String text,
        Instant sentAt,
        Optional<Instant> receivedAt,
        OptionalLong sequence,
        Optional<String> failure) {
    /// The same line, at its place in the relay's log.
    public Line published(long place) {
        return new Line(
                conversation, with, from, device, mine, text, sentAt, receivedAt, OptionalLong.of(place), failure);
    }

    /// The same line, which could not be sent.
    public Line failed(String why) {
        return new Line(conversation, with, from, device, mine, text, sentAt, receivedAt, sequence, Optional.of(why));
    }

    /// Names the line without what it says.
    @Override
    public String toString() {
        return "Line[with=" + with + ", from=" + from + ", sequence=" + sequence + "]";
    }
}
