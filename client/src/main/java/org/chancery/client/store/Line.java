package org.chancery.client.store;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.name.Address;
import org.chancery.pki.name.DeviceId;
import org.chancery.protocol.content.Body;

/// One line of a conversation's [History]: a message; or the note that something happened, that a message is missing,
/// or that one was not accepted.
///
/// @param party whom the conversation is with, whoever wrote
/// @param device the sender's; empty where a letter failed before its sender was proved
/// @param body what was said; empty where nothing was, or nothing could be read
/// @param sentAt by the sender's clock
/// @param receivedAt by the relay's clock; empty for what was sent from this device
/// @param sequence the place in the relay's log of this conversation, once it has one
/// @param note what happened in the conversation, as a sentence, where that is no message
/// @param failure why there is no message to read, or why it could not be sent
public record Line(
        Party party,
        Address from,
        Optional<DeviceId> device,
        boolean mine,
        Optional<Body> body,
        Instant sentAt,
        Optional<Instant> receivedAt,
        OptionalLong sequence,
        Optional<String> note,
        Optional<String> failure) {

    /// A message of this device, which is still to be sent.
    public static Line written(Party to, Address self, DeviceId device, Body body, Instant now) {
        return new Line(
                to,
                self,
                Optional.of(device),
                true,
                Optional.of(body),
                now,
                Optional.empty(),
                OptionalLong.empty(),
                Optional.empty(),
                Optional.empty());
    }

    public ConversationId conversation() {
        return party.conversation();
    }

    /// The same line, at its place in the relay's log.
    public Line published(long place) {
        return new Line(party, from, device, mine, body, sentAt, receivedAt, OptionalLong.of(place), note, failure);
    }

    /// The same line, which could not be sent.
    public Line failed(String why) {
        return new Line(party, from, device, mine, body, sentAt, receivedAt, sequence, note, Optional.of(why));
    }

    /// The same line, after what it said has been deleted.
    public Line forgotten() {
        return new Line(party, from, device, mine, Optional.empty(), sentAt, receivedAt, sequence, note, failure);
    }

    /// Whether it is a message that was deleted.
    public boolean isForgotten() {
        return body.isEmpty() && note.isEmpty() && failure.isEmpty();
    }

    /// Names the line without what it says.
    @Override
    public String toString() {
        return "Line[" + party + ", from=" + from + ", sequence=" + sequence + "]";
    }
}
