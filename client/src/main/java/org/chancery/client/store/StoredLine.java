package org.chancery.client.store;

import java.util.Optional;
import org.chancery.protocol.content.MessageReference;

/// A [Line] that is in the store.
///
/// @param id in the order in which lines are shown
/// @param reference by which others know the message; empty for what has no letter, or not yet
public record StoredLine(long id, Optional<MessageReference> reference, Line line) {
    /// The same, saying something else.
    public StoredLine with(Line other) {
        return new StoredLine(id, reference, other);
    }
}
