package org.chancery.server.conversation;

import java.util.Arrays;
import org.chancery.protocol.frame.MembershipPlace;

/// A membership entry at its place, as a device gets it.
///
/// @param transcript the conversation's hash up to and including it
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
public record StoredEntry(MembershipPlace place, byte[] transcript) {

    public StoredEntry {
        transcript = transcript.clone();
    }

    public long sequence() {
        return place.sequence();
    }

    @Override
    public byte[] transcript() {
        return transcript.clone();
    }

    /// The transcript vouches for everything else.
    @Override
    public boolean equals(Object other) {
        return other instanceof StoredEntry that
                && place.sequence() == that.place.sequence()
                && Arrays.equals(transcript, that.transcript);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(place.sequence()) + Arrays.hashCode(transcript);
    }
}
