package org.chancery.client.control;

import java.nio.file.Path;
import java.util.Optional;
import org.chancery.client.engine.Command;

/// Something that somebody wants done, by whichever process owns the store.
public sealed interface Errand {
    /// A text, a file, or a file with a text is to be sent.
    ///
    /// @param to an address or, for a room, its name
    /// @param room whether it goes to a room
    /// @param text empty only with a file
    /// @param file absolute
    /// @param replyTo the id of the message that a text answers; 0: none
    record Say(String to, boolean room, String text, Optional<Path> file, long replyTo) implements Errand {
        static final int MAX_NAME = 254; // an address is no longer, and no title

        /// @throws IllegalArgumentException for a text that no message carries, or a long name
        public Say {
            if (to.isEmpty() || to.length() > MAX_NAME) {
                throw new IllegalArgumentException("a name of " + to.length() + " characters");
            }
            if (file.isEmpty() || !text.isEmpty()) {
                Command.requireText(text);
            }
            if (replyTo < 0 || (replyTo > 0 && file.isPresent())) {
                throw new IllegalArgumentException("a text answers a message, which are counted from 1");
            }
        }

        /// Names the addressee only.
        @Override
        public String toString() {
            return "Say[" + to + "]";
        }
    }

    /// The file of a message is to be fetched.
    ///
    /// @param message its id
    /// @param target where to, absolute
    /// @param overwrite whether a file that is there may be replaced
    record Save(long message, Path target, boolean overwrite) implements Errand {}
}
