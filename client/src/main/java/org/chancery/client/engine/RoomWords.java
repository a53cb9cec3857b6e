package org.chancery.client.engine;

import org.chancery.protocol.membership.Amendment;
import org.chancery.protocol.membership.MembershipEntry;
import org.chancery.protocol.membership.MembershipEntry.Act;
import org.chancery.protocol.membership.Role;

/// What a membership entry did, as a sentence.
final class RoomWords {
    private RoomWords() {}

    static String of(Amendment amendment) {
        return amendment.actor()
                + switch (amendment.entry()) {
                    case MembershipEntry.Create _ -> " made the room";
                    case MembershipEntry.Change change -> of(change.act());
                };
    }

    private static String of(Act act) {
        return switch (act) {
            case Act.Invite(var address, Role role) ->
                " asked " + address + " in" + (role == Role.OWNER ? ", as an owner" : "");
            case Act.Accept() -> " joined";
            case Act.Leave() -> " left";
            case Act.Remove(var address) -> " removed " + address;
        };
    }
}
