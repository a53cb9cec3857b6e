package org.chancery.server.conversation;

import java.util.List;
import org.chancery.protocol.frame.MembershipPlace;

/// A stretch of a room's record of membership, in order.
///
/// @param more there is more behind these
public record RoomRecord(List<MembershipPlace> entries, boolean more) {
    public RoomRecord {
        entries = List.copyOf(entries);
    }
}
