package org.chancery.server.conversation;

import java.util.List;

/// Some letters of a conversation, in order.
///
/// @param more there may be letters behind these already
public record Page(List<StoredLetter> letters, boolean more) {
    public Page {
        letters = List.copyOf(letters);
    }
}
