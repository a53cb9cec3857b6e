package org.chancery.client.room;

import org.chancery.protocol.membership.Amendment;

/// What [EntryJudge] says of a membership entry that the relay shows.
public sealed interface EntryVerdict {
    /// Whoever it names has signed it, with a certificate that held when the relay took it. Whether they may do what it
    /// says is the room's to judge.
    record Signed(Amendment amendment) implements EntryVerdict {}

    /// Cannot be said without newer revocation lists.
    record Undecided(String why) implements EntryVerdict {}

    /// It is none, or nobody's.
    record Refused(String why) implements EntryVerdict {}
}
