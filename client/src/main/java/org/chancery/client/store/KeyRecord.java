package org.chancery.client.store;

import java.time.Instant;
import java.util.Arrays;

/// What is remembered of one of this device's envelope keys for good: nothing that opens anything.
///
/// @param subjectKeyIdentifier by which wraps name it
/// @param accepted by the relay, as this device's newest at the time
/// @param destroyed or lost: it is not to be had any longer
@SuppressWarnings("ArrayRecordComponent") // cloned in and out, compared by content
public record KeyRecord(int number, Instant start, byte[] subjectKeyIdentifier, boolean accepted, boolean destroyed) {
    public KeyRecord {
        subjectKeyIdentifier = subjectKeyIdentifier.clone();
    }

    @Override
    public byte[] subjectKeyIdentifier() {
        return subjectKeyIdentifier.clone();
    }

    public KeyRecord wasAccepted() {
        return new KeyRecord(number, start, subjectKeyIdentifier, true, destroyed);
    }

    /// The relay may not have it any more.
    public KeyRecord wasForgotten() {
        return new KeyRecord(number, start, subjectKeyIdentifier, false, destroyed);
    }

    public KeyRecord wasDestroyed() {
        return new KeyRecord(number, start, subjectKeyIdentifier, accepted, true);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyRecord that
                && number == that.number
                && start.equals(that.start)
                && Arrays.equals(subjectKeyIdentifier, that.subjectKeyIdentifier)
                && accepted == that.accepted
                && destroyed == that.destroyed;
    }

    @Override
    public int hashCode() {
        return number;
    }

    @Override
    public String toString() {
        return "envelope key " + number + " since " + start + (accepted ? ", accepted" : "")
                + (destroyed ? ", destroyed" : "");
    }
}
