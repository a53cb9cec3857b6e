package org.chancery.protocol.membership;

/// How large a room may be.
///
/// @param members at any time, those invited included
/// @param invitations open at any time
public record MembershipBounds(int members, int invitations) {

    /// What no relay grants more of: a seal names no more people. Readers hold a room to these and not to less,
    /// for what its relay has granted is not theirs to refuse.
    public static final MembershipBounds PROTOCOL = new MembershipBounds(1024, 1024);

    /// @throws IllegalArgumentException for less than one or more than the protocol has room for
    public MembershipBounds {
        if (members < 1 || members > 1024 || invitations < 1 || invitations > 1024) {
            throw new IllegalArgumentException(
                    members + " members and " + invitations + " invitations, must be 1 to 1024");
        }
    }
}
