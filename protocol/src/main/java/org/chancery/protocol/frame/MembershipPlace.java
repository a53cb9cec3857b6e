package org.chancery.protocol.frame;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.chancery.pki.record.EncodedRecord;

/// A membership entry at its place in the conversation.
///
/// @param acceptedAt when the relay took it
public record MembershipPlace(long sequence, Instant acceptedAt, EncodedRecord record) {

    /// @throws IllegalArgumentException for a place below 1
    public MembershipPlace {
        Check.positive("sequence", sequence);
        acceptedAt = acceptedAt.truncatedTo(ChronoUnit.MILLIS);
    }
}
