package org.chancery.protocol.membership;

/// Why an entry is none, or does not change a room.
public enum MembershipFailure {
    /// Not the one encoding of an entry, or not signed by exactly one person.
    MALFORMED,
    /// It changes another room.
    OTHER_ROOM,
    /// It creates a room, where there is one; or does not, where one has to begin.
    NOT_THE_BEGINNING,
    /// Everybody has left.
    ENDED,
    /// Who acts does not belong to the room and is not invited.
    NOT_A_MEMBER,
    /// It names another predecessor than the room's last entry.
    STALE,
    /// Only an owner does this.
    NOT_AN_OWNER,
    /// Nobody has invited who accepts.
    NOT_INVITED,
    /// Who is invited belongs to the room.
    ALREADY_A_MEMBER,
    /// Who is invited has been invited.
    ALREADY_INVITED,
    /// The last owner leaves members behind.
    LAST_OWNER,
    /// Nobody removes themselves: that is leaving.
    ONESELF,
    /// Who is removed is neither a member nor invited.
    NO_SUCH_MEMBER,
    /// As many as may be, the invited included.
    ROOM_FULL,
    /// As many invitations as may be open.
    TOO_MANY_INVITATIONS
}
