package org.chancery.client.engine;

import org.chancery.protocol.content.Body;

/// What a message says, in words for whatever shows nothing but words.
final class BodyWords {
    private BodyWords() {}

    static String of(Body body) {
        return switch (body) {
            case Body.Text text -> text.text();
            case Body.Edit edit -> "changed a message: " + edit.text();
            case Body.Delete _ -> "deleted a message";
            case Body.Reaction reaction -> (reaction.takenBack() ? "took back " : "reacted with ") + reaction.emoji();
            case Body.File file -> file.text().isEmpty() ? file.name() : file.name() + ": " + file.text();
            case Body.ReadNote _ -> "has read this";
            case Body.Ask _ -> "asks for messages again";
            case Body.Resend _ -> "hands on a message that was missing";
            case Body.History _ -> "hands messages to a new device";
            case Body.Sync _ -> "a note among one's own devices";
            case Body.Title(String text) -> "calls the room " + text;
            case Body.Invitation(var _, String title) ->
                "asks you into " + (title.isEmpty() ? "a room" : "the room " + title);
            case Body.Unknown unknown -> "a kind of message that this version does not know (" + unknown.field() + ")";
        };
    }
}
