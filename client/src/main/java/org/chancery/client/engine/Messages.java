package org.chancery.client.engine;

import org.chancery.client.store.Line;
import org.chancery.client.store.StoredLine;

/// From what lies in the store to what is shown.
final class Messages {
    private Messages() {}

    static Message of(StoredLine stored) {
        Line line = stored.line();
        return new Message(
                stored.id(),
                line.conversation(),
                line.party().person(),
                line.from(),
                line.device(),
                line.mine(),
                line.body().map(BodyWords::of).or(line::note).orElse(""),
                line.body(),
                line.sentAt(),
                line.receivedAt(),
                line.sequence(),
                state(line),
                line.failure());
    }

    private static MessageState state(Line line) {
        if (line.failure().isPresent()) {
            return MessageState.FAILED;
        }
        if (line.note().isPresent()) {
            return MessageState.NOTE;
        }
        if (!line.mine()) {
            return MessageState.RECEIVED;
        }
        return line.sequence().isPresent() ? MessageState.PUBLISHED : MessageState.QUEUED;
    }
}
