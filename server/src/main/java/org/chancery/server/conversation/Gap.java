package org.chancery.server.conversation;

import java.util.Arrays;

/// Letters for one device that were kept for as long as letters are kept, and not fetched.
///
/// @param through the place of the last of them
/// @param count how many
/// @param transcript the conversation's hash at `through`
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
public record Gap(long through, long count, byte[] transcript) {

    public Gap {
        transcript = transcript.clone();
    }

    @Override
    public byte[] transcript() {
        return transcript.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Gap that
                && through == that.through
                && count == that.count
                && Arrays.equals(transcript, that.transcript);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(through) + Long.hashCode(count);
    }

    @Override
    public String toString() {
        return "Gap[to #" + through + ", " + count + " letters]";
    }
}
