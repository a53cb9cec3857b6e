package org.chancery.server.config;

import org.chancery.protocol.membership.MembershipBounds;

/// How many rooms there may be, and how large.
///
/// @param roomsPerAccount that an address may belong to; it creates and accepts no more
/// @param members of a room, the invited included
/// @param invitations open in a room, and open for an address
public record RoomBounds(int roomsPerAccount, int members, int invitations) {

    public static final RoomBounds DEFAULT = new RoomBounds(1_000, 1_000, 256);

    /// @throws IllegalArgumentException naming the value out of range
    public RoomBounds {
        Range.check("max-rooms", roomsPerAccount, 1, 100_000);
        Range.check("max-members", members, 2, MembershipBounds.PROTOCOL.members());
        Range.check("max-invitations", invitations, 1, MembershipBounds.PROTOCOL.invitations());
    }

    /// What holds for each room.
    public MembershipBounds ofARoom() {
        return new MembershipBounds(members, invitations);
    }
}
