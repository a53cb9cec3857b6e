package org.chancery.client.store;

import java.time.Instant;
import org.chancery.pki.name.DeviceId;

/// History on its way to a new device of one's own, as far as it has come.
///
/// @param before lines with lower ids are still to be handed over
/// @param since what is older is not
/// @param letters that have been handed over
/// @param octets of those
public record Handover(DeviceId device, long before, Instant since, int letters, long octets) {
    /// The same, further.
    public Handover further(long newBefore, int moreLetters, long moreOctets) {
        return new Handover(device, newBefore, since, letters + moreLetters, octets + moreOctets);
    }
}
