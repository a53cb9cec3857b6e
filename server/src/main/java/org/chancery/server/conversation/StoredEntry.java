package org.chancery.server.conversation;

import org.chancery.pki.envelope.Digest;
import org.chancery.protocol.frame.MembershipPlace;

/// A membership entry at its place, as a device gets it.
///
/// @param transcript the conversation's hash up to and including it
public record StoredEntry(MembershipPlace place, Digest transcript) {

    public long sequence() {
        return place.sequence();
    }
}
