package org.chancery.client.control;

import org.chancery.client.engine.Command;

/// A text that somebody wants sent.
///
/// @param to an address or, for a room, its name
/// @param room whether it goes to a room
/// @param replyTo the id of the message that it answers; 0: none
public record Errand(String to, boolean room, String text, long replyTo) {
    static final int MAX_NAME = 254; // an address is no longer, and no title

    /// @throws IllegalArgumentException for a text that no message carries, or a long name
    public Errand {
        if (to.isEmpty() || to.length() > MAX_NAME) {
            throw new IllegalArgumentException("a name of " + to.length() + " characters");
        }
        Command.requireText(text);
        if (replyTo < 0) {
            throw new IllegalArgumentException("message " + replyTo + ", messages are counted from 1");
        }
    }

    /// A text that answers nothing.
    ///
    /// @throws IllegalArgumentException for a text that no message carries, or a long name
    public Errand(String to, boolean room, String text) {
        this(to, room, text, 0);
    }

    /// Names the addressee only.
    @Override
    public String toString() {
        return "Errand[" + to + "]";
    }
}
