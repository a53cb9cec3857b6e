package org.chancery.protocol.frame;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;

/// A membership entry at its place in the conversation.
///
/// @param acceptedAt when the relay took it
/// @param record the signed record's DER
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
public record MembershipPlace(long sequence, Instant acceptedAt, byte[] record) {

    /// @throws IllegalArgumentException for a place below 1, or octets that are too many or none
    public MembershipPlace {
        Check.positive("sequence", sequence);
        acceptedAt = acceptedAt.truncatedTo(ChronoUnit.MILLIS);
        record = Records.require(record);
    }

    @Override
    public byte[] record() {
        return record.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof MembershipPlace that
                && sequence == that.sequence
                && acceptedAt.equals(that.acceptedAt)
                && Arrays.equals(record, that.record);
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(sequence) + Arrays.hashCode(record);
    }

    @Override
    public String toString() {
        return "MembershipPlace[#" + sequence + ", " + record.length + " octets]";
    }
}
