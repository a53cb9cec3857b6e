package org.chancery.client.terminal;

import org.chancery.client.engine.Message;
import org.chancery.client.engine.MessageState;
import org.chancery.console.Json;
import org.chancery.console.JsonObject;

/// A message as `listen --json` and `history --json` print it.
public final class JsonLines {
    private JsonLines() {}

    /// One document, on one line.
    ///
    /// @param title what people call the conversation: for one between two, the other's display name
    public static String of(Message message, String title) {
        JsonObject json =
                Json.object().put("conversation", message.conversation().hex()).put("title", title);
        message.sequence().ifPresent(sequence -> json.put("sequence", sequence));
        json.put("from", message.from().value());
        message.device().ifPresent(device -> json.put("device", device.hex()));
        json.put("sentAt", message.sentAt());
        message.receivedAt().ifPresent(receivedAt -> json.put("receivedAt", receivedAt));
        boolean failed = message.state() == MessageState.FAILED;
        json.put("kind", kind(message));
        if (failed) {
            json.putIfPresent("failure", message.failure());
        } else {
            json.put("text", message.text());
        }
        return json.put("trust", failed ? "none" : "verified").text();
    }

    private static String kind(Message message) {
        return switch (message.state()) {
            case FAILED -> "failure";
            case NOTE -> "note";
            case QUEUED, PUBLISHED, RECEIVED -> "text";
        };
    }
}
