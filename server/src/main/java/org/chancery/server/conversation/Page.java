package org.chancery.server.conversation;

import java.util.List;
import java.util.Optional;

/// A stretch of a conversation: its letters and its membership entries, each in order.
///
/// @param gap letters that are gone, before those that are here
/// @param more there may be something behind `reached` already
/// @param reached the place up to which there is nothing else for the reader, but for the gap
public record Page(
        Optional<Gap> gap, List<StoredLetter> letters, List<StoredEntry> entries, boolean more, long reached) {
    public Page {
        letters = List.copyOf(letters);
        entries = List.copyOf(entries);
    }
}
