package org.chancery.server.conversation;

import java.util.List;
import java.util.Optional;

/// Some letters of a conversation, in order.
///
/// @param gap what is gone, before the letters
/// @param more there may be letters behind these already
public record Page(Optional<Gap> gap, List<StoredLetter> letters, boolean more) {
    public Page {
        letters = List.copyOf(letters);
    }
}
