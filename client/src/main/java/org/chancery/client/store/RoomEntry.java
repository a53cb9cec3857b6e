package org.chancery.client.store;

import java.time.Instant;
import org.chancery.pki.envelope.ConversationId;
import org.chancery.pki.envelope.Digest;
import org.chancery.protocol.membership.Amendment;

/// A membership entry that has been verified and applied.
///
/// @param sequence its place in the relay's log; 0 where the relay's log, restored from a copy, has lost it
/// @param acceptedAt when the relay took it
/// @param amendment what it says, and who signed it
public record RoomEntry(long sequence, Instant acceptedAt, Amendment amendment) {
    public ConversationId room() {
        return amendment.room();
    }

    /// What letters written under it name.
    public Digest hash() {
        return amendment.hash();
    }

    /// Whether the relay shows it at this place, as taken then.
    public boolean isAt(long place, Instant then) {
        return sequence == place && acceptedAt.equals(then);
    }

    /// The same, which the relay's log no longer has.
    public RoomEntry lost() {
        return new RoomEntry(0, acceptedAt, amendment);
    }

    public boolean isLost() {
        return sequence == 0;
    }
}
