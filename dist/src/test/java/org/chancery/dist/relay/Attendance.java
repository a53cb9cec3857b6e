package org.chancery.dist.relay;

import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.chancery.pki.name.Address;
import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.Membership;
import org.chancery.protocol.membership.MembershipBounds;
import org.chancery.protocol.membership.MembershipException;

/// Who belonged to a room, and who was invited, at each of its places.
final class Attendance {
    private final NavigableMap<Long, Membership> after = new TreeMap<>();

    /// The next entry, at its place.
    void changed(long sequence, Amendment amendment) {
        try {
            after.put(
                    sequence,
                    after.isEmpty()
                            ? Membership.begin(amendment)
                            : after.lastEntry().getValue().apply(amendment, MembershipBounds.PROTOCOL));
        } catch (MembershipException e) {
            throw new AssertionError("stored an entry that does not follow the one before it, at " + sequence, e);
        }
    }

    /// Whether a letter at a place is for somebody.
    boolean reads(Address person, long place) {
        Map.Entry<Long, Membership> before = after.lowerEntry(place);
        return before != null && before.getValue().members().containsKey(person);
    }

    /// Whether an entry at a place is for somebody: who leaves or is sent away gets that as the last.
    boolean hears(Address person, long place) {
        Map.Entry<Long, Membership> before = after.lowerEntry(place);
        return after.floorEntry(place).getValue().knows(person)
                || (before != null && before.getValue().knows(person));
    }

    /// Where the room stands in the end.
    Membership last() {
        return after.lastEntry().getValue();
    }
}
