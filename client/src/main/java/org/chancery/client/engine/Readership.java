package org.chancery.client.engine;

import java.util.List;
import org.chancery.pki.envelope.Digest;
import org.chancery.pki.envelope.SealMember;
import org.chancery.pki.sealing.RecipientKey;

/// Everybody who can read what is sealed now. Where it becomes another one, an epoch ends.
///
/// @param head of the room's membership record; [Digest#NONE] between two
/// @param members everyone in the conversation
/// @param recipients a key for each of their devices that can receive
record Readership(Digest head, List<SealMember> members, List<RecipientKey> recipients) {
    private static final byte[] NO_HASH = {};

    Readership {
        members = List.copyOf(members);
        recipients = List.copyOf(recipients);
    }

    /// As a seal and a content name it: no octets between two.
    byte[] membershipHead() {
        return head.equals(Digest.NONE) ? NO_HASH : head.bytes();
    }
}
